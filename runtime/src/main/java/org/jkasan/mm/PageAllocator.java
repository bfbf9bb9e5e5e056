package org.jkasan.mm;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * The kernel's RAM in pages: how many there are, and how many are free. Thread-safe.
 *
 * <p>Most pages need no frame of their own, for what vmalloc maps lives at its virtual address in
 * the host; they are counted, no more.
 */
public final class PageAllocator {

    /*
     *   CPU 0   [ 410 pages ] <--- a batch --- [ shared: all the others ]
     *   CPU 1   [ closed    ] --- all of it --->
     *
     * Each CPU has some pages at hand, so that CPUs that take and give few at a time do not contend
     * for one counter. Takes and gives are one atomic update each, of the CPU's counter or of the
     * shared one; pages move between these only under the lock.
     *
     * That alone would fail a request while its pages lie with other CPUs. So whoever finds too few
     * shared ones closes all CPUs' counters under the lock: what they had is shared from then on, and
     * every take and give goes there. A request fails only then, on one look at one counter that has
     * all free pages. A counter is opened again when plenty are free; in a small machine, never.
     *
     * Source: the lists of pages per CPU, and drain_all_pages, of the kernel's page allocator, which
     * drains them as well before it gives up.
     */

    private static final LongPredicate NEVER = pages -> false;

    /** Pages that a CPU gets at a time; it gives as many back when it has twice as many. */
    private static final long BATCH = 512;

    /** So many batches for each CPU are plenty. */
    private static final long PLENTY = 8;

    /** What a counter says that has no pages and takes none. */
    private static final long CLOSED = -1;

    /** Counters are so far apart that no two share a line, or a pair of lines, of the cache. */
    private static final int SPACING = 16;

    private final long total;
    private final Cpus cpus;
    private final long plenty;
    private final AtomicLong shared;
    private final AtomicLongArray atHand;
    private volatile LongPredicate failing = NEVER;

    /** The RAM of a machine with one CPU. */
    PageAllocator(long ram) {
        this(ram, new Cpus(1));
    }

    /** RAM of so many bytes. */
    PageAllocator(long ram, Cpus cpus) {
        this.total = ram >>> MemoryLayout.PAGE_SHIFT;
        this.cpus = cpus;
        this.plenty = PLENTY * BATCH * cpus.count();
        this.shared = new AtomicLong(total);
        this.atHand = new AtomicLongArray((cpus.count() + 1) * SPACING);
        for (int cpu = 0; cpu < cpus.count(); cpu++) {
            atHand.set(counter(cpu), CLOSED);
        }
    }

    private static int counter(int cpu) {
        return (cpu + 1) * SPACING;
    }

    /** Pages of RAM: totalram_pages. */
    public long total() {
        return total;
    }

    /** Pages that nobody has; while others take and give, as many as there were in between. */
    public synchronized long free() {
        long pages = shared.get();
        for (int cpu = 0; cpu < cpus.count(); cpu++) {
            pages += Math.max(atHand.get(counter(cpu)), 0);
        }
        return pages;
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
        if (pages > BATCH) {
            return takeShared(pages) || takeLast(pages);
        }
        int counter = counter(cpus.current());
        return takeAtHand(counter, pages)
                || shared.get() >= plenty && takeBatch(counter, pages)
                || takeShared(pages)
                || takeLast(pages);
    }

    private boolean takeAtHand(int counter, long pages) {
        long before = atHand.get(counter);
        while (before >= pages) {
            long witness = atHand.compareAndExchange(counter, before, before - pages);
            if (witness == before) {
                return true;
            }
            before = witness;
        }
        return false;
    }

    private boolean takeShared(long pages) {
        long before = shared.get();
        while (before >= pages) {
            long witness = shared.compareAndExchange(before, before - pages);
            if (witness == before) {
                return true;
            }
            before = witness;
        }
        return false;
    }

    /** Takes pages, and a batch for the CPU, whose counter is open then. */
    private synchronized boolean takeBatch(int counter, long pages) {
        if (!takeShared(pages + BATCH)) {
            return false;
        }
        atHand.compareAndSet(counter, CLOSED, 0);
        atHand.addAndGet(counter, BATCH);
        return true;
    }

    /** Takes pages if there are so many at all. */
    private synchronized boolean takeLast(long pages) {
        for (int cpu = 0; cpu < cpus.count(); cpu++) {
            long moved = atHand.getAndSet(counter(cpu), CLOSED);
            shared.addAndGet(Math.max(moved, 0));
        }
        return takeShared(pages);
    }

    /** Gives pages back that were taken. */
    void give(long pages) {
        if (pages > BATCH) {
            shared.addAndGet(pages);
            return;
        }
        int counter = counter(cpus.current());
        long before = atHand.get(counter);
        while (before != CLOSED) {
            long witness = atHand.compareAndExchange(counter, before, before + pages);
            if (witness == before) {
                if (before + pages >= 2 * BATCH) {
                    giveBatch(counter);
                }
                return;
            }
            before = witness;
        }
        shared.addAndGet(pages);
    }

    private synchronized void giveBatch(int counter) {
        if (takeAtHand(counter, BATCH)) {
            shared.addAndGet(BATCH);
        }
    }

    /**
     * Tells of every violation, while nothing else happens: no counter has less than nothing, and
     * all together no more than there is.
     */
    void check(Consumer<String> violations) {
        for (int cpu = 0; cpu < cpus.count(); cpu++) {
            long pages = atHand.get(counter(cpu));
            if (pages < CLOSED) {
                violations.accept("CPU " + cpu + " has " + pages + " pages of RAM at hand");
            }
        }
        if (shared.get() < 0 || free() > total) {
            violations.accept(
                    shared.get()
                            + " pages of RAM are shared, "
                            + free()
                            + " of "
                            + total
                            + " free");
        }
    }
}
