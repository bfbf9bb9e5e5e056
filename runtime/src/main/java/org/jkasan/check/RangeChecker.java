package org.jkasan.check;

import java.nio.Buffer;
import jdk.internal.vm.annotation.ForceInline;
import org.jkasan.shadow.Shadow;

/**
 * One check, where a loop begins, of all elements that it is going to touch, instead of one at each
 * access. It reports nothing: where something in the range is bad, the accesses themselves are
 * checked, so that the report names the one that is.
 */
public final class RangeChecker {

    /** Turns of a loop that cannot be counted. */
    public static final long UNKNOWN = Long.MAX_VALUE;

    /** Bits of a range's form: log2 of the element size, and these two. */
    public static final int SHIFT = 3;

    /** It moves by no more than said with each turn, instead of just so. */
    public static final int INEXACT = 4;

    /** The loop may end long before its turns are over. */
    public static final int EARLY = 8;

    /** A loop that takes no more turns than there are ints, which is as many as can be counted. */
    private static final long MOST_TURNS = 1L << 32;

    /** Bytes of memory whose shadow is one word. */
    private static final int WORD = 64;

    /**
     * Words of shadow that are looked at for nothing, if the loop ends at once. All others must be
     * paid for: there are no more of them than turns.
     */
    private static final int FREE_WORDS = 32;

    /** Bytes of memory whose summary is no more than these words. */
    private static final long FREE_SIZE = FREE_WORDS * Shadow.SUMMARY_WORD_SIZE;

    private final Shadow shadow;
    private final HeapArrays arrays;

    public RangeChecker(Shadow shadow, HeapArrays arrays) {
        this.shadow = shadow;
        this.arrays = arrays;
    }

    /**
     * How often a loop's test holds: {@code first} moves by {@code step} each time, and the test is
     * that it has not gone beyond {@code fixed + toLast}.
     *
     * @param first an int if the test sees what it seems to; so is {@code fixed}
     * @param step not 0
     * @return {@link #UNKNOWN} where an int would overflow
     */
    @ForceInline
    public static long turns(long first, long fixed, int toLast, int step) {
        long last = fixed + toLast;
        long end = last + step;
        // are all three ints? In one test, and nothing inlined, for C1
        if ((first ^ (int) first | fixed ^ (int) fixed | end ^ (int) end) != 0) {
            return UNKNOWN;
        }
        long distance = step > 0 ? last - first : first - last;
        return distance < 0 ? 0 : quotient(distance, step) + 1;
    }

    /** Divides; by one, as most steps are, in no time. */
    @ForceInline
    private static long quotient(long distance, int step) {
        return step == 1 || step == -1 ? distance : distance / Math.abs((long) step);
    }

    /**
     * Whether elements as of {@link #range} are all inside an array of that length; an answer of no
     * may be wrong. Where loops are entered most arguments are constants, and when this is inlined
     * there is little left of it.
     */
    @ForceInline
    static boolean isInside(long first, long slope, long steps, int width, long length) {
        if (!isInt(first) || !isInt(slope) || slope != 0 && steps > Integer.MAX_VALUE) {
            return false;
        }
        long span = slope * steps;
        return first + Math.min(span, 0) >= 0 && first + Math.max(span, 0) + width <= length;
    }

    @ForceInline
    private static boolean isInt(long value) {
        return value == (int) value;
    }

    /** The same of longs. */
    public static long wideTurns(long first, long fixed, int toLast, int step) {
        long last = fixed + toLast;
        long end = last + step;
        boolean overflows =
                toLast > 0 && last < fixed
                        || toLast < 0 && last > fixed
                        || step > 0 && end < last
                        || step < 0 && end > last;
        long distance = step > 0 ? last - first : first - last;
        boolean beyond = step > 0 ? first > last : first < last;
        if (overflows || !beyond && distance < 0) {
            return UNKNOWN;
        }
        return beyond ? 0 : quotient(distance, step) + 1;
    }

    /**
     * How often a loop's test holds that {@code first}, which moves by {@code step} each time, is
     * not {@code fixed} yet.
     *
     * @param first an int if the test sees what it seems to; so is {@code fixed}
     * @param step not 0
     * @return {@link #UNKNOWN} where an int would overflow before
     */
    @ForceInline
    public static long turnsUntil(long first, long fixed, int step) {
        return isInt(first) && isInt(fixed) ? wideTurnsUntil(first, fixed, step) : UNKNOWN;
    }

