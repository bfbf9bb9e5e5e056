package org.jkasan.check;

import java.nio.Buffer;
import org.jkasan.report.AccessKind;

/**
 * The checks of what touches many elements. As in the kernel, first the source is checked for the
 * read, then the destination for the write; of a transfer to or from the kernel's memory, which is
 * not done where either fails, only if the read is good. A transfer that Java is going to refuse as
 * a whole, with an exception, touches nothing and is not checked, but for one thing: a range that
 * leaves a tracked array is, whatever Java says to it, if the shadow calls it bad where it leaves.
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
        if (hasRange(kind, array, from, count)) {
            elements(kind, array, from, count);
        }
    }

    /** {@code Arrays.copyOfRange}: reads [from, to), as far as there are elements. */
    void copyOfRange(Object array, int from, int to) {
        int rest = ArrayElements.length(array) - from;
        int count = to - from;
        array(AccessKind.READ, array, from, from >= 0 && rest >= 0 ? Math.min(rest, count) : count);
    }

    /** {@code System.arraycopy}. */
    void copy(Object source, int from, Object destination, int to, int count) {
        if (source != null
                && destination != null
                && source.getClass() == destination.getClass()
                && hasRange(AccessKind.READ, source, from, count)
                        & hasRange(AccessKind.WRITE, destination, to, count)) {
            elements(AccessKind.READ, source, from, count);
            elements(AccessKind.WRITE, destination, to, count);
        }
    }

    /** Buffer elements into an array. */
    void get(Buffer buffer, int index, Object array, int from, int count) {
        if (hasRange(AccessKind.WRITE, array, from, count)
                && BufferChecker.lets(AccessKind.READ, buffer, index, count)) {
            buffers.range(AccessKind.READ, buffer, index, count);
            elements(AccessKind.WRITE, array, from, count);
        }
    }

    /** Array elements into a buffer. */
    void put(Buffer buffer, int index, Object array, int from, int count) {
        if (hasRange(AccessKind.READ, array, from, count)
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

    /** Elements of a buffer. */
    void read(Buffer buffer, int index, int count) {
        if (BufferChecker.lets(AccessKind.READ, buffer, index, count)) {
            buffers.range(AccessKind.READ, buffer, index, count);
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

    /** Array elements into the kernel's memory; false where that is not to be done. */
    boolean copyIn(AddressSpace space, long address, Object array, int from, int count) {
        return !hasRange(AccessKind.READ, array, from, count)
                || elements(AccessKind.READ, array, from, count)
                        && checker.kernelRange(
                                AccessKind.WRITE, space, address, bytes(array, count));
    }

    /** The kernel's memory into array elements; false where that is not to be done. */
    boolean copyOut(AddressSpace space, long address, Object array, int from, int count) {
        return !hasRange(AccessKind.WRITE, array, from, count)
                || checker.kernelRange(AccessKind.READ, space, address, bytes(array, count))
                        && elements(AccessKind.WRITE, array, from, count);
    }

    private static long bytes(Object array, int count) {
        return (long) count << ArrayElements.shift(array);
    }

    /**
     * Whether an array has such a range of elements. Where it has not, Java is going to say so, and
     * of a tracked array the range is reported, if it touches what the shadow says is bad: behind
     * the array's end the element that comes first, elsewhere the first of the range.
     */
    boolean hasRange(AccessKind kind, Object array, int from, int count) {
        int length = ArrayElements.length(array);
        if (length < 0 || ArrayElements.isRange(from, count, length)) {
            return length >= 0;
        }
        long handle = count <= 0 ? 0 : arrays.handle(array);
        if (handle != 0) {
            int shift = ArrayElements.shift(array);
            long looked = from >= 0 && from <= length ? length - from + 1L : 1;
            checker.beginning(
                    kind, handle + ((long) from << shift), looked << shift, (long) count << shift);
        }
        return false;
    }

    /** Checks elements that the array has; whether they count as good. */
    boolean elements(AccessKind kind, Object array, int from, int count) {
        long handle = arrays.handle(array);
        return handle == 0
                || checker.range(
                        kind,
                        handle + ((long) from << ArrayElements.shift(array)),
                        bytes(array, count));
    }
}
