package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation that has pages mapped on the host, which refuses each of its mappings in turn:
 * that one alone, so that whoever may retry does, and it with all that follow. Each time the
 * operation has happened or has not, and after its undoing and a purge nothing is left of it, in
 * RAM or on the host.
 */
class HostFailNthTest {

    private static final int FEW = 5;

    /** More than a vmap block serves. */
    private static final int MANY = VmapRam.MAX_ALLOC + 1;

    private static final int ANY_NODE = VmallocRequest.ANY_NODE;
    private static final long SPACE = 64L << 20;
    private static final int HUGE = 2 << 20;

    /** What is there before an operation: a mapping with a value in its second page. */
    private static final class Ground implements KernelLog {

        final List<String> log = new ArrayList<>();
        final FakeHost host = FakeHost.withPages(PAGE);
        final MemoryManager mm = MemoryManager.withoutKasan(host, TestMachine.config(SPACE), this);
        final long[] pfns = new long[MANY];
        final long old;
        final long user;

        Ground() {
            long[] all = new long[2 * MANY];
            Arrays.setAll(all, i -> mm.frames().alloc());
            Arrays.setAll(pfns, i -> all[all.length - 1 - 2 * i]); // of which no two are neighbours
            old = mm.vmap().vmap(pfns, FEW, 0);
            user = mm.vmalloc().vmallocUser(FEW * PAGE);
            mm.memory().storeLong(old + PAGE, old);
            mm.memory().storeLong(user + PAGE, user);
        }

        boolean isOldIntact() {
            return mm.memory().loadLong(old + PAGE) == old
                    && mm.memory().loadLong(user + PAGE) == user;
        }

        int mappings() {
            return HostMappings.count(mm.space().window());
        }

        @Override
        public void print(String line) {
            log.add(line);
        }

        @Override
        public void warn(String message) {
            log.add("WARN " + message);
        }
    }

    private interface Run {
        /** 0 on failure. */
        long on(Ground ground);
    }

    private interface Undo {
        void on(Ground ground, long addr);
    }

    /**
     * An operation.
     *
     * @param canFail whether it does where nothing can be mapped
     */
    private record Operation(String name, boolean canFail, Run run, Undo undo) {

        Operation(String name, Run run, Undo undo) {
            this(name, true, run, undo);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Operation> operations() {
        Undo vfree = (g, addr) -> g.mm.vmalloc().vfree(addr);
        return Stream.of(
                new Operation(
                        "vmap",
                        g -> g.mm.vmap().vmap(g.pfns, FEW, 0),
                        (g, addr) -> g.mm.vmap().vunmap(addr)),
                new Operation(
                        "vm_map_ram",
                        g -> g.mm.vmapRam().vmMapRam(g.pfns, FEW, ANY_NODE),
                        (g, addr) -> g.mm.vmapRam().vmUnmapRam(addr, FEW)),
                new Operation(
                        "vm_map_ram of many",
                        g -> g.mm.vmapRam().vmMapRam(g.pfns, MANY, ANY_NODE),
                        (g, addr) -> g.mm.vmapRam().vmUnmapRam(addr, MANY)),
                new Operation("vmalloc_user", g -> g.mm.vmalloc().vmallocUser(9 * PAGE), vfree),
                new Operation("vmalloc_32", g -> g.mm.vmalloc().vmalloc32(9 * PAGE), vfree),
                new Operation(
                        "vmalloc_huge", false, g -> g.mm.vmalloc().vmallocHuge(HUGE + 5), vfree));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void refusal_losesNothing(Operation operation) {
        int failed = refuseNth(operation, 0);
        assertThat(failed > 0).as("a failure").isEqualTo(operation.canFail);
        refuseNth(operation, Integer.MAX_VALUE);
    }

    /**
     * Counts the failures until the operation has no more mappings.
     *
     * @param then how many mappings the host allows once it has refused one
     */
    private static int refuseNth(Operation operation, int then) {
        int failed = 0;
        boolean[] refused = {true};
        for (int allowed = 0; refused[0]; allowed++) {
            Ground ground = new Ground();
            long free = ground.mm.ram().free();
            int mappings = ground.mappings();
            refused[0] = false;
            ground.host.whenRefusing(
                    () -> {
                        refused[0] = true;
                        ground.host.allowMappings(then);
                    });
            ground.host.allowMappings(allowed);
            long addr = operation.run.on(ground);
            ground.host.allowMappings(Integer.MAX_VALUE);
            assertThat(addr != 0 || refused[0]).as("a success, if nothing is refused").isTrue();
            assertThat(addr != 0 || !ground.log.isEmpty()).as("a word about a failure").isTrue();
            failed += addr == 0 ? 1 : 0;
            Invariants.check(ground.mm);
            assertThat(ground.isOldIntact()).isTrue();
            if (addr != 0) {
                operation.undo.on(ground, addr);
            }
            ground.mm.vmalloc().purge();
            assertThat(ground.isOldIntact()).isTrue();
            assertThat(ground.mm.ram().free()).as("pages of RAM").isEqualTo(free);
            assertThat(ground.mappings()).as("mappings on the host").isEqualTo(mappings);
            Invariants.check(ground.mm);
            ground.mm.close();
            assertThat(ground.host.reservedBytes()).isZero();
        }
        return failed;
    }
}
