package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.HUGE_ORDER;
import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;

import org.jkasan.host.HostMemory;
import org.jkasan.host.RawMemory;

/**
 * The page table of a window: one byte per page says whether it is present, and whether as part of
 * a huge one, for which the hardware has a single entry a level higher. Mapping and unmapping are
 * bookkeeping here and nothing else, for the memory behind the window is the host's. Of a page that
 * is not present the byte may say that it is poisoned, whatever its shadow says.
 *
 * <p>The bytes are reserved host memory, committed as the table grows and, like the kernel's page
 * tables, never given back before the end. The caller owns the range that it maps or unmaps; reads
 * by others race with that as they do on hardware.
 */
final class PageTable {

    private static final byte PRESENT = 1;
    private static final byte NONE = 0;

    /** One of the 512 of a huge page. */
    private static final byte HUGE = 2;

    /** Not present, and poisoned lazily. */
    private static final byte POISONED = -1;

    private final long start;
    private final long bytes;
    private final long table;

    /** Where the entry of host address 0 would be. */
    private final long origin;

    PageTable(HostMemory host, KernelWindow window) {
        this.start = window.start();
        long page = host.pageSize();
        this.bytes = (window.size() >>> PAGE_SHIFT) + page - 1 & -page;
        this.table = host.reserve(bytes, page, "the kernel's page table");
        this.origin = table - (window.hostStart() >>> PAGE_SHIFT);
    }

    /** Whether the page with this number, counted from the window's start, is present. */
    boolean isPresent(long page) {
        return RawMemory.loadByte(table + page) > NONE;
    }

    /** Whether the page that has a host address of the window is present. */
    boolean isPresentAt(long hostAddress) {
        return RawMemory.loadByte(origin + (hostAddress >>> PAGE_SHIFT)) > NONE;
    }

    /** Whether the page that holds an address of the window is present. */
    boolean isMapped(long addr) {
        return isPresent(addr - start >>> PAGE_SHIFT);
    }

    /** Whether the page with this number, counted from the window's start, is poisoned lazily. */
    boolean isPoisoned(long page) {
        return RawMemory.loadByte(table + page) == POISONED;
    }

    /**
     * Whether some page of a range is.
     *
     * @param offset of the range's first byte in the window
     * @param size bytes
     */
    boolean isPoisoned(long offset, long size) {
        long first = offset >>> PAGE_SHIFT;
        long last = offset + size - 1 >>> PAGE_SHIFT;
        return isPoisoned(first) || first != last && isAnyPoisoned(first + 1, last);
    }

    private boolean isAnyPoisoned(long first, long last) {
        for (long page = first; page <= last; page++) {
            if (isPoisoned(page)) {
                return true;
            }
        }
        return false;
    }

    /** Maps so many pages from a page's address on. */
    void map(long addr, long pages) {
        set(addr, pages, PRESENT);
    }

    /**
     * Maps so many pages as parts of larger ones of this order, 0 or 9, from the first's address.
     */
    void map(long addr, long pages, int order) {
        set(addr, pages, order == 0 ? PRESENT : HUGE);
    }

    /** log2 of the pages that the entry for an address maps at once: 0, or 9 for a huge page. */
    int order(long addr) {
        boolean huge = RawMemory.loadByte(table + (addr - start >>> PAGE_SHIFT)) == HUGE;
        return huge ? HUGE_ORDER : 0;
    }

    private void set(long addr, long pages, byte value) {
        RawMemory.fill(table + (addr - start >>> PAGE_SHIFT), pages, value);
    }

    /** Unmaps so many pages from a page's address on. */
    void unmap(long addr, long pages) {
        set(addr, pages, NONE);
    }

    /** Unmaps so many pages from a page's address on, and says that they are poisoned. */
    void unmapPoisoned(long addr, long pages) {
        set(addr, pages, POISONED);
    }

    /** Whether the host has committed memory for the entries of a range of the window. */
    boolean isInUse(HostMemory host, long addr, long size) {
        long hostPage = host.pageSize();
        long first = table + (addr - start >>> PAGE_SHIFT) & -hostPage;
        long last = table + (addr + size - 1 - start >>> PAGE_SHIFT) & -hostPage;
        return host.residentPages(first, last - first + hostPage) > 0;
    }

    void release(HostMemory host) {
        host.release(table, bytes);
    }
}
