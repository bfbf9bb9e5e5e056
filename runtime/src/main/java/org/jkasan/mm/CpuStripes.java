package org.jkasan.mm;

import java.util.Arrays;

/**
 * Which part of the address space each CPU carves its areas from. The lock is that of the free
 * tree.
 */
final class CpuStripes {

    /*
     *   | 2 MiB     | 2 MiB     | 2 MiB     | 2 MiB     |
     *     CPU 0's     CPU 1's     nobody's    CPU 0's in a while
     *
     * What is kept of neighbouring pages (bytes of the page table, entries of the table of areas, the
     * areas themselves, shadow) shares lines of the cache, and all of it is written by every
     * allocation and free. Where two CPUs carve from the same place, each line belongs to both, and
     * goes to and fro between them for good, since areas come back to the CPU that carved them: two
     * CPUs together then did little more than one.
     *
     * So a CPU takes the lowest place that fits in its stripe. When there is none it takes the lowest
     * that is in no other's, and that stripe is its own from then on. What is larger than a part of
     * a stripe, or aligned to more, is put anywhere outside of the others'. Only where all else fails
     * a CPU carves from another's: stripes are a preference, and take nothing out of the free tree.
     */

    /** A table of the lowest level of the hardware's page table maps as much. */
    static final long SIZE = 2L << 20;

    /** What is larger is no reason to take a new stripe, of which it would leave little. */
    private static final long LARGE = SIZE / 4;

    private static final long NONE = FreeVmapTree.NONE;

    private final FreeVmapTree free;
    private long[] stripes = new long[0];

    CpuStripes(FreeVmapTree free) {
        this.free = free;
    }

    /**
     * Takes a range out of the tree for a CPU; {@link FreeVmapTree#NONE} if none is left.
     *
     * @param size bytes, positive
     * @param align a power of two
     * @param from the range's start is not below it
     * @param to the range's end is not above it
     */
    long allocate(int cpu, long size, long align, long from, long to) {
        if (cpu >= stripes.length) {
            stripes = Arrays.copyOf(stripes, cpu + 1);
        }
        boolean small = size <= LARGE && align <= LARGE;
        long own = small ? stripes[cpu] : NONE;
        long start =
                own == NONE
                        ? NONE
                        : free.allocate(size, align, max(own, from), min(own + SIZE, to));
        if (start == NONE) {
            start = allocateBetween(cpu, size, align, from, to);
            if (start != NONE && small) {
                stripes[cpu] = start & -SIZE;
            }
        }
        return start == NONE ? free.allocate(size, align, from, to) : start;
    }

    /** No stripe is anybody's. */
    void forget() {
        stripes = new long[0];
    }

    /** The lowest place in no other CPU's stripe. */
    private long allocateBetween(int cpu, long size, long align, long from, long to) {
        long at = from;
        while (Long.compareUnsigned(at, to) < 0) {
            long next = nextOfOthers(cpu, at, to);
            long start =
                    Long.compareUnsigned(at, next) < 0
                            ? free.allocate(size, align, at, min(next, to))
                            : NONE;
            if (start != NONE || next == to) {
                return start;
            }
            at = next + SIZE;
        }
        return NONE;
    }

    /** The lowest stripe of another CPU that ends above an address; else the given one. */
    private long nextOfOthers(int cpu, long addr, long none) {
        long next = none;
        for (int other = 0; other < stripes.length; other++) {
            long stripe = stripes[other];
            if (other != cpu
                    && stripe != NONE
                    && Long.compareUnsigned(stripe + SIZE, addr) > 0
                    && Long.compareUnsigned(stripe, next) < 0) {
                next = stripe;
            }
        }
        return next;
    }

    private static long max(long a, long b) {
        return Long.compareUnsigned(a, b) >= 0 ? a : b;
    }

    private static long min(long a, long b) {
        return Long.compareUnsigned(a, b) <= 0 ? a : b;
    }
}
