package org.jkasan.shadow;

import org.jkasan.host.RawMemory;

/**
 * The pages of memory about which somebody has to know when some of their shadow is poisoned: one
 * byte for each. A page that was watched once stays so.
 */
final class WatchedPages {

    /*
     * Who owns the memory has its pages watched before anybody else can get at it, so whoever
     * poisons it later finds the byte set: no fence is needed.
     */

    /** log2 of the bytes of a page, which need not be the host's. */
    private static final int SHIFT = 12;

    private static final byte WATCHED = 1;

    private final long base;
    private final Runnable watcher;

    /**
     * No page is watched.
     *
     * @param base host address of the byte of address 0, of {@link #bytes} zeros
     * @param watcher is told; null for nobody, and then no page ever is
     */
    WatchedPages(long base, Runnable watcher) {
        this.base = base;
        this.watcher = watcher;
    }

    /** Bytes for the pages of the first {@code limit} bytes of memory; words of them are loaded. */
    static long bytes(long limit) {
        return (limit >>> SHIFT) + Long.BYTES;
    }

    /** Has all pages of a range watched from now on. */
    void watch(long address, long size) {
        if (size != 0 && watcher != null) {
            long first = page(address);
            RawMemory.fill(first, page(address + size - 1) + 1 - first, WATCHED);
        }
    }

    /** Tells that some of a range was poisoned, if any of its pages is watched. */
    void poisoned(long address, long size) {
        if (size != 0 && !ShadowScan.isZeroInWords(page(address), page(address + size - 1) + 1)) {
            watcher.run();
        }
    }

    /** Whether all pages of a range are watched. */
    boolean areAllWatched(long address, long size) {
        long end = page(address + size - 1) + 1;
        long at = page(address);
        while (at < end && RawMemory.loadByte(at) == WATCHED) {
            at++;
        }
        return at >= end;
    }

    private long page(long address) {
        return base + (address >>> SHIFT);
    }
}
