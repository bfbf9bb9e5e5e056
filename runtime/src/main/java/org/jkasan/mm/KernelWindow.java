package org.jkasan.mm;

import org.jkasan.host.HostMemory;

/**
 * A range of the kernel's address space that lives in reserved host memory at a constant distance:
 * kernel address = host address + {@link #delta()}.
 *
 * <p>The distance is a multiple of {@link #CONGRUENCE}, so that a kernel address and its host
 * address agree in every alignment up to 1 GiB, the largest that the kernel asks of vmalloc space
 * (an I/O mapping's). In particular pages, the rows of a report, and the 32 KiB which one page of
 * shadow describes begin at the same places on both sides.
 *
 * <p>Below the window lies a moat that belongs to the reservation: host memory that nobody else can
 * own, so that an index a little below the first object of the window finds shadow that says no.
 *
 * @param start the first kernel address
 * @param size bytes
 * @param hostStart the host address that stands for the first kernel address
 * @param moat bytes of the moat: one host page's worth of shadow
 * @param reserved bytes of the reservation from hostStart on: the size in whole host pages of
 *     shadow
 */
record KernelWindow(long start, long size, long hostStart, long moat, long reserved) {

    /** Modulus under which kernel and host addresses agree: 1 GiB. */
    static final long CONGRUENCE = 1L << 30;

    /**
     * Reserves host memory for a window.
     *
     * @param start a multiple of what a host page of shadow describes
     */
    static KernelWindow reserve(HostMemory host, long start, long size, String purpose) {
        long moat = (long) host.pageSize() << 3;
        long reserved = size + moat - 1 & -moat;
        long offset = start & CONGRUENCE - 1;
        long below = offset < moat ? offset + CONGRUENCE : offset;
        long base = host.reserve(below + reserved, CONGRUENCE, purpose);
        if (below > moat) {
            host.release(base, below - moat);
        }
        return new KernelWindow(start, size, base + below, moat, reserved);
    }

    /** Kernel address minus host address. */
    long delta() {
        return start - hostStart;
    }

    /** The first kernel address behind the window. */
    long end() {
        return start + size;
    }

    boolean contains(long addr) {
        return Long.compareUnsigned(addr - start, size) < 0;
    }

    /** Whether a host address belongs to the window or its moat. */
    boolean ownsHost(long hostAddress) {
        return Long.compareUnsigned(hostAddress - (hostStart - moat), moat + size) < 0;
    }

    long toHost(long addr) {
        return addr - delta();
    }

    long toKernel(long hostAddress) {
        return hostAddress + delta();
    }

    void release(HostMemory host) {
        host.release(hostStart - moat, moat + reserved);
    }
}
