package org.jkasan.check;

import java.lang.invoke.VarHandle;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import org.jkasan.report.AccessKind;

/**
 * The hooks of JDK methods that go through arrays and buffers on their caller's behalf: what
 * rewritten code calls right before them, as it calls {@link Hooks} before its own accesses. What
 * is checked is what the arguments allow the method to touch.
 */
public final class JdkHooks {

    private static final Sanitizer SANITIZER = Sanitizer.installed();
    private static final boolean ON = SANITIZER != null;
    private static final HeapArrays ARRAYS = ON ? SANITIZER.arrays() : new HeapArrays();
    private static final AccessChecker CHECKER = ON ? SANITIZER.checker() : null;
    private static final BufferChecker BUFFERS = new BufferChecker(CHECKER, ARRAYS);
    private static final BulkChecker BULK = new BulkChecker(CHECKER, ARRAYS, BUFFERS);
    private static final CompareChecker COMPARES = new CompareChecker(BULK, BUFFERS);
    private static final HandleChecker HANDLES = new HandleChecker(CHECKER, ARRAYS, BUFFERS);

    private JdkHooks() {}

    /** Whether the hooks work for that sanitizer; too late if they were used before it came. */
    static boolean workFor(Sanitizer sanitizer) {
        return SANITIZER == sanitizer;
    }

    /** A read of a whole array. */
    public static void arrayRead(Object array) {
        if (ARRAYS.handle(array) != 0) {
            BULK.array(AccessKind.READ, array, 0, ArrayElements.length(array));
        }
    }

    /** A read of elements [from, from + count). */
    public static void arrayRead(Object array, int from, int count) {
        if (ARRAYS.handle(array) != 0) {
            BULK.array(AccessKind.READ, array, from, count);
        }
    }

    /** A write of a whole array by a method that also needs something else than null. */
    public static void arrayWrite(Object array, Object needed) {
        if (needed != null) {
            Hooks.writeAll(array);
        }
    }

    /** A write of elements [from, from + count) by a method that also needs something else. */
    public static void arrayWrite(Object array, int from, int count, Object needed) {
        if (needed != null) {
            Hooks.writeRange(array, from, count);
        }
    }

    /** A binary search in a whole array: the element that it looks at first. */
    public static void arraySearch(Object array) {
        if (ARRAYS.handle(array) != 0) {
            arraySearch(array, 0, ArrayElements.length(array));
        }
    }

    /** A binary search in elements [from, to): the one that it looks at first. */
    public static void arraySearch(Object array, int from, int to) {
        if (ARRAYS.handle(array) != 0 && from < to) {
            if (BULK.hasRange(AccessKind.READ, array, from, to - from)) {
                BULK.elements(AccessKind.READ, array, from + to - 1 >>> 1, 1);
            }
        }
    }

    /** A read of a whole array as text. */
    public static void textRead(Object array, Object charset) {
        if (ARRAYS.handle(array) != 0 && isCharset(charset)) {
            BULK.array(AccessKind.READ, array, 0, ArrayElements.length(array));
        }
    }

    /** A read of elements [from, from + count) as text. */
    public static void textRead(Object array, int from, int count, Object charset) {
        if (ARRAYS.handle(array) != 0 && isCharset(charset)) {
            BULK.array(AccessKind.READ, array, from, count);
        }
    }

