package org.jkasan.mm;

import static org.jkasan.mm.FreeVmapTree.NONE;

/**
 * Ranges that keep their distances from each other wherever their base lies: the areas of a percpu
 * chunk, one for each group of CPUs.
 */
final class CongruentAreas {

    /*
     *   base  + offsets[0]                + offsets[2]      + offsets[1]
     *    |------[ sizes[0] )-----------------[ sizes[2] )------[ sizes[1] )
     *
     * The highest base at which all of them are free is found from above: an area that does not lie in
     * one free block lowers the base to where it does, and then all the others are asked again, round
     * and round, until every one agrees with the same base. No base between two that were tried can be
     * the answer, for the area that was asked last would not fit there.
     *
     * The kernel goes from one free block to the one before; here the sizes that the free tree knows
     * lead past all that are too small, so each question takes O(log n) where sizes are all that
     * matters. Source: pcpu_get_vm_areas.
     */

    private final long[] offsets;
    private final long[] sizes;
    private final long align;
    private final long end;

    /**
     * What is asked for.
     *
     * @param offsets bytes from the base to each area
     * @param sizes bytes of each
     * @param align a power of two, at least a page, of which all of these are multiples
     * @throws IllegalArgumentException where the kernel has a BUG: nothing is asked for, something
     *     is not aligned, or two areas overlap
     */
    CongruentAreas(long[] offsets, long[] sizes, long align) {
        this.offsets = offsets.clone();
        this.sizes = sizes.clone();
        this.align = align;
        require(
                offsets.length == sizes.length && offsets.length > 0,
                offsets.length + " offsets and " + sizes.length + " sizes; give as many of each");
        require(
                Long.bitCount(align) == 1 && align >= MemoryLayout.PAGE_SIZE,
                "an alignment of " + align + "; give a power of two, at least a page");
        long last = 0;
        for (int i = 0; i < offsets.length; i++) {
            requireRange(i);
            last = Math.max(last, offsets[i] + sizes[i]);
        }
        this.end = last;
    }

    private void requireRange(int area) {
        long offset = offsets[area];
        long size = sizes[area];
        require(
                offset >= 0 && offset % align == 0,
                "offset " + offset + "; give a multiple of the alignment, " + align);
        require(
                size > 0 && size % align == 0 && size <= Long.MAX_VALUE - offset,
                "size " + size + "; give a positive multiple of the alignment, " + align);
        for (int other = 0; other < area; other++) {
            boolean apart =
                    offsets[other] + sizes[other] <= offset || offset + size <= offsets[other];
            require(apart, "areas " + other + " and " + area + ", which overlap; move one");
        }
    }

    private static void require(boolean holds, String whatIsWrong) {
        if (!holds) {
            throw new IllegalArgumentException("Percpu areas cannot have " + whatIsWrong + ".");
        }
    }

    int count() {
        return offsets.length;
    }

    /** Bytes from the base to the end of the last area. */
    long end() {
        return end;
    }

    /** One of the areas, at a base. */
    VmapArea at(long base, int area) {
        long start = base + offsets[area];
        return new VmapArea(start, start + sizes[area]);
    }

    /**
     * The highest base at which all areas are free.
     *
     * @param from the base is not below it
     * @param to no area reaches above it
     * @return a multiple of the alignment, or {@link FreeVmapTree#NONE}
     */
    long highestBase(FreeVmapTree free, long from, long to) {
        long high = to & -align;
        if (Long.compareUnsigned(from, high) >= 0 || Long.compareUnsigned(high - from, end) < 0) {
            return NONE;
        }
        long base = high - end;
        int area = 0;
        int agreeing = 0;
        while (agreeing < count() && base != NONE) {
            long fitting = highestBase(free, area, base, from);
            agreeing = fitting == base ? agreeing + 1 : 1;
            base = fitting;
            area = (area + 1) % count();
        }
        return base;
    }

    /**
     * The highest base not above a given one at which one area is free, whatever the others are.
     */
    private long highestBase(FreeVmapTree free, int area, long base, long from) {
        long size = sizes[area];
        long top = offsets[area] + size;
        FreeBlock block = free.highestRoom(size, base + top);
        while (block != null) {
            long blockEnd = minUnsigned(block.end, base + top) & -align;
            if (Long.compareUnsigned(blockEnd, from) <= 0) {
                return NONE;
            }
            boolean fits =
                    Long.compareUnsigned(blockEnd, block.start) > 0
                            && Long.compareUnsigned(blockEnd - block.start, size) >= 0;
            if (fits) {
                return Long.compareUnsigned(blockEnd - from, top) >= 0 ? blockEnd - top : NONE;
            }
            block = free.highestRoom(size, block.start);
        }
        return NONE;
    }

    private static long minUnsigned(long a, long b) {
        return Long.compareUnsigned(a, b) <= 0 ? a : b;
    }
}
