package org.jkasan.check;

import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.nio.Buffer;
import jdk.internal.vm.annotation.DontInline;
import jdk.internal.vm.annotation.ForceInline;

/**
 * The hooks that rewritten code calls where a loop begins, to find out whether its accesses need
 * checks of their own. They report nothing.
 */
public final class LoopHooks {

    private static final Sanitizer SANITIZER = Sanitizer.installed();
    private static final HeapArrays ARRAYS =
            SANITIZER == null ? new HeapArrays() : SANITIZER.arrays();
    private static final LookMemo MEMO = ARRAYS.memo();
    private static final RangeChecker RANGES =
            SANITIZER == null ? null : new RangeChecker(SANITIZER.shadow(), ARRAYS);
    private static final ArrayLooks LOOKS =
            SANITIZER == null ? null : new ArrayLooks(SANITIZER.shadow(), ARRAYS);
    private static final WholeArrays WHOLE =
            SANITIZER == null ? null : new WholeArrays(SANITIZER.shadow(), ARRAYS);

    /** Added to the size of an access that stores. */
    public static final int STORE = 16;

    private LoopHooks() {}

    /** Whether the hooks work for that sanitizer; too late if they were used before it came. */
    static boolean workFor(Sanitizer sanitizer) {
        return SANITIZER == sanitizer;
    }

    /** Not 0 if any array of elements of 1 byte is tracked. */
    @ForceInline
    public static long tracked1() {
        return MEMO.tracks1 ? 1 : 0;
    }

    /** Not 0 if any array of elements of 2 bytes is tracked. */
    @ForceInline
    public static long tracked2() {
        return MEMO.tracks2 ? 1 : 0;
    }

    /** Not 0 if any array of elements of 4 bytes is tracked. */
    @ForceInline
    public static long tracked4() {
        return MEMO.tracks4 ? 1 : 0;
    }

    /** Not 0 if any array of elements of 8 bytes is tracked. */
    @ForceInline
    public static long tracked8() {
        return MEMO.tracks8 ? 1 : 0;
    }

    /** Not 0 if an array of elements of 1 byte, or null, may be tracked. */
    @ForceInline
    public static long maybe1(Object array) {
        return MEMO.tracks1 && MarkWord.mayShowHash(array) ? 1 : 0;
    }

    /** Not 0 if an array of elements of 2 bytes, or null, may be tracked. */
    @ForceInline
    public static long maybe2(Object array) {
        return MEMO.tracks2 && MarkWord.mayShowHash(array) ? 1 : 0;
    }

    /** Not 0 if an array of elements of 4 bytes, or null, may be tracked. */
    @ForceInline
    public static long maybe4(Object array) {
        return MEMO.tracks4 && MarkWord.mayShowHash(array) ? 1 : 0;
    }

    /** Not 0 if an array of elements of 8 bytes, or null, may be tracked. */
    @ForceInline
    public static long maybe8(Object array) {
        return MEMO.tracks8 && MarkWord.mayShowHash(array) ? 1 : 0;
    }

    /** Not 0 if an array, or null, may be tracked. */
    @ForceInline
    public static long maybe(Object array) {
        return ARRAYS.tracksAny() && MarkWord.mayShowHash(array) ? 1 : 0;
    }

    /** The length of an array; negative for null, of which a loop is going to complain itself. */
    @ForceInline
    public static long length(Object array) {
        return array == null ? -1 : Array.getLength(array);
    }

    /** {@link RangeChecker#turns}. */
    @ForceInline
    public static long turns(long first, long fixed, int toLast, int step) {
        return RangeChecker.turns(first, fixed, toLast, step);
    }

    /** {@link RangeChecker#turnsUntil}. */
    @ForceInline
    public static long turnsUntil(long first, long fixed, int step) {
        return RangeChecker.turnsUntil(first, fixed, step);
    }

