package org.jkasan.agent.rewrite;

import java.nio.Buffer;
import java.util.Arrays;
import java.util.function.ToLongFunction;
import org.jkasan.check.AddressSpace;
import org.jkasan.check.ArrayElements;
import org.jkasan.check.ArrayLooks;
import org.jkasan.check.HeapArrays;
import org.jkasan.check.LoopHooks;
import org.jkasan.check.OutsideIndex;
import org.jkasan.check.RangeChecker;
import org.jkasan.check.Rows;
import org.jkasan.check.WholeArrays;
import org.jkasan.shadow.Shadow;

/**
 * A stand-in for the hooks of loops, over the arrays that {@link RecordingHooks} knows. Where all
 * accesses are written down no range is accessible, so that all are seen.
 */
public final class RecordingLoopHooks {

    private static int cleanRanges;
    private static int cleanArrays;
    private static int proofs;
    private static int failedProofs;
    private static Shadow judge;
    private static Object replaced;
    private static Object replacement;

    private RecordingLoopHooks() {}

    static void reset() {
        cleanRanges = 0;
        cleanArrays = 0;
        replace(null, null);
        proofs = 0;
        failedProofs = 0;
    }

    /** From now on bad accesses alone are written down; null: all. */
    public static void judge(Shadow by) {
        judge = by;
    }

    /** Has an array that is looked at in whole come back as another one. */
    public static void replace(Object array, Object by) {
        replaced = array;
        replacement = by;
    }

    static Shadow judge() {
        return judge;
    }

    /** How often a range of a known array was all accessible. */
    public static int cleanRanges() {
        return cleanRanges;
    }

    /** How often all of a known array was accessible, or all rows of an array. */
    public static int cleanArrays() {
        return cleanArrays;
    }

    /** How often indexes were looked at, whether they are inside of an array or of its rows. */
    public static int proofs() {
        return proofs;
    }

    /** How often they were not. */
    public static int failedProofs() {
        return failedProofs;
    }

    /** Whether an access of a buffer over a whole {@code byte[]} is to be written down. */
    static boolean isBad(Buffer buffer, int index, int size) {
        Shadow shadow = judge();
        return shadow == null
                || index >= 0
                        && size <= buffer.limit() - index
                        && RecordingHooks.knows(buffer.array())
                        && !shadow.isValid(RecordingHooks.address(buffer.array()) + index, size);
    }

    public static long tracked1() {
        return RecordingHooks.known(0);
    }

    public static long tracked2() {
        return RecordingHooks.known(1);
    }

    public static long tracked4() {
        return RecordingHooks.known(2);
    }

    public static long tracked8() {
        return RecordingHooks.known(3);
    }

    public static long maybe(Object array) {
        return RecordingHooks.knows(array) ? 1 : 0;
    }

    public static long maybe1(Object array) {
        return maybe(array);
    }

    public static long maybe2(Object array) {
        return maybe(array);
    }

    public static long maybe4(Object array) {
        return maybe(array);
    }

    public static long maybe8(Object array) {
        return maybe(array);
    }

    public static long length(Object array) {
        return ArrayElements.lengthOfAny(array);
    }

    public static long turns(long first, long fixed, int toLast, int step) {
        return RangeChecker.turns(first, fixed, toLast, step);
    }

    public static long range(long handle, long first, long slope, long steps, int width, int form) {
        Shadow shadow = judge();
        if (shadow == null) {
            return handle;
        }
        long range =
                new RangeChecker(shadow, RecordingHooks.arrays())
                        .range(handle, first, slope, steps, width, form);
        cleanRanges += handle != 0 && range == 0 ? 1 : 0;
        return range;
    }

    public static long range(
            Object array, long first, long slope, long steps, int width, int form) {
        return range(array, null, null, first, slope, steps, width, form);
    }

    public static long range(
            Object array, Object other, long first, long slope, long steps, int width, int form) {
        return range(array, other, null, first, slope, steps, width, form);
    }

    public static long range(
            Object array,
            Object other,
            Object third,
            long first,
            long slope,
            long steps,
            int width,
            int form) {
        HeapArrays arrays = RecordingHooks.arrays();
        long handles = arrays.handle(array) | arrays.handle(other) | arrays.handle(third);
        if (judge() == null) {
            return handles;
        }
        long bits =
                new ArrayLooks(judge(), arrays)
                        .range(array, other, third, first, slope, steps, width, form);
        cleanRanges += handles != 0 && bits == 0 ? 1 : 0;
        return bits;
    }

