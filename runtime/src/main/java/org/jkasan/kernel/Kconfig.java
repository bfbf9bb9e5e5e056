package org.jkasan.kernel;

import org.jkasan.mm.MemoryLayout;

/**
 * How a kernel is built and booted.
 *
 * @param mem bytes of RAM, a positive multiple of the page size: no allocation may be larger
 * @param cpus online CPUs, at least 1: they set how much freed vmalloc space may wait for a purge
 * @param vmallocSize bytes of vmalloc space, a positive multiple of the 32 KiB that one page of
 *     shadow describes, and at most what the architecture has: 32 TiB
 */
public record Kconfig(long mem, int cpus, long vmallocSize) {

    private static final long DEFAULT_MEM = 4L << 30;
    private static final long WINDOW = 32 << 10;

    public Kconfig {
        long most = MemoryLayout.X86_64.vmallocSize();
        require(
                mem > 0 && mem % MemoryLayout.PAGE_SIZE == 0,
                "mem=" + mem + " is not a positive multiple of 4096 bytes.");
        require(cpus > 0, "cpus=" + cpus + " is not a positive number.");
        require(
                vmallocSize > 0 && vmallocSize % WINDOW == 0 && vmallocSize <= most,
                "vmallocSize=" + vmallocSize + " is not a multiple of 32768 bytes up to 32 TiB.");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** 4 GiB of RAM, the host's number of CPUs, and all of the architecture's vmalloc space. */
    public static Kconfig defaults() {
        return new Kconfig(
                DEFAULT_MEM,
                Runtime.getRuntime().availableProcessors(),
                MemoryLayout.X86_64.vmallocSize());
    }

    public Kconfig withMem(long bytes) {
        return new Kconfig(bytes, cpus, vmallocSize);
    }

    public Kconfig withCpus(int number) {
        return new Kconfig(mem, number, vmallocSize);
    }

    public Kconfig withVmallocSize(long bytes) {
        return new Kconfig(mem, cpus, bytes);
    }
}