    /** {@link #turns}, which no compiler inlines: for methods that are too large in any case. */
    @DontInline
    public static long countTurns(long first, long fixed, int toLast, int step) {
        return RangeChecker.turns(first, fixed, toLast, step);
    }

    /** {@link #turnsUntil}, which no compiler inlines. */
    @DontInline
    public static long countTurnsUntil(long first, long fixed, int step) {
        return RangeChecker.turnsUntil(first, fixed, step);
    }

    /** {@link RangeChecker#range}. */
    public static long range(long handle, long first, long slope, long steps, int width, int form) {
        return handle == 0 ? 0 : RANGES.range(handle, first, slope, steps, width, form);
    }

    /** {@link ArrayLooks#range} of one array. */
    @ForceInline
    public static long range(
            Object array, long first, long slope, long steps, int width, int form) {
        boolean known =
                RangeChecker.isInside(first, slope, steps, width, length(array)) && isKnown(array);
        return known ? 0 : look(array, null, null, first, slope, steps, width, form);
    }

    /** {@link ArrayLooks#range} of two arrays. */
    @ForceInline
    public static long range(
            Object array, Object other, long first, long slope, long steps, int width, int form) {
        long length = Math.min(length(array), length(other));
        boolean known =
                RangeChecker.isInside(first, slope, steps, width, length) && isKnown(array, other);
        return known ? 0 : look(array, other, null, first, slope, steps, width, form);
    }

    /** {@link ArrayLooks#range}. */
    @ForceInline
    public static long range(
            Object array,
            Object other,
            Object third,
            long first,
            long slope,
            long steps,
            int width,
            int form) {
        long length = Math.min(Math.min(length(array), length(other)), length(third));
        boolean known =
                RangeChecker.isInside(first, slope, steps, width, length)
                        && isKnown(array, other, third);
        return known ? 0 : look(array, other, third, first, slope, steps, width, form);
    }

    // The memo is a constant in these, and they need no more of the stack than their callers have.

    @DontInline
    private static boolean isKnown(Object array) {
        return MEMO.isKnown(array);
    }

    @DontInline
    private static boolean isKnown(Object array, Object other) {
        return MEMO.isKnown(array, other);
    }

    @DontInline
    private static boolean isKnown(Object array, Object other, Object third) {
        return MEMO.isKnown(array, other, third);
    }

    @DontInline
    private static long look(
            Object array,
            Object other,
            Object third,
            long first,
            long slope,
            long steps,
            int width,
            int form) {
        return LOOKS == null
                ? 0
                : LOOKS.range(array, other, third, first, slope, steps, width, form);
    }

    /** {@link RangeChecker#wideTurns}. */
    public static long wideTurns(long first, long fixed, int toLast, int step) {
        return RangeChecker.wideTurns(first, fixed, toLast, step);
    }

    /** {@link RangeChecker#wideTurnsUntil}. */
    public static long wideTurnsUntil(long first, long fixed, int step) {
        return RangeChecker.wideTurnsUntil(first, fixed, step);
    }

    /** {@link RangeChecker#fits}. */
    public static long fits(long first, long slope, long steps, int width) {
        return RangeChecker.fits(first, slope, steps, width);
    }

    /** {@link RangeChecker#buffer}. */
    public static long bufferRange(
            Buffer buffer, long first, long slope, long steps, int width, int form) {
        return Hooks.isWatching() ? RANGES.buffer(buffer, first, slope, steps, width, form) : 0;
    }

    /** {@link RangeChecker#rest}. */
    public static long bufferRest(Buffer buffer, int perTurn, long steps, int form) {
        return Hooks.isWatching() ? RANGES.rest(buffer, perTurn, steps, form) : 0;
    }

    /** {@link RangeChecker#kernel}. */
    public static long kernelRange(
            AddressSpace space, long first, long slope, long steps, int width, int form) {
        return RANGES == null ? 0 : RANGES.kernel(space, first, slope, steps, width, form);
    }

