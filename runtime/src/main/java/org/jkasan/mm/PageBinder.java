package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;
import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import java.util.concurrent.atomic.AtomicInteger;
import org.jkasan.host.HostMemory;
import org.jkasan.host.HostMemoryException;
import org.jkasan.host.RawMemory;

/**
 * Which addresses of a window are a page of RAM, seen through the direct map as well, and not
 * memory of their own; and the host's mappings that make them so.
 */
final class PageBinder {

    /*
     *   page of the window    0       1       2       3       4       5
     *   entry              |  OWN  | pfn 7 | pfn 8 | STALE |REMADE |  OWN  |
     *   on the host         own     RAM, one       RAM     own     own
     *
     *   OWN -> bind -> pfn -> unbind -> STALE -> restore -> REMADE -> bind or restore ...
     *
     * Binding is the page table entry with a page frame number in it, and one mmap of RAM's file for
     * each run of neighbouring pages. Unbinding costs no call: the addresses of a freed area are not
     * used before a purge, and the purge restores its runs of areas, one call each however many
     * pages. Until then the host still maps the pages there, as a stale TLB does; the page table and
     * the shadow say no. Nothing here gives memory of RAM's file back: that is the page's, not the
     * address's.
     *
     * The host allows a process 65,530 mappings, and makes one of neighbours that are alike. Memory
     * that was written before a page was bound in its midst, and memory that was put back in its
     * place and written between two bound pages, are not alike to Linux (they have different
     * anon_vmas) for as long as both live. Therefore the whole window gets its anon_vma before the
     * first page is bound, and what was put back once is put back again, not merely discarded, at
     * every purge: then it joins the memory before it. A guard page is never bound, so areas with one
     * always have such memory beside them, and when all are freed and purged, the window is one
     * mapping again; without one it may take until the next purge of the same addresses.
     *
     * Entries are the host's memory, committed as they are used. Those of a range are its owner's to
     * write; a reader that was handed an address of the range sees its entry.
     */

    /** Mappings of the host that may wait for a purge, of the 65,530 that it allows. */
    private static final int MOST_STALE = 8192;

    private static final int STALE = 1;
    private static final int REMADE = 2;

    /** The entry of page frame 0. */
    private static final int BOUND = 3;

    private final HostMemory host;
    private final KernelWindow window;
    private final DirectMap ram;
    private final long tableBytes;
    private final AtomicInteger stale = new AtomicInteger();

    /** The host address of the entries, one int for each page; 0 while nothing was ever bound. */
    private volatile long table;

    PageBinder(HostMemory host, KernelWindow window, DirectMap ram) {
        this.host = host;
        this.window = window;
        this.ram = ram;
        long page = host.pageSize();
        this.tableBytes = (window.size() >>> PAGE_SHIFT) * Integer.BYTES + page - 1 & -page;
    }

    /** Whether anything was ever bound. */
    boolean isUsed() {
        return table != 0;
    }

    /** Whether the host can bind a single page, which takes pages no larger than the model's. */
    boolean bindsSinglePages() {
        return host.pageSize() == PAGE_SIZE;
    }

    /**
     * Binds pages of RAM, in this order, over addresses that only the caller uses. Where the host
     * refuses, none is bound, and until {@link #restore} the addresses must not be used.
     *
     * @param addr of a page
     * @param pfns their page frame numbers, each of which RAM has
     * @param from the first of them that is to be bound
     * @throws HostMemoryException in one clear sentence
     */
    void bind(long addr, long[] pfns, int from, int count) {
        prepare();
        int done = 0;
        try {
            while (done < count) {
                int run = run(pfns, from + done, count - done);
                bindRun(addr + ((long) done << PAGE_SHIFT), pfns[from + done], run);
                done += run;
            }
        } catch (HostMemoryException e) {
            unbind(addr, done);
            throw e;
        }
    }

    /** How many pages from here on are neighbours in RAM as well. */
    private static int run(long[] pfns, int from, int most) {
        int run = 1;
        while (run < most && pfns[from + run] == pfns[from] + run) {
            run++;
        }
        return run;
    }

    private void bindRun(long addr, long pfn, int pages) {
        long first = entry(addr);
        for (int i = 0; i < pages; i++) { // a host that refuses may have unmapped what was there
            RawMemory.storeInt(first + (long) i * Integer.BYTES, STALE);
        }
        bindOver(addr, pfn, pages);
    }

