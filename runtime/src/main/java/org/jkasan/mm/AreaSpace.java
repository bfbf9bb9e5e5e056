package org.jkasan.mm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** The kernel's address space as far as it is free, with its lock: free_vmap_area_lock. */
final class AreaSpace {

    /*
     * Ranges are given back a few at a time. When some have been merged, whatever unit at their edges
     * is wholly free now is taken out of the tree again, so that nobody can use it, and given back to
     * the host when the lock is let go. It is merged for good with the next few. So an allocation that
     * waits for the lock waits for so many steps in the tree, and for no call of the host.
     *
     * Two that merge at a time may each keep the other from seeing that a unit is free which is larger
     * than a page of the kernel and than its shadow's window. On such a host that page of data stays
     * until its addresses have been used once more.
     */

    /** Ranges that are merged before the lock is let go. */
    private static final int BATCH = 32;

    /** How often a purge lets others go first, at most, before it goes on: first it yields. */
    private static final int YIELDS = 16;

    /** Then it pauses: long enough together for a thread to wake up, even on a busy machine. */
    private static final int PAUSES = 64;

    private static final long PAUSE_NANOS = 20_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final FreeVmapTree free = FreeVmapTree.wholeAddressSpace();
    private final CpuStripes stripes = new CpuStripes(free);
    private long highest;

    /** Takes the lowest fitting range; {@link FreeVmapTree#NONE} if there is none. */
    long allocate(long size, long align, long from, long to) {
        lock.lock();
        try {
            return raiseTo(free.allocate(size, align, from, to), size);
        } finally {
            lock.unlock();
        }
    }

    /** Takes the lowest fitting range where a CPU carves its areas from. */
    long allocateFor(int cpu, long size, long align, long from, long to) {
        lock.lock();
        try {
            return raiseTo(stripes.allocate(cpu, size, align, from, to), size);
        } finally {
            lock.unlock();
        }
    }

    /** Has every CPU carve from the lowest place that there is, as long as it is no other's. */
    void forgetStripes() {
        lock.lock();
        try {
            stripes.forget();
        } finally {
            lock.unlock();
        }
    }

    private long raiseTo(long start, long size) {
        if (start != FreeVmapTree.NONE) {
            raise(start + size);
        }
        return start;
    }

    /** Takes areas at the highest base where all are free; null if there is none. */
    List<VmapArea> allocate(CongruentAreas wanted, long from, long to) {
        lock.lock();
        try {
            long base = wanted.highestBase(free, from, to);
            if (base == FreeVmapTree.NONE) {
                return null;
            }
            List<VmapArea> areas = new ArrayList<>();
            for (int i = 0; i < wanted.count(); i++) {
                VmapArea area = wanted.at(base, i);
                free.take(area);
                areas.add(area);
            }
            raise(base + wanted.end());
            return areas;
        } finally {
            lock.unlock();
        }
    }

    private void raise(long end) {
        if (Long.compareUnsigned(end, highest) > 0) {
            highest = end;
        }
    }

    /**
     * Gives ranges back, and lets allocations go first in between.
     *
     * @param ranges in the order of their addresses
     * @param edges says what has to be given back besides, and does so without the lock
     */
    void merge(List<VmapArea> ranges, Edges edges) {
        List<VmapArea> claimed = List.of();
        for (int next = 0; next < ranges.size(); next += BATCH) {
            List<VmapArea> batch = ranges.subList(next, Math.min(next + BATCH, ranges.size()));
            Map<VmapArea, VmapArea> due = new LinkedHashMap<>();
            claimed = merge(claimed, batch, edges, due);
            due.forEach(edges::release);
            letOthersIn();
        }
        merge(claimed, List.of(), edges, Map.of());
    }

    /**
     * Merges what was claimed before, and more.
     *
     * @param due receives what is due to each of the ranges
     * @return all of that, which nobody can use until it is merged
     */
    private List<VmapArea> merge(
            List<VmapArea> claimed,
            List<VmapArea> ranges,
            Edges edges,
            Map<VmapArea, VmapArea> due) {
        lock.lock();
        try {
            claimed.forEach(free::merge);
            ranges.forEach(free::merge);
            for (VmapArea range : ranges) {
                VmapArea claim = edges.due(range, free.floor(range.start));
                if (claim != null) {
                    due.put(range, claim);
                }
            }
            List<VmapArea> claims = union(due.values());
            claims.forEach(free::take);
            return claims;
        } finally {
            lock.unlock();
        }
    }

    /** What ranges in order cover, which may overlap. */
    private static List<VmapArea> union(Collection<VmapArea> ranges) {
        List<VmapArea> union = new ArrayList<>();
        VmapArea last = null;
        for (VmapArea range : ranges) {
            if (last == null || Long.compareUnsigned(range.start, last.end) > 0) {
                last = new VmapArea(range.start, range.end);
                union.add(last);
            } else if (Long.compareUnsigned(range.end, last.end) > 0) {
                last.end = range.end;
            }
        }
        return union;
    }

    /**
     * The lock prefers whoever runs to whoever waits, so a purge would keep it: it is faster than
     * any thread that wakes up.
     */
    private void letOthersIn() {
        for (int i = 0; i < YIELDS + PAUSES && lock.hasQueuedThreads(); i++) {
            if (i < YIELDS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** The highest end of an area so far, or the given address if there was none. */
    long highest(long none) {
        lock.lock();
        try {
            return highest == 0 ? none : highest;
        } finally {
            lock.unlock();
        }
    }

    /** Runs something with the tree while it cannot change. */
    void inspect(Consumer<FreeVmapTree> inspector) {
        lock.lock();
        try {
            inspector.accept(free);
        } finally {
            lock.unlock();
        }
    }
}
