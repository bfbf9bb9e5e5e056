package org.jkasan.shadow;

import java.nio.ByteOrder;
import jdk.internal.vm.annotation.ForceInline;
import org.jkasan.host.RawMemory;

/**
 * Which cache lines of shadow may hold a byte that is not zero. Large ranges are looked at through
 * these: an eighth of the memory that a vectorised loop goes through is more than such a loop has
 * time for.
 */
final class ShadowLines {

    /*
     *   memory    512 bytes                 512 bytes                 512 bytes
     *   shadow    64 bytes, all zero        f8 f8 ... 00 00 ...       64 bytes, all zero
     *   lines     [0]                       [1]                       [1]
     *
     * Invariant: of a line whose byte here is 0 all shadow bytes are zero, as far as anybody sees
     * who may access its memory. The reverse does not hold: a line stays marked until all of it is
     * unpoisoned at once, and then costs those who ask a look at its bytes, no more.
     * A line is marked before the first of its bytes is poisoned. It is cleared after all of them
     * were, by whoever owns all of its memory, so that no neighbour can be poisoning a part of it
     * meanwhile: no lock is needed. Shadow that is given back to the host reads as zero and leaves
     * its marks.
     * What is marked is only loaded when it is marked again, so that neighbours on different CPUs
     * do not take the line of marks from each other.
     */

    /** log2 of the bytes of memory whose shadow is one line. */
    static final int SHIFT = 9;

    /** Bytes of memory whose shadow is one line. */
    static final long SIZE = 1L << SHIFT;

    private static final byte MARKED = 1;

    /** Words of shadow in a line. */
    private static final int WORDS = (int) (SIZE >>> Shadow.SCALE_SHIFT) / Long.BYTES;

    /** Lines whose marks are one word. */
    private static final int PER_WORD = Long.BYTES;

    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private final long base;
    private final long shadow;

    /**
     * No line is marked.
     *
     * @param base host address of the mark of address 0, of {@link #bytes} zeros
     * @param shadow host address of the shadow byte of address 0
     */
    ShadowLines(long base, long shadow) {
        this.base = base;
        this.shadow = shadow;
    }

    /** Bytes for the marks of the first {@code limit} bytes of memory; words of them are loaded. */
    static long bytes(long limit) {
        return (limit >>> SHIFT) + Long.BYTES;
    }

    /** To be called before the shadow of some of a range becomes anything but zero. */
    void mark(long address, long size) {
        if (size != 0) {
            long end = mark(address + size - 1) + 1;
            for (long at = mark(address); at < end; at++) {
                if (RawMemory.loadByte(at) != MARKED) {
                    RawMemory.storeByte(at, MARKED);
                }
            }
        }
    }

    /** To be called when the shadow of all of a range has become zero. */
    void clear(long address, long size) {
        long first = address + (SIZE - 1) >>> SHIFT;
        long end = address + size >>> SHIFT;
        if (first < end) {
            RawMemory.fill(base + first, end - first, (byte) 0);
        }
    }

    /**
     * Whether an access to a range is seen to be allowed by few words of marks and shadow.
     *
     * @param last the last address, not before the first
     */
    @ForceInline
    boolean areSurelyValid(long address, long last) {
        return last - address < SIZE
                ? isValidInFewWords(address, last)
                : areUnmarked(address, last) || isValidAtItsEnds(address, last);
    }

    /** What is smaller than a line's memory as a rule shares its line with poison. */
    @ForceInline
    private boolean isValidInFewWords(long address, long last) {
        long lastByte = shadow + (last >>> Shadow.SCALE_SHIFT);
        byte value = RawMemory.loadByte(lastByte);
        return ShadowScan.isZeroInWords(shadow + (address >>> Shadow.SCALE_SHIFT), lastByte)
                && (value == 0 || (last & Shadow.GRANULE_SIZE - 1) < value);
    }

    /** What does not begin and end with a line shares two of them with its neighbours. */
    private boolean isValidAtItsEnds(long address, long last) {
        long start = address + SIZE - 1 & -SIZE; // the first whole line
        long end = last + 1 & -SIZE; // behind the last one
        return (start == end || areUnmarked(start, end - 1))
                && (start == address || isValidInFewWords(address, start - 1))
                && (end > last || isValidInFewWords(end, last));
    }

    /**
     * Whether no line of a range is marked: then all of its shadow is zero.
     *
     * @param last the last address, not before the first
     */
    @ForceInline
    boolean areUnmarked(long address, long last) {
        return ShadowScan.isZeroInWords(mark(address), mark(last) + 1);
    }

    /**
     * Whether all shadow bytes of a range are zero, as far as so many words can tell.
     *
     * @param last the last address, not before the first
     * @param words of marks and shadow to look at, at most
     */
    boolean areZero(long address, long last, long words) {
        long end = mark(last) + 1;
        long left = words - (end - mark(address)) / PER_WORD;
        for (long at = mark(address); at < end && left >= 0; at += PER_WORD) {
            long count = Math.min(end - at, PER_WORD);
            if (firstOf(RawMemory.loadLong(at), count) != 0) {
                left = look(at, at + count, address, last, left);
            }
        }
        return left >= 0;
    }

    /** The marks of the first so many of the lines of a word; at least of one. */
    private static long firstOf(long marks, long count) {
        int others = (int) (PER_WORD - count) * Byte.SIZE;
        return LITTLE_ENDIAN ? marks << others : marks >>> others;
    }

    /** The words that are left when the marked lines of a word were looked at; -1: not all zero. */
    private long look(long from, long end, long address, long last, long words) {
        long left = words;
        for (long at = from; at < end; at++) {
            if (RawMemory.loadByte(at) != 0) {
                long start = at - base << SHIFT;
                long firstByte = shadow + (Math.max(start, address) >>> Shadow.SCALE_SHIFT);
                long lastByte = shadow + (Math.min(start + SIZE - 1, last) >>> Shadow.SCALE_SHIFT);
                left -= WORDS;
                if (left < 0 || !ShadowScan.isZero(firstByte, lastByte + 1)) {
                    return -1;
                }
            }
        }
        return left;
    }

    /** Whether each shadow byte of a range that is not zero is in a line that is marked. */
    boolean areSound(long address, long size) {
        for (long at = address; at < address + size; at += Shadow.GRANULE_SIZE) {
            if (RawMemory.loadByte(shadow + (at >>> Shadow.SCALE_SHIFT)) != 0
                    && RawMemory.loadByte(mark(at)) != MARKED) {
                return false;
            }
        }
        return true;
    }

    private long mark(long address) {
        return base + (address >>> SHIFT);
    }
}
