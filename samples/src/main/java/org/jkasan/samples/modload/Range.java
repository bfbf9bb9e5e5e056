package org.jkasan.samples.modload;

/** Arithmetic on ranges that a file claims, in which no sum can wrap. */
final class Range {

    private Range() {}

    /** Whether {@code [offset, offset + length)}, both unsigned, lies in {@code [0, total)}. */
    static boolean fits(long offset, long length, long total) {
        return offset >= 0 && length >= 0 && length <= total && offset <= total - length;
    }

    /** A value rounded up to a power of two; only for values that stay far below 2^63. */
    static long alignUp(long value, long alignment) {
        return (value + alignment - 1) & -alignment;
    }

    static boolean isPowerOfTwo(long value) {
        return Long.bitCount(value) == 1;
    }
}
