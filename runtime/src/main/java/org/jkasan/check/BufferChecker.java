package org.jkasan.check;

import java.nio.Buffer;
import org.jkasan.report.AccessKind;

/**
 * The checks of a buffer's memory, exact. What the buffer itself refuses touches nothing and is no
 * access: bad indexes, a limit passed, a store into a read-only one.
 */
final class BufferChecker {

    private final AccessChecker checker;
    private final HeapArrays arrays;

    BufferChecker(AccessChecker checker, HeapArrays arrays) {
        this.checker = checker;
        this.arrays = arrays;
    }

    /**
     * Checks one load or store.
     *
     * @param index in the buffer's elements
     * @param size 1, 2, 4 or 8 bytes
     */
    void access(AccessKind kind, Buffer buffer, int index, int size) {
        if (index >= 0
                && size <= (long) (buffer.limit() - index) << BufferFields.shift(buffer)
                && isAllowed(kind, buffer)) {
            long host = host(buffer, index);
            if (host != 0) {
                checker.access(kind, host, size);
            }
        }
    }

    /** Whether the buffer lets a transfer of elements at the index happen. */
    static boolean lets(AccessKind kind, Buffer buffer, int index, int count) {
        return ArrayElements.isRange(index, count, buffer.limit()) && isAllowed(kind, buffer);
    }

    /** Checks a transfer of elements that the buffer lets happen. */
    void range(AccessKind kind, Buffer buffer, int index, int count) {
        long host = host(buffer, index);
        if (host != 0) {
            checker.range(kind, host, (long) count << BufferFields.shift(buffer));
        }
    }

    /** Checks what remains in a buffer, if it is not read-only in spite of a write. */
    void remaining(AccessKind kind, Buffer buffer) {
        int position = buffer.position();
        int count = buffer.limit() - position;
        if (lets(kind, buffer, position, count)) {
            range(kind, buffer, position, count);
        }
    }

    /** Whether a byte of what remains in a buffer must not be touched. */
    boolean isRemainingBad(Buffer buffer) {
        long host = host(buffer, buffer.position());
        return host != 0
                && checker.isBad(host, (long) buffer.remaining() << BufferFields.shift(buffer));
    }

    /** Checks what remains in each of some buffers, if the call takes all of them. */
    void remaining(AccessKind kind, Buffer[] buffers, int from, int count) {
        if (ArrayElements.isRange(from, count, buffers.length)) {
            for (int i = from; i < from + count; i++) {
                if (buffers[i] == null || !isAllowed(kind, buffers[i])) {
                    return;
                }
            }
            for (int i = from; i < from + count; i++) {
                remaining(kind, buffers[i]);
            }
        }
    }

    private static boolean isAllowed(AccessKind kind, Buffer buffer) {
        return kind == AccessKind.READ || !buffer.isReadOnly();
    }

    /** The host address of an element, or 0 if it lies in an untracked array or in a String. */
    private long host(Buffer buffer, int index) {
        long start = BufferFields.address(buffer);
        Object array = BufferFields.array(buffer, start);
        if (array != null) {
            long handle = arrays.handle(array);
            if (handle == 0) {
                return 0;
            }
            start += handle - BufferFields.firstElement(array);
        }
        return start == 0 ? 0 : start + ((long) index << BufferFields.shift(buffer));
    }
}
