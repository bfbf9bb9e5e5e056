package org.jkasan.check;

import java.nio.Buffer;
import org.jkasan.report.AccessKind;

/**
 * The checks of what touches many elements. As in the kernel, first the source is checked for the
 * read, then the destination for the write. A transfer that Java is going to refuse as a whole,
 * with an exception, touches nothing and is not checked.
 */
final class BulkChecker {

    private final AccessChecker checker;
    private final HeapArrays arrays;
    private final BufferChecker buffers;

    BulkChecker(AccessChecker checker, HeapArrays arrays, BufferChecker buffers) {
        this.checker = checker;
        this.arrays = arrays;
        this.buffers = buffers;
    }

    /** A read or write of elements [from, from + count). */
    void array(AccessKind kind, Object array, int from, int count) {
        if (hasRange(array, from, count)) {
            elements(kind, array, from, count);
        }
    }

    /** {@code Arrays.copyOfRange}: reads [from, to), as far as there are elements. */
    void copyOfRange(Object array, int from, int to) {
        if (array != null && from <= to && from >= 0) {
            int length = ArrayElements.length(array);
            array(AccessKind.READ, array, from, Math.min(to, length) - from);
        }
    }

    /** {@code System.arraycopy}. */
    void copy(Object source, int from, Object destination, int to, int count) {
        if (source != null
                && destination != null
                && source.getClass() == destination.getClass()
                && hasRange(source, from, count)
                && hasRange(destination, to, count)) {
            elements(AccessKind.READ, source, from, count);
            elements(AccessKind.WRITE, destination, to, count);
        }
    }

    /** Buffer elements into an array. */
    void get(Buffer buffer, int index, Object array, int from, int count) {
        if (hasRange(array, from, count)
                && BufferChecker.lets(AccessKind.READ, buffer, index, count)) {
            buffers.range(AccessKind.READ, buffer, index, count);
            elements(AccessKind.WRITE, array, from, count);
        }
    }

    /** Array elements into a buffer. */
    void put(Buffer buffer, int index, Object array, int from, int count) {
        if (hasRange(array, from, count)
                && BufferChecker.lets(AccessKind.WRITE, buffer, index, count)) {
            elements(AccessKind.READ, array, from, count);
            buffers.range(AccessKind.WRITE, buffer, index, count);
        }
    }

    /** Elements of one buffer into another of the same type. */
    void put(Buffer buffer, int index, Buffer source, int from, int count) {
        if (BufferChecker.lets(AccessKind.READ, source, from, count)
                && BufferChecker.lets(AccessKind.WRITE, buffer, index, count)) {
            buffers.range(AccessKind.READ, source, from, count);
            buffers.range(AccessKind.WRITE, buffer, index, count);
        }
    }

    /** Characters [start, end) of a string into a buffer. */
    void put(Buffer buffer, int index, String source, int start, int end) {
        int count = end - start;
        if (ArrayElements.isRange(start, count, source.length())
                && BufferChecker.lets(AccessKind.WRITE, buffer, index, count)) {
            buffers.range(AccessKind.WRITE, buffer, index, count);
        }
    }

    /** Array elements into the kernel's memory. */
    void copyIn(AddressSpace space, long address, Object array, int from, int count) {
        if (hasRange(array, from, count)) {
            elements(AccessKind.READ, array, from, count);
            checker.kernelRange(
                    AccessKind.WRITE, space, address, (long) count << ArrayElements.shift(array));
        }
    }

    /** The kernel's memory into array elements. */
    void copyOut(AddressSpace space, long address, Object array, int from, int count) {
        if (hasRange(array, from, count)) {
            checker.kernelRange(
                    AccessKind.READ, space, address, (long) count << ArrayElements.shift(array));
            elements(AccessKind.WRITE, array, from, count);
        }
    }

    private static boolean hasRange(Object array, int from, int count) {
        return array != null && ArrayElements.isRange(from, count, ArrayElements.length(array));
    }

    private void elements(AccessKind kind, Object array, int from, int count) {
        long handle = arrays.handle(array);
        if (handle != 0) {
            int shift = ArrayElements.shift(array);
            checker.range(kind, handle + ((long) from << shift), (long) count << shift);
        }
    }
}