    private static boolean isCharset(Object charset) {
        try {
            return charset instanceof String name ? Charset.isSupported(name) : charset != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A transfer of characters [begin, end) of a text to elements from {@code to} on. */
    public static void textWrite(CharSequence text, int begin, int end, Object array, int to) {
        if (text != null && 0 <= begin && begin <= end && end <= text.length()) {
            if (text instanceof CharBuffer buffer) {
                chars(buffer, begin, end - begin);
            }
            if (ARRAYS.handle(array) != 0) {
                BULK.array(AccessKind.WRITE, array, to, end - begin);
            }
        }
    }

    /** A comparison of two arrays. */
    public static void arraysCompare(Object a, Object b) {
        if ((ARRAYS.handle(a) | ARRAYS.handle(b)) != 0) {
            COMPARES.arrays(a, b, false);
        }
    }

    /** A comparison of two arrays that is decided if their lengths differ. */
    public static void arraysEqual(Object a, Object b) {
        if ((ARRAYS.handle(a) | ARRAYS.handle(b)) != 0) {
            COMPARES.arrays(a, b, true);
        }
    }

    /** A comparison of ranges of two arrays. */
    public static void rangesCompare(
            Object a, int aFrom, int aCount, Object b, int bFrom, int bCount) {
        if ((ARRAYS.handle(a) | ARRAYS.handle(b)) != 0) {
            COMPARES.ranges(a, aFrom, aCount, b, bFrom, bCount, false);
        }
    }

    /** A comparison of ranges of two arrays that is decided if their lengths differ. */
    public static void rangesEqual(
            Object a, int aFrom, int aCount, Object b, int bFrom, int bCount) {
        if ((ARRAYS.handle(a) | ARRAYS.handle(b)) != 0) {
            COMPARES.ranges(a, aFrom, aCount, b, bFrom, bCount, true);
        }
    }

    /** A read of what remains in a buffer. */
    public static void bufferDrain(Buffer buffer) {
        if (Hooks.isWatching() && buffer != null) {
            BUFFERS.remaining(AccessKind.READ, buffer);
        }
    }

    /** A read of what remains in a buffer by a method that also needs something else than null. */
    public static void bufferDrain(Buffer buffer, Object needed) {
        if (needed != null) {
            bufferDrain(buffer);
        }
    }

    /** A read of what remains in a buffer, for a place in a file. */
    public static void bufferDrain(Buffer buffer, long position) {
        if (position >= 0) {
            bufferDrain(buffer);
        }
    }

    /** The same by a method that also needs something else than null. */
    public static void bufferDrain(Buffer buffer, long position, Object needed) {
        if (needed != null) {
            bufferDrain(buffer, position);
        }
    }

    /** A write of what remains in a buffer. */
    public static void bufferFill(Buffer buffer) {
        if (Hooks.isWatching() && buffer != null) {
            BUFFERS.remaining(AccessKind.WRITE, buffer);
        }
    }

    /** A write of what remains in a buffer by a method that also needs something else than null. */
    public static void bufferFill(Buffer buffer, Object needed) {
        if (needed != null) {
            bufferFill(buffer);
        }
    }

    /** A write of what remains in a buffer, from a place in a file. */
    public static void bufferFill(Buffer buffer, long position) {
        if (position >= 0) {
            bufferFill(buffer);
        }
    }

    /** The same by a method that also needs something else than null. */
    public static void bufferFill(Buffer buffer, long position, Object needed) {
        if (needed != null) {
            bufferFill(buffer, position);
        }
    }

    /** A read of what remains in some buffers: gathering. */
    public static void buffersDrain(ByteBuffer[] buffers) {
        if (Hooks.isWatching() && buffers != null) {
            BUFFERS.remaining(AccessKind.READ, buffers, 0, buffers.length);
        }
    }

    /** A read of what remains in {@code count} buffers from {@code from} on. */
    public static void buffersDrain(ByteBuffer[] buffers, int from, int count) {
        if (Hooks.isWatching() && buffers != null) {
            BUFFERS.remaining(AccessKind.READ, buffers, from, count);
        }
    }

    /** A write of what remains in some buffers: scattering. */
    public static void buffersFill(ByteBuffer[] buffers) {
        if (Hooks.isWatching() && buffers != null) {
            BUFFERS.remaining(AccessKind.WRITE, buffers, 0, buffers.length);
        }
    }

    /** A write of what remains in {@code count} buffers from {@code from} on. */
    public static void buffersFill(ByteBuffer[] buffers, int from, int count) {
        if (Hooks.isWatching() && buffers != null) {
            BUFFERS.remaining(AccessKind.WRITE, buffers, from, count);
        }
    }

    /** A move of what remains in a buffer to its beginning. */
    public static void bufferCompact(Buffer buffer) {
        if (Hooks.isWatching() && buffer != null) {
            int position = buffer.position();
            BULK.put(buffer, 0, buffer, position, buffer.limit() - position);
        }
    }

    /** A comparison of what remains in two buffers. */
    public static void buffersCompare(Buffer a, Object b) {
        if (Hooks.isWatching() && a != null) {
            COMPARES.buffers(a, b, false);
        }
    }

    /** A comparison of what remains in two buffers that is decided if their lengths differ. */
    public static void buffersEqual(Buffer a, Object b) {
        if (Hooks.isWatching() && a != null && a != b) {
            COMPARES.buffers(a, b, true);
        }
    }

    /** A read of the character that is {@code index} behind a buffer's position. */
    public static void charLoad(CharBuffer buffer, int index) {
        if (buffer != null && index >= 0 && index < buffer.remaining()) {
            BufferHooks.bufferLoad(buffer, buffer.position() + index, Character.BYTES);
        }
    }

    /** A relative transfer of a text; null is one, too. */
    public static void charsAppend(CharBuffer buffer, CharSequence text) {
        charsAppend(buffer, text, 0, length(text));
    }

    /** A relative transfer of characters [start, end) of a text. */
    public static void charsAppend(CharBuffer buffer, CharSequence text, int start, int end) {
        int length = length(text);
        if (Hooks.isWatching() && buffer != null && buffer != text && start >= 0 && end <= length) {
            int count = end - start;
            int position = buffer.position();
            if (BufferChecker.lets(AccessKind.WRITE, buffer, position, count)) {
                if (text instanceof CharBuffer source) {
                    chars(source, start, count);
                }
                BUFFERS.range(AccessKind.WRITE, buffer, position, count);
            }
        }
    }

    private static void chars(CharBuffer buffer, int from, int count) {
        if (Hooks.isWatching()) {
            BULK.read(buffer, buffer.position() + from, count);
        }
    }

    /** The length of a text whose class is the JDK's, or -1: others may do anything when asked. */
    private static int length(CharSequence text) {
        if (text == null) {
            return "null".length();
        }
        boolean known =
                text instanceof String
                        || text instanceof CharBuffer
                        || text instanceof StringBuilder
                        || text instanceof StringBuffer;
        return known ? text.length() : -1;
    }

    /** A transfer from one buffer into another, as much as fits. */
    public static void charsRead(CharBuffer source, CharBuffer target) {
        if (Hooks.isWatching() && source != null && target != null && source != target) {
            int count = Math.min(source.remaining(), target.remaining());
            BULK.put(target, target.position(), source, source.position(), count);
        }
    }

    /**
     * An access of a VarHandle to an array.
     *
     * @param callType descriptor of the call, which need not be the handle's
     * @param mode ordinal of its {@link VarHandle.AccessMode}
     */
    public static void handleAccess(
            VarHandle handle, Object array, int index, String callType, int mode) {
        if (ARRAYS.handle(array) != 0 && handle != null) {
            HANDLES.array(handle, array, index, callType, mode);
        }
    }

    /**
     * An access of a VarHandle to a buffer.
     *
     * @param callType descriptor of the call, which need not be the handle's
     * @param mode ordinal of its {@link VarHandle.AccessMode}
     */
    public static void handleAccess(
            VarHandle handle, Buffer buffer, int index, String callType, int mode) {
        if (Hooks.isWatching()
                && buffer != null
                && BufferHooks.isSuspect(buffer, index, Long.BYTES)
                && handle != null) {
            HANDLES.buffer(handle, buffer, index, callType, mode);
        }
    }
}
