package org.jkasan.check;

import org.jkasan.shadow.Shadow;

/**
 * One check, where a loop begins, of all elements that its arrays have, for loops of which nobody
 * can tell beforehand which elements they touch. It reports nothing, like {@link RangeChecker}; and
 * it says nothing of indexes outside the arrays.
 */
public final class WholeArrays {

    /** What it costs to ask whether a row is tracked, in words of shadow. */
    private static final int ASKING = 2;

    /**
     * Bytes of a row that cost a word, about: small rows have no lines of shadow for themselves.
     */
    private static final int ROW_SHARE = 512;

    /** A loop that takes no more turns than there are ints, which is as many as can be counted. */
    private static final long MOST_TURNS = 1L << 32;

    /**
     * Words of shadow, or of marks of its lines, that are looked at for a loop in a loop whose
     * turns nobody can count.
     */
    private static final int UNCOUNTED_WORDS = 64;

    private final Shadow shadow;
    private final HeapArrays arrays;

    public WholeArrays(Shadow shadow, HeapArrays arrays) {
        this.shadow = shadow;
        this.arrays = arrays;
    }

    /**
     * The turns of a loop in a loop, in all.
     *
     * @param turns of the outer one; {@link RangeChecker#UNKNOWN} if nobody knows, as the answer
     * @param inner of the inner one each time; if nobody knows, one is taken for granted
     */
    public static long times(long turns, long inner) {
        if (turns > MOST_TURNS || inner < 1 || inner > MOST_TURNS) {
            return turns;
        }
        boolean fits = Math.multiplyHigh(turns, inner) == 0 && turns * inner >= 0;
        return fits ? Math.min(turns * inner, MOST_TURNS) : MOST_TURNS;
    }

    /**
     * Whether all elements of an array are accessible, or of all its rows, or nobody tracks them.
     *
     * @param array of a primitive type, or of such arrays, or null
     * @param turns of the loop: no more words of shadow are looked at
     */
    public boolean isAccessible(Object array, long turns) {
        if (array instanceof Object[] rows) {
            return areAccessible(rows, words(turns));
        }
        long handle = arrays.handle(array);
        return handle == 0 || isClean(handle, size(array), words(turns));
    }

    private boolean areAccessible(Object[] rows, long words) {
        long left = words - (long) ASKING * rows.length;
        if (left < 0) {
            return false;
        }
        for (Object row : rows) {
            long handle = arrays.handle(row);
            if (handle != 0) {
                long size = size(row);
                if (!isClean(handle, size, left)) {
                    return false;
                }
                left -= size / ROW_SHARE;
            }
        }
        return true;
    }

    /**
     * Whether all indexes from one to another are inside of an array, or of each of its rows, as
     * far as these are tracked: those of any other array Java watches alone.
     *
     * @param array of a primitive type, or of such arrays, or null
     * @param low no more than {@code high}, or there are no indexes
     * @return 0 if they are
     */
    public long inside(Object array, long low, long high) {
        if (low > high) {
            return 0;
        }
        long length = low < 0 ? Long.MAX_VALUE : high + 1;
        if (!(array instanceof Object[] rows)) {
            return inside(array, length);
        }
        for (Object row : rows) {
            long handle = inside(row, length);
            if (handle != 0) {
                return handle;
            }
        }
        return 0;
    }

    private long inside(Object array, long length) {
        return ArrayElements.length(array) >= length ? 0 : arrays.handle(array);
    }

    /** Words of shadow, or of marks of its lines, that may be looked at for so many turns. */
    static long words(long turns) {
        return turns > MOST_TURNS ? UNCOUNTED_WORDS : turns;
    }

    private boolean isClean(long handle, long size, long words) {
        return shadow.isReserved() && shadow.isValid(handle, size, words);
    }

    private static long size(Object array) {
        return (long) ArrayElements.length(array) << ArrayElements.shift(array);
    }
}
