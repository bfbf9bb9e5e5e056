package org.jkasan.check;

import java.nio.Buffer;

/**
 * The hooks that rewritten code calls where a loop begins, to find out whether its accesses need
 * checks of their own. They report nothing.
 */
public final class LoopHooks {

    private static final Sanitizer SANITIZER = Sanitizer.installed();
    private static final HeapArrays ARRAYS =
            SANITIZER == null ? new HeapArrays() : SANITIZER.arrays();
    private static final RangeChecker RANGES =
            SANITIZER == null ? null : new RangeChecker(SANITIZER.shadow(), ARRAYS);

    private LoopHooks() {}

    /** Whether the hooks work for that sanitizer; too late if they were used before it came. */
    static boolean workFor(Sanitizer sanitizer) {
        return SANITIZER == sanitizer;
    }

    /** Not 0 if any array of elements of 1 byte is tracked. */
    public static long tracked1() {
        return ARRAYS.tracks1() ? 1 : 0;
    }

    /** Not 0 if any array of elements of 2 bytes is tracked. */
    public static long tracked2() {
        return ARRAYS.tracks2() ? 1 : 0;
    }

    /** Not 0 if any array of elements of 4 bytes is tracked. */
    public static long tracked4() {
        return ARRAYS.tracks4() ? 1 : 0;
    }

    /** Not 0 if any array of elements of 8 bytes is tracked. */
    public static long tracked8() {
        return ARRAYS.tracks8() ? 1 : 0;
    }

    /** The length of an array; negative for null, of which a loop is going to complain itself. */
    public static long length(Object array) {
        return ArrayElements.length(array);
    }

    /** {@link RangeChecker#turns}. */
    public static long turns(long first, long fixed, int toLast, int step) {
        return RangeChecker.turns(first, fixed, toLast, step);
    }

    /** {@link RangeChecker#range}. */
    public static long range(long handle, long first, long slope, long steps, int width, int form) {
        return handle == 0 ? 0 : RANGES.range(handle, first, slope, steps, width, form);
    }

    /** {@link RangeChecker#wideTurns}. */
    public static long wideTurns(long first, long fixed, int toLast, int step) {
        return RangeChecker.wideTurns(first, fixed, toLast, step);
    }

    /** {@link RangeChecker#fits}. */
    public static long fits(long first, long slope, long steps, int width) {
        return RangeChecker.fits(first, slope, steps, width);
    }

    /** {@link RangeChecker#buffer}. */
    public static long bufferRange(
            Buffer buffer, long first, long slope, long steps, int width, int form) {
        return RANGES == null ? 0 : RANGES.buffer(buffer, first, slope, steps, width, form);
    }

    /** {@link RangeChecker#rest}. */
    public static long bufferRest(Buffer buffer, int perTurn, long steps, int form) {
        return RANGES == null ? 0 : RANGES.rest(buffer, perTurn, steps, form);
    }

    /** {@link RangeChecker#kernel}. */
    public static long kernelRange(
            AddressSpace space, long first, long slope, long steps, int width, int form) {
        return RANGES == null ? 0 : RANGES.kernel(space, first, slope, steps, width, form);
    }
}
