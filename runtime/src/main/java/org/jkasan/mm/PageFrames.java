package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import org.jkasan.host.HostMemory;
import org.jkasan.host.RawMemory;

/**
 * The pages of RAM that have an identity: allocated one at a time, known by their page frame number
 * and seen through the direct map. Thread-safe. Source: alloc_page and __free_page.
 */
public final class PageFrames {

    /*
     * table   [ ALLOCATED | link | ALLOCATED | link | NEVER | NEVER ...    one int per page
     * free  ->              1  ------------->   3  -> END      unused = 4
     *
     * The page freed last is the next to be allocated, as with the kernel's per-CPU lists; where none
     * was freed, the lowest that never was. The table is the host's, committed as it is used. One
     * lock guards list and table; pages are counted by the page allocator, which others share, so
     * that whoever it admits finds a page here.
     */

    /** What alloc answers when RAM is used up. */
    public static final long NO_PAGE = -1;

    private static final int NEVER = 0;
    private static final int ALLOCATED = 1;
    private static final int LINK = 2;
    private static final long END = -1;

    private final PageAllocator ram;
    private final DirectMap map;
    private final PageKasan kasan;
    private final KernelLog log;
    private final HostMemory host;
    private final long table;
    private final long tableBytes;
    private long free = END;
    private long unused;
    private long allocated;
    private boolean closed;

    PageFrames(HostMemory host, PageAllocator ram, DirectMap map, PageKasan kasan, KernelLog log) {
        this.host = host;
        this.ram = ram;
        this.map = map;
        this.kasan = kasan;
        this.log = log;
        long page = host.pageSize();
        this.tableBytes = ram.total() * Integer.BYTES + page - 1 & -page;
        this.table = host.reserve(tableBytes, page, "the table of page frames");
    }

    /**
     * Allocates a page that holds whatever was there.
     *
     * @return its page frame number, or {@link #NO_PAGE} where RAM is used up
     * @throws org.jkasan.host.HostMemoryException where the host refuses to make RAM
     */
    public synchronized long alloc() {
        requireOpen();
        map.back();
        if (!ram.take(1)) {
            return NO_PAGE;
        }
        long pfn = free;
        if (pfn == END) {
            pfn = unused++;
        } else {
            free = entry(pfn) - LINK - 1;
        }
        setEntry(pfn, ALLOCATED);
        allocated++;
        kasan.alloc(map.window().toHost(map.address(pfn)), PAGE_SIZE);
        return pfn;
    }

    /** Allocates as {@link #alloc} does, and sets the page to zero: get_zeroed_page. */
    public long allocZeroed() {
        long pfn = alloc();
        if (pfn != NO_PAGE) {
            RawMemory.fill(map.window().toHost(map.address(pfn)), PAGE_SIZE, (byte) 0);
        }
        return pfn;
    }

    /** Frees a page; one that is not allocated is left alone with a warning. */
    public synchronized void free(long pfn) {
        requireOpen();
        if (!isAllocated(pfn)) {
            log.warn("BUG: Bad page state: page frame " + pfn + " is not allocated");
            return;
        }
        kasan.free(map.window().toHost(map.address(pfn)), PAGE_SIZE);
        setEntry(pfn, (int) (free + LINK + 1));
        free = pfn;
        allocated--;
        ram.give(1);
    }

    /** Whether a page was allocated here and not freed since. */
    public synchronized boolean isAllocated(long pfn) {
        return !closed && pfn >= 0 && pfn < ram.total() && entry(pfn) == ALLOCATED;
    }

    /** How many are allocated. */
    public synchronized long allocated() {
        return allocated;
    }

    /** The kernel address of a page in the direct map: page_address. */
    public long address(long pfn) {
        return map.address(pfn);
    }

    /** The page that an address of the direct map is in: virt_to_page; NO_PAGE elsewhere. */
    public long pfn(long addr) {
        return map.window().contains(addr) ? map.pfn(addr) : NO_PAGE;
    }

    /** Walks table and list: the number of pages that each says are allocated, or -1. */
    synchronized long check() {
        long inTable = 0;
        for (long pfn = 0; pfn < unused; pfn++) {
            inTable += entry(pfn) == ALLOCATED ? 1 : 0;
        }
        long listed = 0;
        for (long pfn = free; pfn != END && listed <= unused; pfn = entry(pfn) - LINK - 1) {
            if (pfn >= unused || entry(pfn) == ALLOCATED || entry(pfn) == NEVER) {
                return -1;
            }
            listed++;
        }
        return inTable == allocated && listed == unused - inTable ? allocated : -1;
    }

    private int entry(long pfn) {
        return RawMemory.loadInt(table + pfn * Integer.BYTES);
    }

    private void setEntry(long pfn, int value) {
        RawMemory.storeInt(table + pfn * Integer.BYTES, value);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This kernel is closed, and its memory is gone.");
        }
    }

    synchronized void close() {
        closed = true;
        kasan.close();
        host.release(table, tableBytes);
    }
}
