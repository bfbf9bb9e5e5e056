package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;

/**
 * How a percpu chunk is divided into units, one for each CPU and equally large: pcpu_alloc_info for
 * a single node, whose CPUs are one group.
 *
 * @param cpus the units that are used
 * @param units all units; those behind the used ones have addresses and nothing else
 * @param unitSize bytes of a unit, whole pages
 */
record PercpuLayout(int cpus, long units, long unitSize) {

    /*
     * An allocation of address space, an atom, is 2 MiB, so that it could be mapped with one huge
     * page, and holds as many units as leave no more than a third of the CPUs' number unused. Of
     * the divisions that take the fewest atoms the finest is it:
     *
     *   CPUs   1      2      3        4        6        8        16       64
     *   unit   2 MiB  1 MiB  512 KiB  512 KiB  256 KiB  256 KiB  128 KiB  64 KiB
     *   units  1      2      4        4        8        8        16       64
     */

    /** x86-64's PMD_SIZE. */
    static final long ATOM = 2L << 20;

    /** PCPU_MIN_UNIT_SIZE: no allocation is larger, and no unit smaller. */
    static final int MIN_UNIT_SIZE = 32 << 10;

    /** What modules and others may always have, by which the smallest unit is made. */
    private static final int RESERVED = (8 << 10) + (28 << 10);

    private static final int WASTED_SHARE = 3;

    /** The layout for so many CPUs: pcpu_build_alloc_info. */
    static PercpuLayout of(int cpus) {
        long smallest = Math.max(MIN_UNIT_SIZE, RESERVED);
        long best = 1;
        long fewest = Long.MAX_VALUE;
        for (long perAtom = ATOM / smallest; perAtom > 0; perAtom--) {
            long atoms = (cpus + perAtom - 1) / perAtom;
            boolean divides = ATOM % perAtom == 0 && ATOM / perAtom % MemoryLayout.PAGE_SIZE == 0;
            boolean thrifty = atoms * perAtom - cpus <= cpus / WASTED_SHARE;
            if (divides && thrifty) {
                if (atoms > fewest) {
                    break;
                }
                fewest = atoms;
                best = perAtom;
            }
        }
        return new PercpuLayout(cpus, fewest * best, ATOM / best);
    }

    /** Bytes of all units together, whole atoms. */
    long size() {
        return units * unitSize;
    }

    int unitPages() {
        return (int) (unitSize >>> PAGE_SHIFT);
    }
}
