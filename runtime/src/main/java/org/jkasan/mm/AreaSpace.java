package org.jkasan.mm;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The kernel's address space as far as it is free, with its lock: free_vmap_area_lock. */
final class AreaSpace {

    /** Areas that are merged before the lock is offered to others. */
    private static final int BATCH = 128;

    private final ReentrantLock lock = new ReentrantLock();
    private final FreeVmapTree free = FreeVmapTree.wholeAddressSpace();
    private long highest;

    /** Takes the lowest fitting range; {@link FreeVmapTree#NONE} if there is none. */
    long allocate(long size, long align, long from, long to) {
        lock.lock();
        try {
            long start = free.allocate(size, align, from, to);
            if (start != FreeVmapTree.NONE && Long.compareUnsigned(start + size, highest) > 0) {
                highest = start + size;
            }
            return start;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives areas back, in the order of their addresses, and yields to allocations in between.
     *
     * @param merged called for each, while no allocation can happen, with the area and the free
     *     range that it went to
     */
    void merge(VmapTree areas, BiConsumer<VmapArea, VmapArea> merged) {
        VmapArea area = areas.first();
        while (area != null) {
            lock.lock();
            try {
                for (int i = 0; i < BATCH && area != null; i++) {
                    merged.accept(area, free.merge(area));
                    area = areas.next(area);
                }
            } finally {
                lock.unlock();
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
