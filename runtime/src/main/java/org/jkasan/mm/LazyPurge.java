package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Makes lazily freed areas free, and gives the memory and the shadow behind them back. */
final class LazyPurge {

    /*
     * A freed area is unmapped and poisoned at once, but its addresses are used again only after a
     * purge; that happens in the task whose free goes over the limit, so the host hears of many areas
     * at a time. But first the CPU's node keeps in its pool what has room there, without a purge; only
     * what nothing was bound over, and what has its shadow.
     *
     *   0. Blocks of vm_map_ram in which nothing is live are freed, and so are among those that wait;
     *      from what is dirty in others, the pages that are still bound are taken away.
     *   1. The areas that wait, in the nodes that have too many, are taken. From here to step 5 they
     *      belong to the purge alone. Pages of RAM that were bound over them are unbound now, a run of
     *      areas at a time; where the host refuses to, the area waits on.
     *   2. Areas that will be wanted again are kept in the pools, with the host's memory behind them
     *      and with their shadow: giving those back and making them again costs more than all the
     *      rest of an allocation. As many pages are kept as may wait, no more. What was kept makes
     *      room for that: sizes that nobody wanted since the last purge, then a quarter of the others.
     *   3. Whatever lies wholly inside a run of neighbours among the others (host pages of data,
     *      pages of shadow) is given back, a run at a time, without a lock that an allocation takes.
     *   4. These runs are merged into the free tree, a few at a time, under the tree's lock.
     *   5. A unit at the edge of a run is given back if the free range that the run went to covers it:
     *      the founding commit's rule, by which a window that is wholly free never keeps its page of
     *      shadow. It is taken out of the tree under the lock and given back without it.
     *
     * A purge that is asked for, by name or because the address space is exhausted, keeps nothing.
     * Nor does any in strict mode, where no page may wait, so that each free purges what it frees: a
     * window's shadow goes with the free of its last area. Otherwise what may stay resident when all
     * areas are freed is that of the pages that wait and of as many in pools: with 2 CPUs 2 x 64 MiB
     * of data, and of shadow 2 x 8 MiB where areas lie side by side. An area of one page with its
     * guard page that nothing lies beside may keep two pages of shadow, so at the very worst there is
     * one for each page.
     *
     * The purge's lock lets in one purge at a time. Order: purge lock, then free tree's lock; or purge
     * lock, then the monitor of the shadow; or purge lock, then a pool's; or purge lock, then a block's
     * and then its queue's.
     */

    private static final long PAGES_PER_CPU_BIT = (32L << 20) / PAGE_SIZE;

    private static final int A_QUARTER = 4;

    private static final int ALL = 1;

    private static final Comparator<VmapArea> BY_START =
            (a, b) -> Long.compareUnsigned(a.start, b.start);

    private final ReentrantLock lock = new ReentrantLock();
    private final VmapAreas areas;
    private final VmapBlocks blocks;
    private final AreaSpace space;
    private final AreaShadow closed;
    private final Reclaim data;
    private final Reclaim shadow;
    private final Edges edges;
    private final PageBinder binder;
    private final Purges all;
    private final boolean strict;

    /**
     * A purge of these areas into that space.
     *
     * @param blocks those in which nothing is live are purged as well
     * @param closed has closed the areas
     * @param data gives back what lies behind unmapped areas
     * @param shadow gives back their shadow
     * @param binder knows where pages of RAM are still bound
     * @param strict whether no page may wait
     * @param all the purges of the kernel, of which this is to be one
     */
    LazyPurge(
            VmapAreas areas,
            VmapBlocks blocks,
            AreaSpace space,
            AreaShadow closed,
            Reclaim data,
            Reclaim shadow,
            PageBinder binder,
            boolean strict,
            Purges all) {
        this.areas = areas;
        this.blocks = blocks;
        this.space = space;
        this.closed = closed;
        this.data = data;
        this.shadow = shadow;
        this.edges = new ReclaimedEdges(data, shadow);
        this.all = all;
        this.binder = binder;
        this.strict = strict;
    }

    /** Pages of freed areas, guard pages among them, that may wait: lazy_max_pages. */
    static long maxPages(int cpus) {
        int fls = Integer.SIZE - Integer.numberOfLeadingZeros(cpus);
        return fls * PAGES_PER_CPU_BIT;
    }

