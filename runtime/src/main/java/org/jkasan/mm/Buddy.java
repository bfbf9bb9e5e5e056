package org.jkasan.mm;

import static org.jkasan.mm.Vmemmap.FREE;
import static org.jkasan.mm.Vmemmap.NO_PAGE;
import static org.jkasan.mm.Vmemmap.USED;

import java.util.Arrays;
import java.util.function.Consumer;

/** Free RAM in blocks of powers of two: the kernel's buddy allocator. The lock is the caller's. */
final class Buddy {

    /*
     *   order 2   [ 0 . . . ]                            lists    0: 6
     *   order 1             [ 4 . ]                                1: 4
     *   order 0                   [ 6 ]( 7 in use )                2: 0
     *
     * A block of order n is 2^n pages, and begins at a multiple of as many. A block's buddy is the one
     * with which it forms a block of the next order: its number differs in bit n. A block that is
     * freed is merged with its buddy for as long as that is free as a whole; a list that is empty
     * takes the lower half of a block of the next order.
     *
     * RAM above the watermark was never asked for and has no entries in the table: it comes into the
     * lists a block at a time, so that a kernel with much RAM is booted for nothing.
     *
     * Invariants: no two free blocks are buddies (but in the largest order); the blocks below the
     * watermark, free and in use, are all of RAM below it. Every operation takes at most as many steps
     * as there are orders. Source: mm/page_alloc.c.
     */

    /** MAX_PAGE_ORDER: the largest block is 4 MiB. */
    static final int MAX_ORDER = 10;

    private final Vmemmap pages;
    private final long[] lists = new long[MAX_ORDER + 1];
    private final long[] blocks = new long[MAX_ORDER + 1];
    private final long start;
    private final long end;
    private long watermark;

    /** All pages from start to before end free; start is a multiple of the largest block. */
    Buddy(Vmemmap pages, long start, long end) {
        this.pages = pages;
        this.start = start;
        this.end = end;
        this.watermark = start;
        Arrays.fill(lists, NO_PAGE);
    }

    /**
     * Takes a block.
     *
     * @param order 0 to {@link #MAX_ORDER}
     * @return its first page; NO_PAGE where no free block is as large
     */
    long alloc(int order) {
        int from = order;
        while (from <= MAX_ORDER && lists[from] == NO_PAGE) {
            from++;
        }
        if (from > MAX_ORDER) {
            return grow(order) ? alloc(order) : NO_PAGE;
        }
        long pfn = lists[from];
        unlink(pfn, from);
        while (from > order) {
            from--;
            link(pfn + (1L << from), from);
        }
        pages.set(pfn, USED, order);
        pages.setOwner(pfn, 0);
        return pfn;
    }

    /**
     * Puts the next block of RAM that was never asked for into its list; false if none would do.
     */
    private boolean grow(int order) {
        long left = end - watermark;
        if (left < 1L << order) {
            return false;
        }
        int fits = Long.SIZE - 1 - Long.numberOfLeadingZeros(left);
        int size = Math.min(Math.min(MAX_ORDER, fits), Long.numberOfTrailingZeros(watermark));
        link(watermark, size);
        watermark += 1L << size;
        return true;
    }

    /** Gives a block back that was taken with this order, or a whole part of one. */
    void free(long pfn, int order) {
        pages.clear(pfn);
        long first = pfn;
        int size = order;
        while (size < MAX_ORDER && isFree(first ^ 1L << size, size)) {
            long buddy = first ^ 1L << size;
            unlink(buddy, size);
            first &= buddy;
            size++;
        }
        link(first, size);
    }

    private boolean isFree(long pfn, int order) {
        return pfn >= start
                && pfn < watermark
                && pages.state(pfn) == FREE
                && pages.order(pfn) == order;
    }

    private void link(long pfn, int order) {
        long head = lists[order];
        pages.set(pfn, FREE, order);
        pages.setPrev(pfn, NO_PAGE);
        pages.setNext(pfn, head);
        if (head != NO_PAGE) {
            pages.setPrev(head, pfn);
        }
        lists[order] = pfn;
        blocks[order]++;
    }

    private void unlink(long pfn, int order) {
        long prev = pages.prev(pfn);
        long next = pages.next(pfn);
        if (prev == NO_PAGE) {
            lists[order] = next;
        } else {
            pages.setNext(prev, next);
        }
        if (next != NO_PAGE) {
            pages.setPrev(next, prev);
        }
        pages.clear(pfn);
        blocks[order]--;
    }

    /** Free blocks of an order that are in its list: what /proc/buddyinfo shows. */
    long blocks(int order) {
        return blocks[order];
    }

    /** Pages below are in blocks, in use or in a list; those from here on were never asked for. */
    long watermark() {
        return watermark;
    }

    /** Tells of every violation, in one sentence each. */
    void check(Consumer<String> violations) {
        for (int order = 0; order <= MAX_ORDER; order++) {
            checkList(order, violations);
        }
    }

    private void checkList(int order, Consumer<String> violations) {
        long count = 0;
        long before = NO_PAGE;
        for (long pfn = lists[order]; pfn != NO_PAGE; pfn = pages.next(pfn)) {
            boolean sound = isFree(pfn, order) && (pfn & (1L << order) - 1) == 0;
            if (!sound || pages.prev(pfn) != before || ++count > blocks[order]) {
                violations.accept("the list of order " + order + " is broken at page " + pfn);
                return;
            }
            if (order < MAX_ORDER && isFree(pfn ^ 1L << order, order)) {
                violations.accept("page " + pfn + " was not merged with its buddy");
            }
            before = pfn;
        }
        if (count != blocks[order]) {
            violations.accept("the count of free blocks of order " + order + " is wrong");
        }
    }
}
