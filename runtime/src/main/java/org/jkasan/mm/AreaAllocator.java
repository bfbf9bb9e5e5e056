package org.jkasan.mm;

import static org.jkasan.mm.Faults.hex;
import static org.jkasan.mm.MemoryLayout.PAGE_MASK;
import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import org.jkasan.host.RawMemory;

/** Allocates and frees areas of vmalloc space: the order in which everything happens to one. */
final class AreaAllocator {

    /*
     *   size -> pages + one guard page -> lowest free range -> busy -> shadow exists -> pages mapped
     *        -> requested bytes unpoisoned -> store fence -> the address is handed out
     *   free -> claimed -> poisoned -> unmapped -> waits for the purge
     *
     * The fence is so that whoever is handed the address, even through a race, finds its pages mapped
     * and its shadow open. The guard page is never mapped and its shadow never opened. An array's area has addresses and
     * shadow but no data pages, since its data is in the Java heap.
     *
     * Locks are taken one after the other, never one inside another, but for the purge's (see there).
     * Source: mm/vmalloc.c of Linux 6.19, without its nodes and pools.
     */

    /** What allocate answers when it cannot. */
    static final long NONE = FreeVmapTree.NONE;

    private static final long ANY_ALIGNMENT = 1;

    private final KernelWindow window;
    private final AreaSpace space;
    private final VmapAreas areas;
    private final LazyPurge purge;
    private final PageTable pages;
    private final VmallocKasan kasan;
    private final KernelLog log;
    private final long totalRam;
    private final long lazyMaxPages;

    AreaAllocator(
            KernelWindow window,
            PageTable pages,
            VmallocKasan kasan,
            VmapAreas areas,
            AreaSpace space,
            LazyPurge purge,
            MemoryConfig config,
            KernelLog log) {
        this.window = window;
        this.pages = pages;
        this.kasan = kasan;
        this.areas = areas;
        this.space = space;
        this.purge = purge;
        this.log = log;
        this.totalRam = config.ram();
        this.lazyMaxPages = LazyPurge.maxPages(config.cpus());
    }

    /** Whether a size, unsigned, can be had at all; warns where it cannot. */
    boolean admits(long size) {
        if (size == 0) {
            log.warn("vmalloc: size 0");
            return false;
        }
        if (Long.compareUnsigned(size, totalRam) > 0) {
            log.print(
                    "vmalloc error: size " + Long.toUnsignedString(size) + ", exceeds total pages");
            return false;
        }
        return true;
    }

    /**
     * Allocates an area for a size that was admitted.
     *
     * @param array the array whose area it is to be, or null for one with data pages
     * @return its kernel address, or {@link #NONE} after a warning
     */
    long allocate(long size, Object array) {
        long length = MemoryLayout.pageAlign(size) + PAGE_SIZE;
        long start = findSpace(length);
        if (start == NONE) {
            log.print(
                    "vmalloc_node_range for size "
                            + length
                            + " failed: Address range restricted to 0x"
                            + hex(window.start())
                            + " - 0x"
                            + hex(window.end()));
            return NONE;
        }
        VmStruct vm = new VmStruct(size, array, kasan.track());
        areas.insert(new VmapArea(start, start + length, vm));
        kasan.populate(start, start + length);
        if (vm.isMapped()) {
            pages.map(start, vm.pages);
        }
        kasan.unpoison(start, size);
        RawMemory.storeFence();
        return start;
    }

    private long findSpace(long length) {
        long start = space.allocate(length, ANY_ALIGNMENT, window.start(), window.end());
        if (start == NONE) {
            purge.purge();
            start = space.allocate(length, ANY_ALIGNMENT, window.start(), window.end());
        }
        return start;
    }

    /**
     * Frees the area that contains a page's address.
     *
     * @param array whose area it must be, or null for any
     */
    void free(long addr, Object array) {
        if ((addr & PAGE_MASK) != 0) {
            log.warn("Trying to vfree() bad address (" + hex(addr) + ")");
            return;
        }
        VmapArea area = areas.claim(addr, array, kasan.track());
        if (area == null) {
            refuse(addr, array);
            return;
        }
        kasan.poison(area.start, area.size() - PAGE_SIZE);
        if (area.vm.isMapped()) {
            pages.unmap(area.start, area.vm.pages);
        }
        if (areas.retire(area) > lazyMaxPages) {
            purge.tryPurge();
        }
    }

    private void refuse(long addr, Object array) {
        if (areas.isFreed(addr, array)) {
            kasan.reportDoubleFree(addr);
        }
        log.warn("Trying to vfree() nonexistent vm area (" + hex(addr) + ")");
    }
}
