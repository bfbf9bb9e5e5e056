package org.jkasan.mm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The kernel's address space as far as it is free, with its lock: free_vmap_area_lock. */
final class AreaSpace {

    /**
     * Ranges that are merged before the lock is let go, at most; fewer if somebody waits for it.
     */
    private static final int BATCH = 32;

    /** How long others wait while it merges, if a call of the host takes long. */
    private static final long WAIT_NANOS = 100_000;

    /** How often a purge lets others go first, at most, before it goes on: first it yields. */
    private static final int YIELDS = 16;

    /** Then it pauses: long enough together for a thread to wake up, even on a busy machine. */
    private static final int PAUSES = 64;

    private static final long PAUSE_NANOS = 20_000;

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
        int next = 0;
        while (next < ranges.size()) {
            int end = Math.min(next + BATCH, ranges.size());
            lock.lock();
            long since = System.nanoTime();
            try {
                do {
                    VmapArea range = ranges.get(next++);
                    merged.accept(range, free.merge(range));
                } while (next < end && !isAwaited(since));
            } finally {
                lock.unlock();
            }
            letOthersIn();
        }
    }

    private boolean isAwaited(long since) {
        return lock.hasQueuedThreads() && System.nanoTime() - since > WAIT_NANOS;
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
