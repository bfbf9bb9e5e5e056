package org.jkasan.kernel;

import org.jkasan.mm.Architecture;
import org.jkasan.mm.MemoryLayout;

/**
 * How a kernel is built and booted.
 *
 * @param architecture what it is built for: whose addresses it has
 * @param mem bytes of RAM, a positive multiple of the page size: what is allocated and the shadow
 *     that KASAN makes for it have to fit
 * @param cpus online CPUs, at least 1: they set how much freed vmalloc space may wait for a purge
 * @param vmallocSize bytes of vmalloc space, from its start on: a positive multiple of the 32 KiB
 *     that one page of shadow describes, at most what the architecture has, and no more than the
 *     host can reserve below 2^47
 * @param kasanVmalloc whether vmalloc space has real shadow in a kernel with KASAN
 * @param hugeVmalloc whether vmalloc maps pages of 2 MiB for those who allow it; false is the boot
 *     parameter nohugevmalloc
 * @param slubRcuDebug whether, with KASAN, an object of a cache with SLAB_TYPESAFE_BY_RCU is freed
 *     only after a grace period, so that its use after that is seen; without, it is used again at
 *     once, as without KASAN: CONFIG_SLUB_RCU_DEBUG
 */
public record Kconfig(
        Architecture architecture,
        long mem,
        int cpus,
        long vmallocSize,
        KasanVmalloc kasanVmalloc,
        boolean hugeVmalloc,
        boolean slubRcuDebug) {

    /** The default of vmallocSize where the architecture has more, which no host could reserve. */
    public static final long LARGEST_DEFAULT_VMALLOC_SIZE = 32L << 40;

    private static final long DEFAULT_MEM = 4L << 30;
    private static final long WINDOW = 32 << 10;

    public Kconfig {
        long most = architecture.layout().vmallocSize();
        require(
                mem > 0 && mem % MemoryLayout.PAGE_SIZE == 0,
                "mem=" + mem + " is not a positive multiple of 4096 bytes.");
        require(
                mem <= architecture.layout().directMapSize(),
                "mem="
                        + mem
                        + " is more than the direct map of "
                        + architecture
                        + " holds, "
                        + architecture.layout().directMapSize()
                        + " bytes.");
        require(cpus > 0, "cpus=" + cpus + " is not a positive number.");
        require(
                vmallocSize > 0 && vmallocSize % WINDOW == 0 && vmallocSize <= most,
                "vmallocSize="
                        + vmallocSize
                        + " is not a multiple of 32768 bytes up to the "
                        + most
                        + " of "
                        + architecture
                        + ".");
    }

    /** With SLUB_RCU_DEBUG, as is usual with KASAN. */
    public Kconfig(
            Architecture architecture,
            long mem,
            int cpus,
            long vmallocSize,
            KasanVmalloc kasanVmalloc,
            boolean hugeVmalloc) {
        this(architecture, mem, cpus, vmallocSize, kasanVmalloc, hugeVmalloc, true);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /**
     * x86-64 with 4 levels of page tables, 4 GiB of RAM, the host's number of CPUs, all of the
     * architecture's vmalloc space, huge pages and SLUB_RCU_DEBUG.
     */
    public static Kconfig defaults() {
        return new Kconfig(
                Architecture.X86_64,
                DEFAULT_MEM,
                Runtime.getRuntime().availableProcessors(),
                vmallocSizeOf(Architecture.X86_64),
                KasanVmalloc.BY_OPTION,
                true,
                true);
    }

    private static long vmallocSizeOf(Architecture architecture) {
        return Math.min(architecture.layout().vmallocSize(), LARGEST_DEFAULT_VMALLOC_SIZE);
    }

    /**
     * The same for another architecture, with its vmalloc space: all of it, or the first {@link
     * #LARGEST_DEFAULT_VMALLOC_SIZE} bytes.
     */
    public Kconfig withArchitecture(Architecture other) {
        return new Kconfig(
                other, mem, cpus, vmallocSizeOf(other), kasanVmalloc, hugeVmalloc, slubRcuDebug);
    }

    public Kconfig withMem(long bytes) {
        return new Kconfig(
                architecture, bytes, cpus, vmallocSize, kasanVmalloc, hugeVmalloc, slubRcuDebug);
    }

    public Kconfig withCpus(int number) {
        return new Kconfig(
                architecture, mem, number, vmallocSize, kasanVmalloc, hugeVmalloc, slubRcuDebug);
    }

    public Kconfig withVmallocSize(long bytes) {
        return new Kconfig(architecture, mem, cpus, bytes, kasanVmalloc, hugeVmalloc, slubRcuDebug);
    }

    public Kconfig withKasanVmalloc(KasanVmalloc value) {
        return new Kconfig(architecture, mem, cpus, vmallocSize, value, hugeVmalloc, slubRcuDebug);
    }

    public Kconfig withHugeVmalloc(boolean value) {
        return new Kconfig(architecture, mem, cpus, vmallocSize, kasanVmalloc, value, slubRcuDebug);
    }

    public Kconfig withSlubRcuDebug(boolean value) {
        return new Kconfig(architecture, mem, cpus, vmallocSize, kasanVmalloc, hugeVmalloc, value);
    }
}
