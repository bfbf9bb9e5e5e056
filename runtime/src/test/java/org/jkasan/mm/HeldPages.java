package org.jkasan.mm;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * Counts the pages of memory that this process holds. What was only read, as a report reads the
 * shadow around an address, is not among them: it is the host's one page of zeros, which mincore
 * calls resident.
 */
final class HeldPages {

    private static final long PRESENT = 1L << 63;
    private static final long SWAPPED = 1L << 62;
    private static final long OF_A_FILE = 1L << 61;
    private static final long MAPPED_ONCE = 1L << 56;

    private HeldPages() {}

    /** How many there are from an address on, in so many bytes of whole pages. */
    static long count(long address, long bytes) {
        long page = TestMachine.HOST.pageSize();
        byte[] entries = new byte[Math.toIntExact(bytes / page * Long.BYTES)];
        try (RandomAccessFile pagemap = new RandomAccessFile("/proc/self/pagemap", "r")) {
            pagemap.seek(address / page * Long.BYTES);
            pagemap.readFully(entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LongBuffer states = ByteBuffer.wrap(entries).order(ByteOrder.nativeOrder()).asLongBuffer();
        long held = 0;
        while (states.hasRemaining()) {
            held += isHeld(states.get()) ? 1 : 0;
        }
        return held;
    }

    private static boolean isHeld(long state) {
        boolean zeros = (state & (OF_A_FILE | MAPPED_ONCE)) == 0;
        return (state & SWAPPED) != 0 || (state & PRESENT) != 0 && !zeros;
    }
}
