package org.jkasan.mm;

import static org.jkasan.mm.Vmemmap.NO_PAGE;

import java.util.function.Consumer;

/**
 * A range of RAM with its free blocks and, for each CPU, free single pages at hand. Thread-safe.
 * Source: struct zone and the lists of pages per CPU in mm/page_alloc.c.
 */
final class Zone {

    /*
     *   CPU 0  [ pages ]  <- batch ->  +-------+
     *   CPU 1  [ pages ]  <- batch ->  | buddy |     one lock
     *                                  +-------+
     *
     * A single page comes from its CPU's list, and returns to the list of the CPU that frees it; a
     * batch at a time moves between list and buddy. A larger block is the buddy's at once. Where the
     * buddy has nothing, the lists of all CPUs are drained before an allocation fails.
     *
     * Locks: a list's, then the buddy's; never two lists'.
     */

    private static final int PAGES_PER_MIB = 256;
    private static final int HIGH_IN_BATCHES = 6;

    private final Vmemmap pages;
    private final Buddy buddy;
    private final CpuPages[] cpus;
    private final int batch;
    private final long start;

    /** All pages from start to before end free. */
    Zone(Vmemmap pages, long start, long end, int cpus) {
        this.pages = pages;
        this.start = start;
        this.buddy = new Buddy(pages, start, end);
        this.batch = batch(end - start);
        this.cpus = new CpuPages[cpus];
        for (int i = 0; i < cpus; i++) {
            this.cpus[i] = new CpuPages(pages);
        }
    }

    /** zone_batchsize: 63 from 1 GiB on, fewer below. */
    static int batch(long pages) {
        int quarter = (int) Math.max(1, Math.min(pages >>> 10, PAGES_PER_MIB) / 4);
        return Math.max(1, Integer.highestOneBit(quarter + quarter / 2) - 1);
    }

    /** Takes a block on a CPU; NO_PAGE if none is as large. */
    long alloc(int cpu, int order) {
        long pfn = order == 0 ? single(cpu) : block(order);
        if (pfn == NO_PAGE && drain()) {
            pfn = order == 0 ? single(cpu) : block(order);
        }
        return pfn;
    }

    private long single(int cpu) {
        CpuPages list = cpus[cpu];
        synchronized (list) {
            if (list.count() == 0) {
                refill(list);
            }
            return list.pop();
        }
    }

    /** So that they are handed out in the buddy's order. */
    private void refill(CpuPages list) {
        long[] taken = new long[batch];
        int count = 0;
        synchronized (buddy) {
            while (count < batch) {
                long pfn = buddy.alloc(0);
                if (pfn == NO_PAGE) {
                    break;
                }
                taken[count++] = pfn;
            }
        }
        while (count > 0) {
            list.push(taken[--count]);
        }
    }

    private long block(int order) {
        synchronized (buddy) {
            return buddy.alloc(order);
        }
    }

    /** Gives a claimed block back on a CPU. */
    void free(int cpu, long pfn, int order) {
        if (order > 0) {
            synchronized (buddy) {
                buddy.free(pfn, order);
            }
            return;
        }
        CpuPages list = cpus[cpu];
        synchronized (list) {
            list.push(pfn);
            if (list.count() > batch * HIGH_IN_BATCHES) {
                drain(list, batch);
            }
        }
    }

    /** Gives the pages in the lists of all CPUs to the buddy; false if there were none. */
    boolean drain() {
        boolean any = false;
        for (CpuPages list : cpus) {
            synchronized (list) {
                any |= list.count() > 0;
                drain(list, list.count());
            }
        }
        return any;
    }

    private void drain(CpuPages list, int count) {
        synchronized (buddy) {
            for (int i = 0; i < count; i++) {
                buddy.free(list.pop(), 0);
            }
        }
    }

    /** Free blocks of an order that are in the buddy's list: /proc/buddyinfo. */
    long blocks(int order) {
        synchronized (buddy) {
            return buddy.blocks(order);
        }
    }

    /** Tells of every violation, in one sentence each, while nothing else happens; pages in use. */
    long check(Consumer<String> violations) {
        long free = 0;
        for (CpuPages list : cpus) {
            if (!list.isSound()) {
                violations.accept("a CPU's list of free pages is broken");
            }
            free += list.count();
        }
        buddy.check(violations);
        for (int order = 0; order <= Buddy.MAX_ORDER; order++) {
            free += buddy.blocks(order) << order;
        }
        long used = used(violations);
        if (used + free != buddy.watermark() - start) {
            violations.accept(used + " pages are in use and " + free + " free, which is not all");
        }
        return used;
    }

    /** Pages of allocated blocks, by the table. */
    private long used(Consumer<String> violations) {
        long used = 0;
        long pfn = start;
        while (pfn < buddy.watermark()) {
            int state = pages.state(pfn);
            long size = 1L << pages.order(pfn);
            if (state == Vmemmap.USED) {
                used += size;
            } else if (state != Vmemmap.FREE && state != Vmemmap.CACHED) {
                violations.accept("page " + pfn + " is in no block");
            }
            pfn += size;
        }
        return used;
    }
}
