package org.jkasan.mm;

import org.jkasan.host.HostMemory;
import org.jkasan.host.RawMemory;

/**
 * What is known of each page of RAM: the kernel's array of struct page. It is reserved host memory,
 * committed as pages come into use, and all zero before. The lock is the caller's.
 */
final class Vmemmap {

    /*
     *   entry    | next 8 | prev 8 | state and order 4 | unused 4 | owner 8 |
     *
     *   a block of order 2    [ FREE or USED, 2 | . | . | . ]      of a compound page the others
     *                                                              are TAIL, and prev is the head
     *
     * A page that is neither first in its block nor a tail says NONE, so that merging and splitting
     * blocks touches their first pages only. Page frame numbers are kept plus one, for 0 is none.
     *
     * Whoever frees a block claims it first, atomically: of two that free it, one does.
     */

    /** Not the first of its block; what a block without an entry has. */
    static final int NONE = 0;

    /** The first page of a free block. */
    static final int FREE = 1;

    /** The first page of an allocated block. */
    static final int USED = 2;

    /** A further page of an allocated compound page. */
    static final int TAIL = 3;

    /** A free page in a CPU's own list. */
    static final int CACHED = 4;

    /** No page. */
    static final long NO_PAGE = PageFrames.NO_PAGE;

    private static final int ENTRY = 32;
    private static final int PREV = 8;
    private static final int STATE = 16;
    private static final int ORDER_SHIFT = 8;
    private static final int STATE_MASK = (1 << ORDER_SHIFT) - 1;
    private static final int OWNER = 24;

    private final HostMemory host;
    private final long pages;
    private final long bytes;
    private final long table;

    /** Entries for so many pages, all of them zero. */
    Vmemmap(HostMemory host, long pages) {
        this.host = host;
        this.pages = pages;
        long hostPage = host.pageSize();
        this.bytes = pages * ENTRY + hostPage - 1 & -hostPage;
        this.table = host.reserve(bytes, hostPage, "the table of page frames");
    }

    /** Pages of RAM: the page frame numbers are below. */
    long pages() {
        return pages;
    }

    int state(long pfn) {
        return RawMemory.loadInt(entry(pfn) + STATE) & STATE_MASK;
    }

    /** Of the block whose first page it is. */
    int order(long pfn) {
        return RawMemory.loadInt(entry(pfn) + STATE) >>> ORDER_SHIFT;
    }

    /** Says that a page is the first of a block. */
    void set(long pfn, int state, int order) {
        RawMemory.storeInt(entry(pfn) + STATE, state | order << ORDER_SHIFT);
    }

    /**
     * Takes an allocated block, of which this is the first page, out of use, unless another did.
     */
    boolean claim(long pfn, int order) {
        int used = USED | order << ORDER_SHIFT;
        return RawMemory.compareAndSetInt(entry(pfn) + STATE, used, NONE);
    }

    /** Says that a page belongs to a compound page. */
    void setTail(long pfn, long head) {
        set(pfn, TAIL, 0);
        setPrev(pfn, head);
    }

    /** Says that a page is no block's first any more. */
    void clear(long pfn) {
        set(pfn, NONE, 0);
    }

    long next(long pfn) {
        return RawMemory.loadLong(entry(pfn)) - 1;
    }

    void setNext(long pfn, long next) {
        RawMemory.storeLong(entry(pfn), next + 1);
    }

    /** The page before in a list; of a tail, its compound page's first. */
    long prev(long pfn) {
        return RawMemory.loadLong(entry(pfn) + PREV) - 1;
    }

    void setPrev(long pfn, long prev) {
        RawMemory.storeLong(entry(pfn) + PREV, prev + 1);
    }

    /** What the owner of an allocated block keeps with its first page; 0 when it is allocated. */
    long owner(long pfn) {
        return RawMemory.loadLong(entry(pfn) + OWNER);
    }

    void setOwner(long pfn, long owner) {
        RawMemory.storeLong(entry(pfn) + OWNER, owner);
    }

    private long entry(long pfn) {
        return table + pfn * ENTRY;
    }

    void release() {
        host.release(table, bytes);
    }
}
