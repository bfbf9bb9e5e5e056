package org.jkasan.mm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The kernel's address space as far as it is free, with its lock: free_vmap_area_lock. */
final class AreaSpace {

    /** Ranges that are merged before the lock is offered to others. */
    private static final int BATCH = 32;

    /** How often a purge lets others go first, at most, before it goes on. */
    private static final int YIELDS = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final FreeVmapTree free = FreeVmapTree.wholeAddressSpace();
    private long highest;

    /** Takes the lowest fitting range; {@link FreeVmapTree#NONE} if there is none. */
    long allocate(long size, long align, long from, long to) {
        lock.lock();
        try {
            long start = free.allocate(size, align, from, to);
            if (start != FreeVmapTree.NONE) {
                raise(start + size);
            }
            return start;
        } finally {
            lock.unlock();
        }
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
     * @param merged called for each, while no allocation can happen, with the range and the free
     *     one that it went to
     */
    void merge(List<VmapArea> ranges, BiConsumer<VmapArea, VmapArea> merged) {
        for (int from = 0; from < ranges.size(); from += BATCH) {
            List<VmapArea> batch = ranges.subList(from, Math.min(from + BATCH, ranges.size()));
            lock.lock();
            try {
                for (VmapArea range : batch) {
                    merged.accept(range, free.merge(range));
                }
            } finally {
                lock.unlock();
            }
            letOthersIn();
        }
    }

    /** The lock prefers whoever runs to whoever waits, so a purge would keep it. */
    private void letOthersIn() {
        for (int i = 0; i < YIELDS && lock.hasQueuedThreads(); i++) {
            Thread.yield();
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
