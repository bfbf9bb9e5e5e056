package org.jkasan.shadow;

import java.nio.ByteOrder;
import org.jkasan.host.RawMemory;

/** The search for the first shadow byte that is not zero. */
final class ShadowScan {

    /** Up to so many bytes are looked at one by one, as in the kernel. */
    private static final int SHORT = 16;

    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private ShadowScan() {}

    /** The host address of the first non-zero byte in [from, end), or end. */
    static long firstNonZero(long from, long end) {
        long at = from;
        if (end - from > SHORT) {
            long aligned = from + 7 & -8L;
            at = firstNonZeroByte(at, aligned);
            if (at < aligned) {
                return at;
            }
            for (long lastWord = end - Long.BYTES; at <= lastWord; at += Long.BYTES) {
                long word = RawMemory.loadLong(at);
                if (word != 0) {
                    return at + firstByte(word);
                }
            }
        }
        return firstNonZeroByte(at, end);
    }

    private static long firstNonZeroByte(long from, long end) {
        long at = from;
        while (at < end && RawMemory.loadByte(at) == 0) {
            at++;
        }
        return at;
    }

    /** The index in memory of the first non-zero byte of a word that has one. */
    private static int firstByte(long word) {
        int zeroBits =
                LITTLE_ENDIAN ? Long.numberOfTrailingZeros(word) : Long.numberOfLeadingZeros(word);
        return zeroBits / Byte.SIZE;
    }
}