    /** Has nodes keep what waits there, and purges if that is too much for their pools. */
    void relieve() {
        areas.recycle(area -> !area.vm.abandoned && !binder.wasBound(area.start, area.end));
        if (areas.isOverLimit()) {
            tryPurge(areas::overLimit);
        }
    }

    /** Purges, unless somebody is at it, and keeps what will be wanted again. */
    void tryPurge() {
        tryPurge(areas::nodes);
    }

    private void tryPurge(Supplier<List<VmapNode>> nodes) {
        // Who comes while the lock is held leaves, so whoever held it has to look once more.
        boolean more = true;
        while (more && lock.tryLock()) {
            try {
                blocks.purgeFragmented(strict, areas);
                more = drain(nodes.get(), A_QUARTER);
            } finally {
                lock.unlock();
            }
            more &= areas.isOverLimit();
        }
    }

    /** In strict mode, frees and purges the blocks of vm_map_ram in which nothing is live. */
    void purgeDeadBlocks() {
        if (strict) {
            blocks.purgeFragmented(true, areas);
            tryPurge();
        }
    }

    /** Purges whatever was freed before the call, and what was kept, in all windows. */
    void purge() {
        all.purge();
    }

    /** Does so in this window. */
    void purgeHere() {
        lock.lock();
        try {
            blocks.purgeFragmented(true, areas);
            drain(areas.nodes(), ALL);
            areas.deactivate();
            space.forgetStripes();
        } finally {
            lock.unlock();
        }
    }

    /** Whether some that waited in these nodes do so no more. */
    private boolean drain(List<VmapNode> nodes, int share) {
        binder.purging();
        blocks.flushDirty(binder);
        List<VmapArea> leaving = new ArrayList<>();
        areas.decay(nodes, share, leaving::add);
        List<VmapArea> freed = takeLazy(nodes);
        for (VmapArea area : freed) {
            boolean whole = !area.vm.abandoned;
            area.vm = null;
            if (share == ALL || !whole || !areas.keep(area)) {
                leaving.add(area);
            }
        }
        leaving.sort(BY_START);
        leaving.forEach(closed::settle);
        leaving.forEach(areas::forget);
        List<VmapArea> runs = runs(leaving);
        reclaim(runs, data);
        reclaim(runs, shadow);
        space.merge(runs, edges);
        return !freed.isEmpty();
    }

    /** The areas that waited, without those that wait on. */
    private List<VmapArea> takeLazy(List<VmapNode> nodes) {
        List<VmapArea> freed = new ArrayList<>();
        areas.takeLazy(nodes, freed::add);
        List<VmapArea> bound = new ArrayList<>(freed);
        bound.removeIf(area -> !binder.wasBound(area.start, area.end));
        if (!bound.isEmpty()) {
            bound.sort(BY_START);
            reclaim(runs(bound), data);
            freed.removeIf(this::waitsOn);
        }
        return freed;
    }

    /**
     * Makes areas free that were carved and never used, and gives up what shadow they got.
     *
     * @param unused in the order of their addresses; the table has none of them
     */
    void giveBack(List<VmapArea> unused) {
        List<VmapArea> runs = runs(unused);
        reclaim(runs, shadow);
        space.merge(runs, edges);
    }

    private boolean waitsOn(VmapArea area) {
        boolean stale = binder.isStale(area.start, area.end);
        if (stale) {
            areas.retire(area);
        }
        return stale;
    }

    /** The ranges that areas in order make up, one for those that touch each other. */
    private static List<VmapArea> runs(List<VmapArea> areas) {
        List<VmapArea> runs = new ArrayList<>();
        VmapArea run = null;
        for (VmapArea area : areas) {
            if (run != null && run.end == area.start) {
                run.end = area.end;
            } else {
                run = new VmapArea(area.start, area.end);
                runs.add(run);
            }
        }
        return runs;
    }

    private static void reclaim(List<VmapArea> runs, Reclaim reclaim) {
        for (VmapArea run : runs) {
            reclaim.inside(run.start, run.end);
        }
    }
}
