package org.jkasan.shadow;

import java.nio.ByteOrder;
import jdk.internal.vm.annotation.ForceInline;
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

    /**
     * Whether all bytes in [from, end) are zero. Looks at whole words, so also at bytes around
     * these, which are there, since what is reserved for the shadow is made of pages.
     */
    static boolean isZero(long from, long end) {
        if (from >= end) {
            return true;
        }
        long at = from & -8L;
        long last = end - 1 & -8L;
        int before = (int) (from - at) * Byte.SIZE;
        int behind = (int) (last + 7 - (end - 1)) * Byte.SIZE;
        long first = littleEndian(RawMemory.loadLong(at)) >>> before;
        if (at == last) {
            return first << before << behind == 0;
        }
        long found = first | littleEndian(RawMemory.loadLong(last)) << behind;
        at += Long.BYTES;
        // a few words to each test: this is what a loop over tracked memory costs
        for (; at <= last - 4 * Long.BYTES && found == 0; at += 4 * Long.BYTES) {
            found =
                    RawMemory.loadLong(at)
                            | RawMemory.loadLong(at + Long.BYTES)
                            | RawMemory.loadLong(at + 2 * Long.BYTES)
                            | RawMemory.loadLong(at + 3 * Long.BYTES);
        }
        for (; at < last; at += Long.BYTES) {
            found |= RawMemory.loadLong(at);
        }
        return found == 0;
    }

    /**
     * The same of few bytes, word by word from the first one on and without a branch but that of
     * the loop. Looks at up to eight bytes behind them.
     */
    @ForceInline
    static boolean isZeroInWords(long from, long end) {
        long at = from;
        long found = 0;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            found |= RawMemory.loadLong(at);
        }
        long last = RawMemory.loadLong(at);
        int others = (int) (at + Long.BYTES - 1 - end) * Byte.SIZE; // and one more
        return (found | (LITTLE_ENDIAN ? last << others << 8 : last >>> others >>> 8)) == 0;
    }

    private static long littleEndian(long word) {
        return LITTLE_ENDIAN ? word : Long.reverseBytes(word);
    }
}
