package org.jkasan.check;

import java.nio.Buffer;
import org.jkasan.report.AccessKind;

/**
 * The hooks of {@code java.nio}'s buffers: what rewritten code calls right before it gets from one
 * or puts into one, as it calls {@link Hooks} before it accesses an array. What a buffer is going
 * to refuse is not reported.
 */
public final class BufferHooks {

    private static final Sanitizer SANITIZER = Sanitizer.installed();
    private static final boolean ON = SANITIZER != null;
    private static final HeapArrays ARRAYS = ON ? SANITIZER.arrays() : new HeapArrays();
    private static final AccessChecker CHECKER = ON ? SANITIZER.checker() : null;
    private static final BufferChecker BUFFERS = new BufferChecker(CHECKER, ARRAYS);
    private static final BulkChecker BULK = new BulkChecker(CHECKER, ARRAYS, BUFFERS);

    private BufferHooks() {}

    /** Whether the hooks work for that sanitizer; too late if they were used before it came. */
    static boolean workFor(Sanitizer sanitizer) {
        return SANITIZER == sanitizer;
    }

    /** A relative get of {@code size} bytes. */
    public static void bufferLoad(Buffer buffer, int size) {
        if (buffer != null) {
            bufferLoad(buffer, buffer.position(), size);
        }
    }

    /** An absolute get of {@code size} bytes; the index is in elements. */
    public static void bufferLoad(Buffer buffer, int index, int size) {
        if (Hooks.isWatching() && buffer != null && isSuspect(buffer, index, size)) {
            BUFFERS.access(AccessKind.READ, buffer, index, size);
        }
    }

    /** A relative put of {@code size} bytes. */
    public static void bufferStore(Buffer buffer, int size) {
        if (buffer != null) {
            bufferStore(buffer, buffer.position(), size);
        }
    }

    /** An absolute put of {@code size} bytes; the index is in elements. */
    public static void bufferStore(Buffer buffer, int index, int size) {
        if (Hooks.isWatching() && buffer != null && isSuspect(buffer, index, size)) {
            BUFFERS.access(AccessKind.WRITE, buffer, index, size);
        }
    }

    /** Whether an access is worth a closer look; index in elements, size 1 to 8 bytes. */
    static boolean isSuspect(Buffer buffer, int index, int size) {
        long start = BufferFields.address(buffer);
        Object array = BufferFields.array(buffer, start);
        if (array instanceof byte[] bytes) {
            // The same as below, but of a type that lets C2 move the load of the header.
            return ARRAYS.handle(bytes) != 0;
        }
        if (array != null) {
            return ARRAYS.handle(array) != 0;
        }
        return isSuspect(start + ((long) index << BufferFields.shift(buffer)), size);
    }

    private static boolean isSuspect(long host, int size) {
        return Hooks.shadow(host) != 0
                || Hooks.straddles(host, size) && Hooks.shadow(host + size - 1) != 0;
    }

    /** A relative transfer from a buffer into an array, all of it. */
    public static void bufferGet(Buffer buffer, Object array) {
        if (Hooks.isWatching() && buffer != null && array != null) {
            BULK.get(buffer, buffer.position(), array, 0, ArrayElements.length(array));
        }
    }

    /**
     * A relative transfer from a buffer into an array, {@code count} elements from {@code from} on.
     */
    public static void bufferGet(Buffer buffer, Object array, int from, int count) {
        if (Hooks.isWatching() && buffer != null) {
            BULK.get(buffer, buffer.position(), array, from, count);
        }
    }

    /** An absolute transfer from a buffer into an array, all of it. */
    public static void bufferGet(Buffer buffer, int index, Object array) {
        if (Hooks.isWatching() && buffer != null && array != null) {
            BULK.get(buffer, index, array, 0, ArrayElements.length(array));
        }
    }

    /**
     * An absolute transfer from a buffer into an array, {@code count} elements from {@code from}
     * on.
     */
    public static void bufferGet(Buffer buffer, int index, Object array, int from, int count) {
        if (Hooks.isWatching() && buffer != null) {
            BULK.get(buffer, index, array, from, count);
        }
    }

    /** A relative transfer from an array into a buffer, all of it. */
    public static void bufferPut(Buffer buffer, Object array) {
        if (Hooks.isWatching() && buffer != null && array != null) {
            BULK.put(buffer, buffer.position(), array, 0, ArrayElements.length(array));
        }
    }

    /**
     * A relative transfer from an array into a buffer, {@code count} elements from {@code from} on.
     */
    public static void bufferPut(Buffer buffer, Object array, int from, int count) {
        if (Hooks.isWatching() && buffer != null) {
            BULK.put(buffer, buffer.position(), array, from, count);
        }
    }

    /** An absolute transfer from an array into a buffer, all of it. */
    public static void bufferPut(Buffer buffer, int index, Object array) {
        if (Hooks.isWatching() && buffer != null && array != null) {
            BULK.put(buffer, index, array, 0, ArrayElements.length(array));
        }
    }

    /**
     * An absolute transfer from an array into a buffer, {@code count} elements from {@code from}
     * on.
     */
    public static void bufferPut(Buffer buffer, int index, Object array, int from, int count) {
        if (Hooks.isWatching() && buffer != null) {
            BULK.put(buffer, index, array, from, count);
        }
    }

    /** A relative transfer of what remains in another buffer. */
    public static void bufferPut(Buffer buffer, Buffer source) {
        if (Hooks.isWatching() && buffer != null && source != null && buffer != source) {
            BULK.put(buffer, buffer.position(), source, source.position(), source.remaining());
        }
    }

    /** An absolute transfer of {@code count} elements of another buffer. */
    public static void bufferPut(Buffer buffer, int index, Buffer source, int from, int count) {
        if (Hooks.isWatching() && buffer != null && source != null) {
            BULK.put(buffer, index, source, from, count);
        }
    }

    /** A relative transfer of a string. */
    public static void bufferPut(Buffer buffer, String source) {
        if (source != null) {
            bufferPut(buffer, source, 0, source.length());
        }
    }

    /** A relative transfer of characters [start, end) of a string. */
    public static void bufferPut(Buffer buffer, String source, int start, int end) {
        if (Hooks.isWatching() && buffer != null && source != null) {
            BULK.put(buffer, buffer.position(), source, start, end);
        }
    }
}