    /** The same of longs. */
    @ForceInline
    public static long wideTurnsUntil(long first, long fixed, int step) {
        long distance = step > 0 ? fixed - first : first - fixed;
        long turns = quotient(distance, step);
        return distance >= 0 && turns * Math.abs((long) step) == distance ? turns : UNKNOWN;
    }

    /**
     * Whether the whole numbers from {@code first} to {@code first + width} fit an int, and those
     * at a distance of {@code slope}, and so on.
     *
     * @return 0 if they do
     */
    public static long fits(long first, long slope, long steps, int width) {
        if (steps < 0) {
            return 0;
        }
        if (slope == 0) {
            return isInt(first) && isInt(first + width) ? 0 : 1;
        }
        if (steps > MOST_TURNS || !isInt(slope) || !isInt(first)) {
            return 1;
        }
        long last = first + slope * steps;
        return isInt(last) && isInt(Math.max(first, last) + width) ? 0 : 1;
    }

    /**
     * Checks the elements {@code first} to {@code first + width - 1}, then those at a distance of
     * {@code slope}, and so on for as many steps.
     *
     * @param handle of the array
     * @param steps negative where there is nothing to check; all from {@link #UNKNOWN} - 1 on say
     *     that nobody knows
     * @param form see above
     * @return 0 where all are elements that an int can index, and accessible; else the handle
     */
    @ForceInline
    public long range(long handle, long first, long slope, long steps, int width, int form) {
        if (handle == 0 || steps < 0) {
            return 0;
        }
        return shadow.isReserved() && isSurelyClean(handle, first, slope, steps, width, form)
                ? 0
                : closerLook(handle, first, slope, steps, width, form);
    }

    /**
     * Whether a look at the summary of the shadow does. Where loops are entered most arguments are
     * constants, and when this is inlined there little is left of it.
     */
    @ForceInline
    private boolean isSurelyClean(
            long handle, long first, long slope, long steps, int width, int form) {
        long size = simpleSize(first, slope, steps, width, form);
        long start = handle + (lowest(first, slope, steps) << (form & SHIFT));
        return size > 0 && shadow.isSurelyValid(start, start + size - 1);
    }

    /**
     * Bytes from the lowest to the highest element; 0 where one look at all of them will not do.
     */
    @ForceInline
    static long simpleSize(long first, long slope, long steps, int width, int form) {
        if (slope != 0 && steps > Integer.MAX_VALUE
                || !isInt(slope)
                || !isInt(first)
                || isApart(slope, form)) {
            return 0;
        }
        long low = lowest(first, slope, steps);
        long high = first + Math.max(slope * steps, 0) + width - 1;
        long size = high - low + 1 << (form & SHIFT);
        return low >= 0 && high <= Integer.MAX_VALUE && size <= FREE_SIZE ? size : 0;
    }

    /** The least of the indexes with which the turns begin. */
    @ForceInline
    static long lowest(long first, long slope, long steps) {
        return first + Math.min(slope * steps, 0);
    }

    /** Whether between the elements of two turns there are whole words of shadow. */
    @ForceInline
    private static boolean isApart(long slope, int form) {
        return Math.abs(slope) << (form & SHIFT) > WORD && (form & INEXACT) == 0;
    }

    private long closerLook(long handle, long first, long slope, long steps, int width, int form) {
        if (!shadow.isReserved()) {
            return handle;
        }
        long count = steps;
        if (count > MOST_TURNS) {
            if (slope != 0) {
                return handle;
            }
            count = 0;
        }
        if (!isInt(slope) || !isInt(first)) {
            return handle;
        }
        long span = slope * count;
        long low = first + Math.min(span, 0);
        long high = first + Math.max(span, 0) + width - 1;
        if (low < 0 || high > Integer.MAX_VALUE) {
            return handle;
        }
        int shift = form & SHIFT;
        long budget = budget(count, form);
        if (handle + (high + 1 << shift) > Shadow.ADDRESS_LIMIT) {
            return handle;
        }
        boolean clean =
                isApart(slope, form)
                        ? count <= budget && isClean(handle, first, slope, count, width, shift)
                        : shadow.isValid(handle + (low << shift), high - low + 1 << shift, budget);
        return clean ? 0 : handle;
    }

