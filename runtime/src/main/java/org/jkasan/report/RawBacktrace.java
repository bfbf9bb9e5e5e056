package org.jkasan.report;

import java.util.Arrays;
import org.jkasan.host.RawObjects;

/** What the JVM keeps of a Throwable's stack, compared without turning it into words. */
final class RawBacktrace {

    /*
     * HotSpot keeps, in the field "backtrace" that reflection hides, chunks of 32 frames:
     *
     *   Object[] { short[] methods, int[] positions, Object[] classes, long[] names, .. next chunk, .. }
     *
     * where the next chunk is the fifth part, since JDK 19 the sixth, and in the field "depth" how
     * many frames there are. A method is a number within its class, a position is the index of the
     * bytecode and the version of the class. Frames are the same if all of that is. Whether the JVM
     * keeps it so is looked at once; where it does not, frames are compared in words, which is as
     * right and a hundred times slower.
     */

    private static final int METHODS = 0;
    private static final int POSITIONS = 1;
    private static final int CLASSES = 2;
    private static final int NAMES = 3;

    /** Frames of a chunk. */
    private static final int CHUNK = 32;

    private static final long NO_FIELD = -1;

    private static final long BACKTRACE = field("backtrace");
    private static final long DEPTH = field("depth");

    private static final Throwable DEEPER_THAN_A_CHUNK = deep(CHUNK);

    private static final int NEXT = next();

    /** Whether the JVM keeps backtraces as this class knows them. */
    private static final boolean RAW = isRaw(DEEPER_THAN_A_CHUNK);

    private RawBacktrace() {}

    private static long field(String name) {
        try {
            return RawObjects.fieldOffset(Throwable.class, name);
        } catch (InternalError e) {
            return NO_FIELD;
        }
    }

    private static Throwable deep(int frames) {
        return frames == 0 ? new StackRecord.Backtrace() : deep(frames - 1);
    }

    /** Where a chunk has the next one; any place where chunks are not as described above. */
    private static int next() {
        if (BACKTRACE != NO_FIELD
                && RawObjects.loadReference(DEEPER_THAN_A_CHUNK, BACKTRACE)
                        instanceof Object[] parts) {
            for (int i = NAMES + 1; i < parts.length; i++) {
                if (parts[i] instanceof Object[] chunk && isChunk(chunk)) {
                    return i;
                }
            }
        }
        return NAMES + 1;
    }

    /** Whether a backtrace is as described above, from its first chunk to its last. */
    static boolean isRaw(Throwable stack) {
        if (BACKTRACE == NO_FIELD || DEPTH == NO_FIELD) {
            return false;
        }
        Object chunk = RawObjects.loadReference(stack, BACKTRACE);
        int left = depth(stack);
        do {
            if (!isChunk(chunk)) {
                return false;
            }
            Object[] parts = (Object[]) chunk;
            chunk = parts.length > NEXT ? parts[NEXT] : null;
            left -= CHUNK;
        } while (left > 0);
        return chunk == null;
    }

    private static boolean isChunk(Object chunk) {
        return chunk instanceof Object[] parts
                && parts.length > NAMES
                && parts[METHODS] instanceof short[] methods
                && methods.length == CHUNK
                && parts[POSITIONS] instanceof int[] positions
                && positions.length == CHUNK
                && parts[CLASSES] instanceof Object[] classes
                && classes.length == CHUNK
                && parts[NAMES] instanceof long[] names
                && names.length == CHUNK;
    }

    private static Object[] first(Throwable stack) {
        return (Object[]) RawObjects.loadReference(stack, BACKTRACE);
    }

    private static int depth(Throwable stack) {
        return RawObjects.loadInt(stack, DEPTH);
    }

    /** The chunks that a stack takes in the Java heap, of some 700 bytes each; at least one. */
    static int chunks(Throwable stack) {
        int depth = RAW ? depth(stack) : stack.getStackTrace().length;
        return Math.max(1, (depth + CHUNK - 1) / CHUNK);
    }

    /** The same for stacks of which the first {@code most} frames are the same. */
    static int hash(Throwable stack, int most) {
        return RAW ? rawHash(stack, most) : wordsHash(stack, most);
    }

    /** Whether the first {@code most} frames, or all if they are fewer, are the same. */
    static boolean same(Throwable one, Throwable other, int most) {
        return RAW ? rawSame(one, other, most) : wordsSame(one, other, most);
    }

    private static int rawHash(Throwable stack, int most) {
        int hash = 0;
        int left = Math.min(depth(stack), most);
        Object[] chunk = left == 0 ? null : first(stack);
        while (left > 0) {
            short[] methods = (short[]) chunk[METHODS];
            int[] positions = (int[]) chunk[POSITIONS];
            int frames = Math.min(left, CHUNK);
            for (int i = 0; i < frames; i++) {
                hash = 31 * hash + (positions[i] ^ methods[i] << Short.SIZE);
            }
            chunk = (Object[]) chunk[NEXT];
            left -= frames;
        }
        return hash;
    }

    private static boolean rawSame(Throwable one, Throwable other, int most) {
        int left = Math.min(depth(one), most);
        if (left != Math.min(depth(other), most)) {
            return false;
        }
        Object[] a = left == 0 ? null : first(one);
        Object[] b = left == 0 ? null : first(other);
        while (left > 0) {
            int frames = Math.min(left, CHUNK);
            if (!sameFrames(a, b, frames)) {
                return false;
            }
            a = (Object[]) a[NEXT];
            b = (Object[]) b[NEXT];
            left -= frames;
        }
        return true;
    }

    private static boolean sameFrames(Object[] a, Object[] b, int frames) {
        return Arrays.equals((int[]) a[POSITIONS], 0, frames, (int[]) b[POSITIONS], 0, frames)
                && Arrays.equals((short[]) a[METHODS], 0, frames, (short[]) b[METHODS], 0, frames)
                && Arrays.equals((long[]) a[NAMES], 0, frames, (long[]) b[NAMES], 0, frames)
                && sameClasses((Object[]) a[CLASSES], (Object[]) b[CLASSES], frames);
    }

    private static boolean sameClasses(Object[] a, Object[] b, int frames) {
        for (int i = 0; i < frames; i++) {
            if (a[i] != b[i]) {
                return false;
            }
        }
        return true;
    }

    /** What {@link #hash} is where the JVM keeps backtraces in another way. */
    static int wordsHash(Throwable stack, int most) {
        return Arrays.asList(words(stack, most)).hashCode();
    }

    /** What {@link #same} is where the JVM keeps backtraces in another way. */
    static boolean wordsSame(Throwable one, Throwable other, int most) {
        return Arrays.equals(words(one, most), words(other, most));
    }

    private static StackTraceElement[] words(Throwable stack, int most) {
        StackTraceElement[] frames = stack.getStackTrace();
        return Arrays.copyOf(frames, Math.min(most, frames.length));
    }
}