    public static long wideTurns(long first, long fixed, int toLast, int step) {
        return RangeChecker.wideTurns(first, fixed, toLast, step);
    }

    public static long countTurns(long first, long fixed, int toLast, int step) {
        return turns(first, fixed, toLast, step);
    }

    public static long countTurnsUntil(long first, long fixed, int step) {
        return turnsUntil(first, fixed, step);
    }

    public static long turnsUntil(long first, long fixed, int step) {
        return RangeChecker.turnsUntil(first, fixed, step);
    }

    public static long wideTurnsUntil(long first, long fixed, int step) {
        return RangeChecker.wideTurnsUntil(first, fixed, step);
    }

    public static long fits(long first, long slope, long steps, int width) {
        return RangeChecker.fits(first, slope, steps, width);
    }

    public static long bufferRange(
            Buffer buffer, long first, long slope, long steps, int width, int form) {
        return judged(ranges -> ranges.buffer(buffer, first, slope, steps, width, form));
    }

    public static long bufferRest(Buffer buffer, int perTurn, long steps, int form) {
        return judged(ranges -> ranges.rest(buffer, perTurn, steps, form));
    }

    public static long kernelRange(
            AddressSpace space, long first, long slope, long steps, int width, int form) {
        return judged(ranges -> ranges.kernel(space, first, slope, steps, width, form));
    }

    public static long neighbours(Object array, int index, int low, int width, int shift) {
        return range(RecordingHooks.handle(array), (long) index + low, 0, 0, width, shift);
    }

    public static long changes() {
        return RecordingHooks.arrays().changes();
    }

    public static long kept(Object array, long handle, long changes, long now, int shift) {
        return changes == now ? handle : RecordingHooks.handle(array);
    }

    public static long times(long turns, long inner) {
        return WholeArrays.times(turns, inner);
    }

    public static Object whole(
            Object first, Object second, Object third, Object fourth, long turns) {
        Object[] arrays = {first, second, third, fourth};
        WholeArrays wholes =
                judge() == null ? null : new WholeArrays(judge(), RecordingHooks.arrays());
        int known = 0;
        for (Object array : arrays) {
            boolean mayBeKnown = array instanceof Object[] || RecordingHooks.knows(array);
            if (mayBeKnown && (wholes == null || !wholes.isAccessible(array, turns))) {
                return null;
            }
            known += mayBeKnown ? 1 : 0;
        }
        cleanArrays += known;
        Arrays.setAll(arrays, i -> arrays[i] == replaced ? replacement : arrays[i]);
        return arrays;
    }

    public static long wholeBuffer(Buffer buffer, long turns) {
        return judged(ranges -> ranges.whole(buffer, turns));
    }

    public static long rowLength(Object rows, long index) {
        return Rows.length(rows, index);
    }

    public static long longestRow(Object rows) {
        return Rows.longest(rows);
    }

    public static long inside(Object array, long low, long high) {
        Shadow shadow = judge();
        if (shadow == null) {
            return 1;
        }
        long outside = new WholeArrays(shadow, RecordingHooks.arrays()).inside(array, low, high);
        proofs++;
        failedProofs += outside == 0 ? 0 : 1;
        return outside;
    }

    public static RuntimeException outside(RuntimeException thrown, Object array, int access) {
        int index = OutsideIndex.of(thrown.getMessage(), ArrayElements.length(array));
        switch (access) {
            case 1 -> RecordingHooks.load1(array, index);
            case 2 -> RecordingHooks.load2(array, index);
            case 4 -> RecordingHooks.load4(array, index);
            case 8 -> RecordingHooks.load8(array, index);
            case LoopHooks.STORE | 1 -> RecordingHooks.store1(array, index);
            case LoopHooks.STORE | 2 -> RecordingHooks.store2(array, index);
            case LoopHooks.STORE | 4 -> RecordingHooks.store4(array, index);
            default -> RecordingHooks.store8(array, index);
        }
        return thrown;
    }

    private static long judged(ToLongFunction<RangeChecker> range) {
        Shadow shadow = judge();
        if (shadow == null) {
            return 1;
        }
        long suspect = range.applyAsLong(new RangeChecker(shadow, RecordingHooks.arrays()));
        cleanRanges += suspect == 0 ? 1 : 0;
        return suspect;
    }
}
