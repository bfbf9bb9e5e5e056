package org.jkasan.check;

import java.nio.Buffer;
import org.jkasan.report.AccessKind;

/**
 * The checks of what compares arrays or buffers: both sides are read as far as the shorter one
 * goes, for the JDK compares many elements at once and may look past the first difference. Where
 * lengths that differ settle it, nothing is read.
 */
final class CompareChecker {

    private final BulkChecker bulk;
    private final BufferChecker buffers;

    CompareChecker(BulkChecker bulk, BufferChecker buffers) {
        this.bulk = bulk;
        this.buffers = buffers;
    }

    /** Two whole arrays of one type; an array is not compared with itself. */
    void arrays(Object a, Object b, boolean lengthsDecide) {
        if (a != b) {
            int count = common(ArrayElements.length(a), ArrayElements.length(b), lengthsDecide);
            if (count > 0) {
                bulk.elements(AccessKind.READ, a, 0, count);
                bulk.elements(AccessKind.READ, b, 0, count);
            }
        }
    }

    /** Ranges of two arrays of one type. */
    void ranges(
            Object a,
            int aFrom,
            int aCount,
            Object b,
            int bFrom,
            int bCount,
            boolean lengthsDecide) {
        if (a == null || b == null || (aCount | bCount) < 0) {
            return;
        }
        if (bulk.hasRange(AccessKind.READ, a, aFrom, aCount)
                & bulk.hasRange(AccessKind.READ, b, bFrom, bCount)) {
            int count = common(aCount, bCount, lengthsDecide);
            bulk.elements(AccessKind.READ, a, aFrom, count);
            bulk.elements(AccessKind.READ, b, bFrom, count);
        }
    }

    /** What remains in two buffers; the second may be anything. */
    void buffers(Buffer a, Object b, boolean lengthsDecide) {
        if (BufferFields.areOfOneType(a, b)) {
            Buffer other = (Buffer) b;
            int from = a.position();
            int otherFrom = other.position();
            int count = common(a.limit() - from, other.limit() - otherFrom, lengthsDecide);
            if (BufferChecker.lets(AccessKind.READ, a, from, count)
                    && BufferChecker.lets(AccessKind.READ, other, otherFrom, count)) {
                buffers.range(AccessKind.READ, a, from, count);
                buffers.range(AccessKind.READ, other, otherFrom, count);
            }
        }
    }

    /** How many elements of both are compared; the length of what is no array is negative. */
    private static int common(int a, int b, boolean lengthsDecide) {
        return lengthsDecide && a != b ? 0 : Math.min(a, b);
    }
}
