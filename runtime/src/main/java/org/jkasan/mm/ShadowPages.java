package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import java.util.function.LongConsumer;
import org.jkasan.host.HostMemory;
import org.jkasan.host.HostMemoryException;
import org.jkasan.host.RawMemory;

/**
 * Which pages of a window's shadow exist, and the host memory behind them. Each is a page of the
 * kernel's RAM. Pages are numbered from the first of the window; the lock is the caller's.
 */
final class ShadowPages {

    /*
     * What is to be said of a page that begins to exist is its owner's to say, before others can know
     * that it does. One that does not exist reads as zero: an access that it lets pass then fails in
     * the memory management unit.
     *
     * The host's page may hold several of the model's. It goes back to the host with the last of
     * them; the ones before that are cleared by hand.
     */

    private static final byte PRESENT = 1;

    private final HostMemory host;
    private final PageAllocator ram;
    private final long shadow;
    private final long count;
    private final long tableBytes;
    private final long table;
    private final LongConsumer beginning;
    private long present;

    /**
     * No page so far.
     *
     * @param ram where they are taken from
     * @param shadow host address of the first page, a multiple of the host's page size
     * @param count how many there can be
     * @param beginning told of each page that is about to exist, all of which reads as zero
     */
    ShadowPages(
            HostMemory host, PageAllocator ram, long shadow, long count, LongConsumer beginning) {
        this.host = host;
        this.ram = ram;
        this.shadow = shadow;
        this.count = count;
        this.beginning = beginning;
        long hostPage = host.pageSize();
        // So many more that the last host page of shadow has all of its entries.
        long entries = count + hostPage / PAGE_SIZE;
        this.tableBytes = entries + hostPage - 1 & -hostPage;
        this.table = host.reserve(tableBytes, hostPage, "the table of shadow pages");
    }

    boolean isPresent(long page) {
        return RawMemory.loadByte(table + page) == PRESENT;
    }

    /** How many exist. */
    long present() {
        return present;
    }

    long count() {
        return count;
    }

    /** Makes the pages from first to last exist, or none of them where RAM has no more: false. */
    boolean populate(long first, long last) {
        long missing = missing(first, last);
        if (missing == 0) {
            return true;
        }
        if (!ram.take(missing)) {
            return false;
        }
        for (long page = first; page <= last; page++) {
            if (!isPresent(page)) {
                beginning.accept(page);
                RawMemory.storeFence();
                RawMemory.storeByte(table + page, PRESENT);
                present++;
            }
        }
        return true;
    }

    private long missing(long first, long last) {
        long missing = 0;
        for (long page = first; page <= last; page++) {
            missing += isPresent(page) ? 0 : 1;
        }
        return missing;
    }

    /** Whether each is a page of the host, no more and no less. */
    boolean areTheHosts() {
        return host.pageSize() == PAGE_SIZE;
    }

    /**
     * Forgets that the pages from first to before end exist; the owner of all of them has to {@link
     * #discard} them before they can exist again.
     *
     * @return how many did
     */
    long forget(long first, long end) {
        long gone = end - first - missing(first, end - 1);
        RawMemory.fill(table + first, end - first, (byte) 0);
        present -= gone;
        return gone;
    }

    /** Gives forgotten pages back, of which so many existed. */
    void discard(long first, long end, long gone) {
        if (gone > 0) {
            discard(first, end);
            ram.give(gone);
        }
    }

    /** Makes the pages from first to before end cease to exist, those of them that do. */
    void release(long first, long end) {
        long page = first;
        while (page < end) {
            if (isPresent(page)) {
                long runEnd = page;
                while (runEnd < end && isPresent(runEnd)) {
                    runEnd++;
                }
                releaseRun(page, runEnd);
                page = runEnd;
            } else {
                page++;
            }
        }
    }

    private void releaseRun(long first, long end) {
        RawMemory.fill(table + first, end - first, (byte) 0);
        present -= end - first;
        ram.give(end - first);
        long perHostPage = host.pageSize() / PAGE_SIZE;
        long discardFirst = first & -perHostPage;
        if (isAnyPresent(discardFirst, first)) {
            discardFirst += perHostPage;
        }
        long discardEnd = end + perHostPage - 1 & -perHostPage;
        if (isAnyPresent(end, discardEnd)) {
            discardEnd -= perHostPage;
        }
        if (discardFirst < discardEnd) {
            discard(discardFirst, discardEnd);
            clear(first, Math.min(discardFirst, end));
            clear(Math.max(discardEnd, first), end);
        } else {
            clear(first, end);
        }
    }

    /** The host may refuse: then its memory stays, and is cleared by hand. */
    private void discard(long first, long end) {
        try {
            host.discard(address(first), address(end) - address(first));
        } catch (HostMemoryException e) {
            clear(first, end);
        }
    }

    private boolean isAnyPresent(long first, long end) {
        for (long page = first; page < end; page++) {
            if (isPresent(page)) {
                return true;
            }
        }
        return false;
    }

    private void clear(long first, long end) {
        if (first < end) {
            RawMemory.fill(address(first), address(end) - address(first), (byte) 0);
        }
    }

    private long address(long page) {
        return shadow + page * PAGE_SIZE;
    }

    void close() {
        host.release(table, tableBytes);
    }
}