    /**
     * Binds neighbouring pages of RAM over addresses that are in use. What is there is lost; where
     * the host refuses because it allows no more mappings, it is as it was.
     *
     * @throws HostMemoryException in one clear sentence
     */
    void bindOver(long addr, long pfn, int pages) {
        ram.mapOver(window.toHost(addr), pfn, pages);
        long first = entry(addr);
        for (int i = 0; i < pages; i++) {
            RawMemory.storeInt(first + (long) i * Integer.BYTES, (int) (pfn + i) + BOUND);
        }
    }

    /**
     * Makes what binding takes, if that is still to be done.
     *
     * @throws HostMemoryException on a host that cannot bind single pages
     * @throws IllegalStateException after the kernel was closed
     */
    void prepare() {
        if (!bindsSinglePages()) {
            throw new HostMemoryException(
                    "This host's pages of "
                            + host.pageSize()
                            + " bytes are larger than the kernel's of "
                            + PAGE_SIZE
                            + ", so that it cannot map a single one a second time; run on a host"
                            + " with pages of "
                            + PAGE_SIZE
                            + " bytes.");
        }
        ram.back();
        if (table == 0) {
            synchronized (this) {
                if (table == 0) {
                    RawMemory.storeByte(window.hostStart() - 1, (byte) 0); // in the moat: anon_vma
                    table = host.reserve(tableBytes, PAGE_SIZE, "the table of bound pages");
                }
            }
        }
    }

    /** Unbinds those of so many pages that are bound; they must not be used until restored. */
    void unbind(long addr, long pages) {
        if (table == 0) {
            return;
        }
        long end = entry(addr) + pages * Integer.BYTES;
        int mappings = 0;
        int before = 0;
        for (long entry = entry(addr); entry < end; entry += Integer.BYTES) {
            int value = RawMemory.loadInt(entry);
            if (value >= BOUND) {
                mappings += value == before + 1 ? 0 : 1;
                RawMemory.storeInt(entry, STALE);
            }
            before = value;
        }
        stale.addAndGet(mappings);
    }

    /** Whether so much was unbound since the last purge that the host's mappings may run out. */
    boolean wantsPurge() {
        return stale.get() > MOST_STALE;
    }

    /** A purge begins. */
    void purging() {
        stale.set(0);
    }

    /** The page frame that is bound to an address of the window; NO_PAGE if there is none. */
    long pfn(long addr) {
        int entry = table == 0 ? 0 : RawMemory.loadInt(entry(addr));
        return entry >= BOUND ? entry - BOUND : PageFrames.NO_PAGE;
    }

    /**
     * Gives addresses that only the caller uses memory of their own again, which reads as zero.
     *
     * @return false if they have it, because nothing was ever bound there: then nothing happens
     * @throws HostMemoryException where the host refuses; then they are not to be used
     */
    boolean restore(long start, long end) {
        if (!wasBound(start, end)) {
            return false;
        }
        host.reset(window.toHost(start), end - start);
        long last = entry(end);
        for (long entry = entry(start); entry < last; entry += Integer.BYTES) {
            if (RawMemory.loadInt(entry) != 0) {
                RawMemory.storeInt(entry, REMADE);
            }
        }
        return true;
    }

    /** Whether some of it is or was ever bound, so that each purge has to restore it. */
    boolean wasBound(long start, long end) {
        return isAny(start, end, Integer.MAX_VALUE);
    }

    /** Whether some of it was bound, and is still to be restored. */
    boolean isStale(long start, long end) {
        return isAny(start, end, STALE);
    }

    private boolean isAny(long start, long end, int most) {
        if (table == 0) {
            return false;
        }
        long last = entry(end);
        for (long entry = entry(start); entry < last; entry += Integer.BYTES) {
            int value = RawMemory.loadInt(entry);
            if (value != 0 && value <= most) {
                return true;
            }
        }
        return false;
    }

    private long entry(long addr) {
        return table + (addr - window.start() >>> PAGE_SHIFT) * Integer.BYTES;
    }

    void close() {
        if (table != 0) {
            host.release(table, tableBytes);
        }
    }
}
