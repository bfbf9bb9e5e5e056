package org.jkasan.mm;

/**
 * What is given back when a region has become free: whole units of memory, such as the 32 KiB that
 * one page of shadow describes. Source: kasan_release_vmalloc of the founding commit.
 *
 * @param start the first address, a multiple of the unit
 * @param end the first address behind, a multiple of the unit; not above start if there is nothing
 */
record ReleaseRange(long start, long end) {

    /*
     *  unit:   |-------|-------|-------|-------|
     *  region:      [-----------------)
     *  free:   [------------------------)            -> the first, the second and the third unit
     *  free:        [-----------------)              -> the second unit only
     *
     * Only units that the region touches are looked at, never the whole, possibly huge, free range:
     * whoever freed the rest of it has given back the rest.
     */

    /**
     * The rule.
     *
     * @param start the region that was freed
     * @param end the end of that region
     * @param freeStart the free range that holds the region
     * @param freeEnd the end of that range
     * @param unit a power of two
     */
    static ReleaseRange of(long start, long end, long freeStart, long freeEnd, long unit) {
        long first = up(start, unit);
        long last = down(end, unit);
        if (start != first && Long.compareUnsigned(up(freeStart, unit), first) < 0) {
            first -= unit;
        }
        if (end != last && Long.compareUnsigned(down(freeEnd, unit), last) > 0) {
            last += unit;
        }
        return new ReleaseRange(first, last);
    }

    /** The units that lie in the region itself: nobody else can use them, whoever is beside it. */
    static ReleaseRange inside(long start, long end, long unit) {
        return new ReleaseRange(up(start, unit), down(end, unit));
    }

    boolean isEmpty() {
        return Long.compareUnsigned(start, end) >= 0;
    }

    long size() {
        return isEmpty() ? 0 : end - start;
    }

    private static long up(long addr, long unit) {
        return addr + unit - 1 & -unit;
    }

    private static long down(long addr, long unit) {
        return addr & -unit;
    }
}
