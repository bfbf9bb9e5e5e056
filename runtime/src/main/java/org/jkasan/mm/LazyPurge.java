package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Makes lazily freed areas free, and gives the memory and the shadow behind them back. */
final class LazyPurge {

    /*
     * A freed area is unmapped and poisoned at once, but its addresses are used again only after a
     * purge; that happens in the task whose free goes over the limit, so the host hears of many areas
     * at a time.
     *
     *   1. The areas that wait are taken. From here to step 3 they belong to the purge alone, so
     *      whatever lies wholly inside a run of neighbouring ones (host pages of data, pages of
     *      shadow) is given back without a lock that an allocation takes.
     *   2. Each area is merged into the free tree, under the tree's lock.
     *   3. There, still under the lock, a unit at the edge of an area is given back if the free range
     *      that the area went to covers it: the founding commit's rule, by which a window that is
     *      wholly free never keeps its page of shadow.
     *
     * The purge's lock lets in one purge at a time. Order: purge lock, then free tree's lock, then the
     * monitor of the shadow.
     */

    private static final long PAGES_PER_CPU_BIT = (32L << 20) / PAGE_SIZE;

    private final ReentrantLock lock = new ReentrantLock();
    private final VmapAreas areas;
    private final AreaSpace space;
    private final List<Reclaim> reclaims;

    /**
     * A purge of these areas into that space.
     *
     * @param reclaims what lies behind areas and is given back with them
     */
    LazyPurge(VmapAreas areas, AreaSpace space, List<Reclaim> reclaims) {
        this.areas = areas;
        this.space = space;
        this.reclaims = List.copyOf(reclaims);
    }

    /** Pages of freed areas, guard pages among them, that may wait: lazy_max_pages. */
    static long maxPages(int cpus) {
        int fls = Integer.SIZE - Integer.numberOfLeadingZeros(cpus);
        return fls * PAGES_PER_CPU_BIT;
    }

    /** Purges, unless somebody is at it. */
    void tryPurge() {
        if (lock.tryLock()) {
            try {
                drain();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Purges whatever was freed before the call. */
    void purge() {
        lock.lock();
        try {
            drain();
        } finally {
            lock.unlock();
        }
    }

    private void drain() {
        VmapTree lazy = areas.takeLazy();
        VmapArea area = lazy.first();
        while (area != null) {
            long start = area.start;
            long end = area.end;
            area = lazy.next(area);
            while (area != null && area.start == end) {
                end = area.end;
                area = lazy.next(area);
            }
            for (Reclaim reclaim : reclaims) {
                reclaim.inside(start, end);
            }
        }
        space.merge(lazy, this::reclaimEdges);
    }

    private void reclaimEdges(VmapArea area, VmapArea free) {
        for (Reclaim reclaim : reclaims) {
            reclaim.edges(area, free);
        }
    }
}
