package org.jkasan.check;

import org.jkasan.shadow.Shadow;

/**
 * Looks at the same elements of up to three arrays, where a loop over them is entered, and has the
 * {@link LookMemo} remember those that are accessible in whole.
 */
public final class ArrayLooks {

    /**
     * Words of shadow, or of marks of its lines, that are looked at to remember an array: those of
     * 16 MiB. Loops over larger ones take long enough.
     */
    private static final int WORDS = 4096;

    private final Shadow shadow;
    private final HeapArrays arrays;
    private final RangeChecker ranges;
    private final LookMemo memo;

    public ArrayLooks(Shadow shadow, HeapArrays arrays) {
        this.shadow = shadow;
        this.arrays = arrays;
        this.ranges = new RangeChecker(shadow, arrays);
        this.memo = arrays.memo();
    }

    /**
     * {@link RangeChecker#range} of the same elements of up to three arrays whose handles are not
     * known; null for none.
     *
     * @return 0 where all are accessible, or not tracked
     */
    public long range(
            Object array,
            Object other,
            Object third,
            long first,
            long slope,
            long steps,
            int width,
            int form) {
        long a = arrays.handle(array);
        long b = arrays.handle(other);
        long c = arrays.handle(third);
        long size = RangeChecker.simpleSize(first, slope, steps, width, form);
        long start = RangeChecker.lowest(first, slope, steps) << (form & RangeChecker.SHIFT);
        long bad = 0;
        if (size <= 0
                || !isSurelyValid(a, start, size)
                || !isSurelyValid(b, start, size)
                || !isSurelyValid(c, start, size)) {
            bad =
                    ranges.range(a, first, slope, steps, width, form)
                            | ranges.range(b, first, slope, steps, width, form)
                            | ranges.range(c, first, slope, steps, width, form);
        }
        if (bad == 0 && (a | b | c) != 0) {
            remember(array, other, third);
        }
        return bad;
    }

    private boolean isSurelyValid(long handle, long start, long size) {
        return handle == 0 || shadow.isSurelyValid(handle + start, handle + start + size - 1);
    }

    private void remember(Object array, Object other, Object third) {
        long now = memo.era(); // before anything is found out
        long a = key(array);
        long b = key(other);
        long c = key(third);
        if (memo.isSecondMiss(now, a, b, c)
                && isAccessible(array, a)
                && isAccessible(other, b)
                && isAccessible(third, c)) {
            memo.remember(now, a, b, c);
        }
    }

    private static long key(Object array) {
        return array == null ? LookMemo.NONE : MarkWord.key(array);
    }

    /** Whether what {@link LookMemo} would say of an array of that key is true. */
    private boolean isAccessible(Object array, long key) {
        if (array == null || MarkWord.isUnhashed(key)) {
            return true;
        }
        TrackedArray entry = MarkWord.isHashed(key) ? arrays.sole(MarkWord.hash(key)) : null;
        return entry != null && entry.refersTo(array) && isAccessible(array, entry);
    }

    private boolean isAccessible(Object array, TrackedArray entry) {
        long size = (long) ArrayElements.length(array) << entry.shift();
        return size > 0
                && shadow.isWatched(entry.base(), size)
                && shadow.isValid(entry.base(), size, WORDS);
    }

    /** Throws if the memo says what is not so. For tests, while nobody poisons and tracks. */
    void check() {
        memo.forEachKnown(this::check);
    }

    private void check(long key) {
        TrackedArray entry = MarkWord.isHashed(key) ? arrays.sole(MarkWord.hash(key)) : null;
        Object array = entry == null ? null : entry.get();
        boolean gone = entry != null && array == null;
        if (!MarkWord.isUnhashed(key) && !gone && !(array != null && isAccessible(array, entry))) {
            throw new IllegalStateException(
                    "remembered as accessible: the array of key " + Long.toHexString(key));
        }
    }
}
