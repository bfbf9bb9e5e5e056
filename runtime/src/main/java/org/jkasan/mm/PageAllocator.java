package org.jkasan.mm;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/**
 * The kernel's RAM in pages: how many there are, and how many are free. Thread-safe.
 *
 * <p>Most pages need no frame of their own, for what vmalloc maps lives at its virtual address in
 * the host; they are counted, no more.
 */
public final class PageAllocator {

    private static final LongPredicate NEVER = pages -> false;

    private final long total;
    private final AtomicLong free;
    private volatile LongPredicate failing = NEVER;

    PageAllocator(long ram) {
        this.total = ram >>> MemoryLayout.PAGE_SHIFT;
        this.free = new AtomicLong(total);
    }

    /** Pages of RAM: totalram_pages. */
    public long total() {
        return total;
    }

    /** Pages that nobody has. */
    public long free() {
        return free.get();
    }

    /**
     * Makes allocations fail: fail_page_alloc.
     *
     * @param when asked at each allocation with its number of pages, by any thread; null for never
     */
    public void failWhen(LongPredicate when) {
        failing = when == null ? NEVER : when;
    }

    /** Takes so many pages, all or none; false if they are not there: -ENOMEM. */
    boolean take(long pages) {
        if (failing.test(pages)) {
            return false;
        }
        long before = free.get();
        while (before >= pages) {
            long witness = free.compareAndExchange(before, before - pages);
            if (witness == before) {
                return true;
            }
            before = witness;
        }
        return false;
    }

    /** Gives pages back that were taken. */
    void give(long pages) {
        free.addAndGet(pages);
    }
}
