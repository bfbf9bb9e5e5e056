package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jkasan.report.Track;
import org.jkasan.report.VmallocRegion;

/** The areas in use and the ones that were freed and wait for a purge. */
final class VmapAreas {

    /*
     *   insert -> busy, live -> claim -> busy, not live -> retire -> lazy -> takeLazy -> (purge)
     *
     * Whoever claims an area owns its end. It stays in the busy tree while its owner poisons and
     * unmaps it, so that at every moment before the purge somebody who frees it again, or a report,
     * finds it. One lock guards both trees; it is held for single look-ups, never while another
     * lock is taken. A report only tries it.
     */

    private final ReentrantLock lock = new ReentrantLock();
    private final VmapTree busy = new VmapTree();
    private VmapTree lazy = new VmapTree();
    private long lazyPages;

    void insert(VmapArea area) {
        lock.lock();
        try {
            busy.insert(area);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the life of the area that contains an address.
     *
     * @param array whose area it must be, or null for any
     * @param freed who frees it, or null without KASAN
     * @return the area, which is the caller's to retire; null if none is live there
     */
    VmapArea claim(long addr, Object array, Track freed) {
        lock.lock();
        try {
            VmapArea area = busy.find(addr);
            if (area == null || !area.vm.live || !isOf(area, array)) {
                return null;
            }
            area.vm.live = false;
            area.vm.freed = freed;
            return area;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isOf(VmapArea area, Object array) {
        return array == null || area.vm.array != null && area.vm.array.refersTo(array);
    }

    /** Whether the area that contains an address, and is this array's if one is given, is freed. */
    boolean isFreed(long addr, Object array) {
        lock.lock();
        try {
            VmapArea area = find(addr);
            return area != null && !area.vm.live && isOf(area, array);
        } finally {
            lock.unlock();
        }
    }

    /** The live area of an array whose address that would be, or null. */
    VmapArea liveArea(long addr, Object array) {
        lock.lock();
        try {
            VmapArea area = busy.find(addr);
            return area != null && area.vm.live && isOf(area, array) ? area : null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Puts a claimed area, which is unmapped by now, among those that wait for a purge.
     *
     * @return the pages of all that wait, guard pages among them
     */
    long retire(VmapArea area) {
        lock.lock();
        try {
            busy.unlink(area);
            lazy.insert(area);
            lazyPages += area.size() >>> PAGE_SHIFT;
            return lazyPages;
        } finally {
            lock.unlock();
        }
    }

    /** Hands over all areas that wait for a purge. */
    VmapTree takeLazy() {
        lock.lock();
        try {
            VmapTree taken = lazy;
            lazy = new VmapTree();
            lazyPages = 0;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Pages that wait for a purge, guard pages among them. */
    long lazyPages() {
        lock.lock();
        try {
            return lazyPages;
        } finally {
            lock.unlock();
        }
    }

    /** What a report says of the area that contains an address; null if none, or not now. */
    VmallocRegion tryDescribe(long addr) {
        if (!lock.tryLock()) {
            return null;
        }
        try {
            VmapArea area = find(addr);
            return area == null ? null : area.vm.region(area.start);
        } finally {
            lock.unlock();
        }
    }

    private VmapArea find(long addr) {
        VmapArea area = busy.find(addr);
        return area != null ? area : lazy.find(addr);
    }

    /** Runs something with the busy and the lazy tree while neither can change. */
    void inspect(BiConsumer<VmapTree, VmapTree> inspector) {
        lock.lock();
        try {
            inspector.accept(busy, lazy);
        } finally {
            lock.unlock();
        }
    }
}
