package org.jkasan.report;

import java.util.Arrays;
import org.jkasan.host.RawObjects;

/** What the JVM keeps of a Throwable's stack, compared without turning it into words. */
final class RawBacktrace {

    /*
     * HotSpot keeps, in the field "backtrace" that reflection hides, an Object[] with arrays of the
     * frames' methods (short[]), positions (int[]), classes (Object[]) and names (long[]), and the
     * next such Object[]. Two stacks are the same if all of that is. Where it is anything else, no
     * two stacks are, which costs memory and nothing more.
     */

    private static final long NO_FIELD = -1;

    private static final long FIELD = field();

    /** Chunks of frames that are told apart: as deep as HotSpot goes by default. */
    private static final int MOST_CHUNKS = 64;

    private RawBacktrace() {}

    private static long field() {
        try {
            return RawObjects.fieldOffset(Throwable.class, "backtrace");
        } catch (InternalError e) {
            return NO_FIELD;
        }
    }

    private static Object of(Throwable stack) {
        return FIELD == NO_FIELD ? null : RawObjects.loadReference(stack, FIELD);
    }

    /** The same for stacks that are the same. */
    static int hash(Throwable stack) {
        int hash = 0;
        if (of(stack) instanceof Object[] chunk) {
            for (Object part : chunk) {
                if (part instanceof int[] positions) {
                    hash = 31 * hash + Arrays.hashCode(positions);
                } else if (part instanceof short[] methods) {
                    hash = 31 * hash + Arrays.hashCode(methods);
                }
            }
        }
        return hash;
    }

    /** Whether two stacks are known to be the same. */
    static boolean same(Throwable one, Throwable other) {
        return of(one) instanceof Object[] a && of(other) instanceof Object[] b && same(a, b, 0);
    }

    private static boolean same(Object[] one, Object[] other, int depth) {
        if (one.length != other.length || depth > MOST_CHUNKS) {
            return false;
        }
        for (int i = 0; i < one.length; i++) {
            if (one[i] != other[i] && !sameParts(one[i], other[i], depth)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameParts(Object one, Object other, int depth) {
        if (one instanceof int[] a && other instanceof int[] b) {
            return Arrays.equals(a, b);
        }
        if (one instanceof short[] a && other instanceof short[] b) {
            return Arrays.equals(a, b);
        }
        if (one instanceof long[] a && other instanceof long[] b) {
            return Arrays.equals(a, b);
        }
        return one instanceof Object[] a && other instanceof Object[] b && same(a, b, depth + 1);
    }
}
