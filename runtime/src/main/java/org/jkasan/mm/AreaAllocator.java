package org.jkasan.mm;

import static org.jkasan.mm.Faults.hex;
import static org.jkasan.mm.MemoryLayout.PAGE_MASK;
import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;

import org.jkasan.host.RawMemory;

/** Allocates and frees areas of vmalloc space: the order in which everything happens to one. */
final class AreaAllocator {

    /*
     *   size -> pages of RAM, and the addresses of one guard page more -> lowest free range -> busy -> shadow exists -> pages mapped
     *        -> requested bytes unpoisoned -> store fence -> the address is handed out
     *   free -> claimed -> poisoned -> unmapped -> waits for the purge
     *
     * The fence is so that whoever is handed the address, even through a race, finds its pages mapped
     * and its shadow open. The guard page is never mapped and its shadow never opened. An array's
     * area has addresses and shadow but no data pages, since its data is in the Java heap.
     *
     * Locks are taken one after the other, never one inside another, but for the purge's (see there).
     * Source: mm/vmalloc.c of Linux 6.19, without its nodes and pools.
     */

    /** What allocate answers when it cannot. */
    static final long NONE = FreeVmapTree.NONE;

    private static final long ANY_ALIGNMENT = 1;

    private static final int NODES = 1;

    private final KernelWindow window;
    private final AreaSpace space;
    private final VmapAreas areas;
    private final LazyPurge purge;
    private final PageTable pages;
    private final VmallocKasan kasan;
    private final KernelLog log;
    private final PageAllocator ram;
    private final long lazyMaxPages;

    AreaAllocator(
            KernelWindow window,
            PageTable pages,
            VmallocKasan kasan,
            VmapAreas areas,
            AreaSpace space,
            LazyPurge purge,
            PageAllocator ram,
            int cpus,
            KernelLog log) {
        this.window = window;
        this.pages = pages;
        this.kasan = kasan;
        this.areas = areas;
        this.space = space;
        this.purge = purge;
        this.log = log;
        this.ram = ram;
        this.lazyMaxPages = LazyPurge.maxPages(cpus);
    }

    /** The request that plain vmalloc makes for a size. */
    VmallocRequest request(long size) {
        return new VmallocRequest(
                size,
                ANY_ALIGNMENT,
                window.start(),
                window.end(),
                Gfp.KERNEL,
                VmFlags.ALLOC,
                VmallocRequest.ANY_NODE);
    }

    /** Whether what is asked for can be had at all; warns where it cannot. */
    boolean admits(VmallocRequest request) {
        long size = request.size();
        if (size == 0) {
            return refuse("vmalloc: size 0");
        }
        if (Long.compareUnsigned(size, ram.total() << PAGE_SHIFT) > 0) {
            if (!request.gfp().quiet()) {
                log.print(
                        "vmalloc error: size "
                                + Long.toUnsignedString(size)
                                + ", exceeds total pages");
            }
            return false;
        }
        if (Long.bitCount(request.align()) != 1) {
            return refuse(
                    "vmalloc: alignment "
                            + Long.toUnsignedString(request.align())
                            + " is not a power of two");
        }
        if (request.node() < VmallocRequest.ANY_NODE || request.node() >= NODES) {
            return refuse("vmalloc: there is no node " + request.node() + ", only node 0");
        }
        return admitsRange(request);
    }

    private boolean admitsRange(VmallocRequest request) {
        boolean inWindow =
                Long.compareUnsigned(request.start(), window.start()) >= 0
                        && Long.compareUnsigned(request.end(), window.end()) <= 0;
        return inWindow || refuse("vmalloc: " + range(request) + " is not in vmalloc space");
    }

    private boolean refuse(String reason) {
        log.warn(reason);
        return false;
    }

    /**
     * Allocates an area for a request that was admitted.
     *
     * @param array the array whose area it is to be, or null for one with data pages
     * @return its kernel address, or {@link #NONE} after a warning
     */
    long allocate(VmallocRequest request, Object array) {
        VmStruct vm = new VmStruct(request.size(), request.vmFlags(), array, kasan.track());
        if (!takePages(vm.pages, request.gfp())) {
            return failed(request, "failed to allocate pages");
        }
        long length = request.areaSize();
        long start = findSpace(request);
        if (start == NONE) {
            ram.give(vm.pages);
            if (!request.gfp().quiet()) {
                log.print(
                        "vmalloc_node_range for size "
                                + length
                                + " failed: Address range restricted to "
                                + range(request));
            }
            return NONE;
        }
        VmapArea area = new VmapArea(start, start + length, vm);
        areas.insert(area);
        if (!populate(area, request.gfp())) {
            abandon(area);
            return failed(request, "vm_struct allocation failed");
        }
        if (vm.isMapped()) {
            pages.map(start, vm.pages);
            if (request.gfp().zero()) {
                RawMemory.fill(window.toHost(start), vm.bytes(), (byte) 0);
            }
        }
        kasan.unpoison(start, request.size());
        RawMemory.storeFence();
        return start;
    }

    private long failed(VmallocRequest request, String what) {
        if (!request.gfp().quiet()) {
            long size = MemoryLayout.pageAlign(request.size());
            log.print("vmalloc error: size " + size + ", " + what);
        }
        return NONE;
    }

    /** Where RAM has no more, a purge may give pages of shadow back. */
    private boolean takePages(long pages, Gfp gfp) {
        if (ram.take(pages)) {
            return true;
        }
        if (!gfp.mayBlock()) {
            return false;
        }
        purge.purge();
        return ram.take(pages);
    }

    private boolean populate(VmapArea area, Gfp gfp) {
        if (kasan.populate(area.start, area.end)) {
            return true;
        }
        if (!gfp.mayBlock()) {
            return false;
        }
        purge.purge();
        return kasan.populate(area.start, area.end);
    }

    /** Lets a purge have an area that could not be given shadow, and the shadow that it has. */
    private void abandon(VmapArea area) {
        if (areas.claim(area.start, null, null) != null) {
            area.vm.abandoned = true;
            ram.give(area.vm.pages);
            areas.retire(area);
        }
    }

    private long findSpace(VmallocRequest request) {
        long start = takeSpace(request);
        if (start == NONE && request.gfp().mayBlock()) {
            purge.purge();
            start = takeSpace(request);
        }
        return start;
    }

    private long takeSpace(VmallocRequest request) {
        return space.allocate(request.areaSize(), request.align(), request.start(), request.end());
    }

    private static String range(VmallocRequest request) {
        return "0x" + hex(request.start()) + " - 0x" + hex(request.end());
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
            refuseFree(addr, array);
            return;
        }
        kasan.poison(area.start, area.vm.bytes());
        if (area.vm.isMapped()) {
            pages.unmap(area.start, area.vm.pages);
        }
        ram.give(area.vm.pages);
        if (areas.retire(area) > lazyMaxPages) {
            purge.tryPurge();
        }
    }

    private void refuseFree(long addr, Object array) {
        if (areas.isFreed(addr, array)) {
            kasan.reportDoubleFree(addr);
        }
        log.warn("Trying to vfree() nonexistent vm area (" + hex(addr) + ")");
    }
}