    /**
     * The handle of an array of which several elements are about to be accessed, side by side; 0
     * where all of them are accessible.
     *
     * @param index of one of them
     * @param low how far from it the first is
     * @param width how many
     * @param shift log2 of an element's size
     */
    public static long neighbours(Object array, int index, int low, int width, int shift) {
        long handle = lookUp(array, shift);
        return handle == 0 ? 0 : RANGES.range(handle, (long) index + low, 0, 0, width, shift);
    }

    /** {@link HeapArrays#changes}. */
    @ForceInline
    public static long changes() {
        return ARRAYS.changes();
    }

    /**
     * The handle of an array that was looked up before.
     *
     * @param handle what it was then
     * @param changes what {@link #changes} said right before
     * @param now what it says
     * @param shift log2 of an element's size
     */
    @ForceInline
    public static long kept(Object array, long handle, long changes, long now, int shift) {
        return changes == now ? handle : lookUpAgain(array, shift);
    }

    private static long lookUpAgain(Object array, int shift) {
        // or the changes could be read behind what they are to vouch for
        VarHandle.loadLoadFence();
        return lookUp(array, shift);
    }

    private static long lookUp(Object array, int shift) {
        return switch (shift) {
            case 0 -> ARRAYS.handle1(array);
            case 1 -> ARRAYS.handle2(array);
            case 2 -> ARRAYS.handle4(array);
            default -> ARRAYS.handle8(array);
        };
    }

    /** {@link WholeArrays#times}. */
    public static long times(long turns, long inner) {
        return WholeArrays.times(turns, inner);
    }

    /**
     * Arrays, each of a primitive type or one of such arrays, or null. No compiler knows that they
     * are those that were given.
     *
     * @return them in an array; null if {@link WholeArrays} does not find all their elements
     *     accessible
     */
    @DontInline
    public static Object whole(
            Object first, Object second, Object third, Object fourth, long turns) {
        boolean accessible =
                WHOLE == null
                        || WHOLE.isAccessible(first, turns)
                                && WHOLE.isAccessible(second, turns)
                                && WHOLE.isAccessible(third, turns)
                                && WHOLE.isAccessible(fourth, turns);
        return accessible ? new Object[] {first, second, third, fourth} : null;
    }

    /** {@link RangeChecker#whole}. */
    public static long wholeBuffer(Buffer buffer, long turns) {
        return Hooks.isWatching() ? RANGES.whole(buffer, turns) : 0;
    }

    /** {@link Rows#length}. */
    public static long rowLength(Object rows, long index) {
        return Rows.length(rows, index);
    }

    /** {@link Rows#longest}. */
    public static long longestRow(Object rows) {
        return Rows.longest(rows);
    }

    /** {@link WholeArrays#inside}. */
    public static long inside(Object array, long low, long high) {
        return WHOLE == null ? 0 : WHOLE.inside(array, low, high);
    }

    /**
     * Checks an access whose index Java found to be outside of the array, as {@link Hooks} would
     * have before.
     *
     * @param thrown tells the index; if it does not, the first one behind the array is checked
     * @param access its size in bytes, with {@link #STORE} for a store
     * @return the exception, to be thrown again
     */
    public static RuntimeException outside(RuntimeException thrown, Object array, int access) {
        int index = OutsideIndex.of(thrown.getMessage(), ArrayElements.length(array));
        switch (access) {
            case 1 -> Hooks.load1(array, index);
            case 2 -> Hooks.load2(array, index);
            case 4 -> Hooks.load4(array, index);
            case 8 -> Hooks.load8(array, index);
            case STORE | 1 -> Hooks.store1(array, index);
            case STORE | 2 -> Hooks.store2(array, index);
            case STORE | 4 -> Hooks.store4(array, index);
            default -> Hooks.store8(array, index);
        }
        return thrown;
    }
}