    private static long budget(long steps, int form) {
        return FREE_WORDS + ((form & EARLY) == 0 ? steps : 0);
    }

    /**
     * Checks elements of a buffer, as {@link #range} does of an array, as far as the buffer lets
     * anybody touch them: all others it refuses.
     *
     * @return 0 where they are accessible
     */
    public long buffer(Buffer buffer, long first, long slope, long steps, int width, int form) {
        if (buffer == null || steps < 0) {
            return 0;
        }
        long count = steps > MOST_TURNS ? 0 : steps;
        boolean known = steps <= MOST_TURNS || slope == 0;
        if (!known || !isInt(slope) || !isInt(first)) {
            return elements(buffer, 0, Long.MAX_VALUE, FREE_WORDS);
        }
        long span = slope * count;
        long low = first + Math.min(span, 0);
        long high = first + Math.max(span, 0) + width - 1;
        return elements(buffer, low, high, budget(count, form));
    }

    /**
     * Checks the elements of a buffer from its position on, so many in each turn.
     *
     * @return 0 where they are accessible
     */
    public long rest(Buffer buffer, int perTurn, long steps, int form) {
        if (buffer == null || steps < 0) {
            return 0;
        }
        boolean known = steps <= MOST_TURNS;
        long low = buffer.position();
        long high = known ? low + perTurn * (steps + 1) - 1 : Long.MAX_VALUE;
        return elements(buffer, low, high, (form & EARLY) == 0 ? Long.MAX_VALUE : FREE_WORDS);
    }

    /**
     * Checks all elements of a buffer that it lets anybody touch.
     *
     * @param turns of the loop: no more words of shadow are looked at
     * @return 0 where they are accessible
     */
    public long whole(Buffer buffer, long turns) {
        return buffer == null ? 0 : elements(buffer, 0, Long.MAX_VALUE, WholeArrays.words(turns));
    }

    private long elements(Buffer buffer, long from, long to, long budget) {
        if (!shadow.isReserved()) {
            return 1;
        }
        long start = BufferFields.address(buffer);
        Object array = BufferFields.array(buffer, start);
        if (array != null) {
            long handle = arrays.handle(array);
            if (handle == 0) {
                return 0;
            }
            start += handle - BufferFields.firstElement(array);
        }
        int shift = BufferFields.shift(buffer);
        long low = Math.max(from, 0);
        long high = Math.min(to, buffer.limit() - 1);
        if (start == 0 || low > high) {
            return 0;
        }
        long size = high - low + 1 << shift;
        boolean clean = shadow.isValid(start + (low << shift), size, budget);
        return clean ? 0 : 1;
    }

    /**
     * Checks bytes at kernel addresses, as {@link #range} does elements of an array.
     *
     * @return 0 where they are accessible, and all in one window
     */
    public long kernel(
            AddressSpace space, long first, long slope, long steps, int width, int form) {
        if (space == null || steps < 0) {
            return 0;
        }
        long count = steps > MOST_TURNS ? 0 : steps;
        if (count != steps && slope != 0 || !isInt(slope)) {
            return 1;
        }
        long span = slope * count;
        long low = first + Math.min(span, 0);
        long size = Math.abs(span) + width;
        if (size / WORD > budget(count, form) || Long.compareUnsigned(low, low + size) >= 0) {
            return 1;
        }
        long host = space.hostAddress(low);
        boolean clean =
                host != AddressSpace.NO_SHADOW
                        && shadow.isReserved()
                        && space.hostAddress(low + size - 1) == host + size - 1
                        && shadow.isAccessible(host, size);
        return clean ? 0 : 1;
    }

    private boolean isClean(long handle, long first, long slope, long steps, int width, int shift) {
        long size = (long) width << shift;
        long distance = slope << shift;
        long at = handle + (first << shift);
        boolean small = size <= Shadow.GRANULE_SIZE;
        for (long turn = 0; turn <= steps; turn++) {
            // of a few bytes the first and the last shadow byte are all there are
            boolean clean = small && (shadow.load(at) | shadow.load(at + size - 1)) == 0;
            if (!clean && !shadow.isValid(at, size)) {
                return false;
            }
            at += distance;
        }
        return true;
    }
}
