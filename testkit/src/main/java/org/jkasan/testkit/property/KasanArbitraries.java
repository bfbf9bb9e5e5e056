package org.jkasan.testkit.property;

import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jkasan.kernel.KasanVmalloc;
import org.jkasan.kernel.Kconfig;
import org.jkasan.kernel.Kernel;
import org.jkasan.mm.Architecture;
import org.jkasan.mm.Gfp;

/** Generators of what allocators are asked for, dense where bugs are: at the edges. */
public final class KasanArbitraries {

    private static final int GRANULE = 8;
    private static final int PAGE = 4096;

    /** Bytes whose shadow is one page. */
    private static final int WINDOW = 8 * PAGE;

    private static final int AROUND = GRANULE + 1;

    private KasanArbitraries() {}

    /**
     * Sizes from 1 to the most: small ones, those within a granule of a power of two, of a page and
     * of a window of shadow, of a slab cache's size, and any.
     */
    public static Arbitrary<Integer> sizes(int most) {
        Arbitrary<Integer> edges =
                Arbitraries.of(
                        IntStream.of(
                                        GRANULE,
                                        16,
                                        32,
                                        64,
                                        96,
                                        128,
                                        192,
                                        256,
                                        512,
                                        1024,
                                        2048,
                                        PAGE,
                                        2 * PAGE,
                                        7 * PAGE,
                                        WINDOW,
                                        WINDOW + PAGE,
                                        most)
                                .boxed()
                                .toList());
        Arbitrary<Integer> around = Arbitraries.integers().between(-AROUND, AROUND);
        Arbitrary<Integer> nearEdges =
                Combinators.combine(edges, around)
                        .as((edge, off) -> Math.max(1, Math.min(most, edge + off)));
        Arbitrary<Integer> small = Arbitraries.integers().between(1, Math.min(most, 64));
        Arbitrary<Integer> any = Arbitraries.integers().between(1, most);
        return Arbitraries.frequencyOf(
                Tuple.of(4, small), Tuple.of(4, nearEdges), Tuple.of(1, any));
    }

    /** Numbers of 16 bits, small ones often. */
    static Arbitrary<Integer> values() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.integers().between(0, 16)),
                Tuple.of(1, Arbitraries.integers().between(0, 0xffff)));
    }

    /** Architectures: whose addresses a kernel has. */
    public static Arbitrary<Architecture> architectures() {
        return Arbitraries.of(Architecture.values());
    }

    /** How an allocation may get its memory: every combination. */
    public static Arbitrary<Gfp> gfpFlags() {
        Arbitrary<Boolean> flag = Arbitraries.of(false, true);
        return Combinators.combine(flag, flag, flag, flag).as(Gfp::new);
    }

    /** Kernels to boot, all of them small: 4 to 64 MiB of RAM, 1 to 8 CPUs. */
    public static Arbitrary<Kconfig> kconfigs() {
        return Combinators.combine(
                        architectures(),
                        Arbitraries.of(4, 16, 64),
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.of(16, 64, 256),
                        Arbitraries.of(KasanVmalloc.values()),
                        Arbitraries.of(true, false))
                .as(
                        (architecture, mem, cpus, vmalloc, kasan, huge) ->
                                new Kconfig(
                                        architecture,
                                        (long) mem << 20,
                                        cpus,
                                        (long) vmalloc << 20,
                                        kasan,
                                        huge));
    }

    /**
     * Addresses of all kinds, within a granule of where one kind ends: null, user space, not
     * canonical, the direct map's, vmalloc space and its pages, and any.
     */
    public static Arbitrary<Long> addresses(Kernel kernel) {
        long vmalloc = kernel.vmalloc().request(1).start();
        long direct = kernel.frames().address(0);
        Arbitrary<Long> edges =
                Arbitraries.of(
                        0L,
                        (long) PAGE,
                        0x7fff_ffff_f000L,
                        0x0000_8000_0000_0000L,
                        0xffff_8000_0000_0000L,
                        direct,
                        direct + kernel.frames().total() * PAGE,
                        vmalloc,
                        vmalloc + PAGE,
                        vmalloc + WINDOW,
                        -1L);
        Arbitrary<Integer> around = Arbitraries.integers().between(-AROUND, AROUND);
        Arbitrary<Long> nearEdges =
                Combinators.combine(edges, around).as((edge, off) -> edge + off);
        return Arbitraries.frequencyOf(Tuple.of(4, nearEdges), Tuple.of(1, Arbitraries.longs()));
    }
}
