package org.jkasan.mm;

import static org.jkasan.mm.Faults.hex;
import static org.jkasan.mm.MemoryLayout.PAGE_MASK;
import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;

import org.jkasan.host.HostMemoryException;
import org.jkasan.host.RawMemory;
import org.jkasan.report.CallSite;
import org.jkasan.report.Track;

/** Allocates and frees areas of vmalloc space: the order in which everything happens to one. */
final class AreaAllocator {

    /*
     *   size -> pages of RAM -> an area with a guard page more, of an array with two, from a pool
     *        or, where there is none, the lowest free range, put into the table and given shadow
     *        -> requested bytes unpoisoned -> pages mapped -> published -> the address is handed out
     *   pages that have frames -> an area -> frames bound over it -> unpoisoned, and so on
     *   free -> claimed -> poisoned and unmapped (AreaShadow) -> waits for the purge
     *
     * Publishing is a fence and a volatile store: whoever finds the area, or is handed its address,
     * even through a race, finds its pages mapped and its shadow open. The store alone would be for
     * those who find it; on processors other than x86 what the caller stores next may overtake it.
     * A guard page is never mapped and its shadow never opened. An array's area has addresses and
     * shadow but no data pages, since its data is in the Java heap. Its object begins at the second
     * page, for an index can be negative.
     *
     * Locks are taken one after the other, never one inside another, but for the purge's (see there).
     * Source: mm/vmalloc.c of Linux 6.19.
     */

    /** What allocate answers when it cannot. */
    static final long NONE = FreeVmapTree.NONE;

    private static final int PART_TO_SPARE = 2;

    private final KernelWindow window;
    private final AreaSpace space;
    private final VmapAreas areas;
    private final LazyPurge purge;
    private final AreaShadow shadow;
    private final VmallocKasan kasan;
    private final KernelLog log;
    private final PageAllocator ram;
    private final AreaFrames frames;

    AreaAllocator(
            KernelWindow window,
            AreaShadow shadow,
            VmallocKasan kasan,
            VmapAreas areas,
            AreaSpace space,
            LazyPurge purge,
            AreaFrames frames,
            VmallocMachine machine) {
        this.window = window;
        this.shadow = shadow;
        this.kasan = kasan;
        this.areas = areas;
        this.space = space;
        this.purge = purge;
        this.log = machine.log();
        this.ram = machine.ram();
        this.frames = frames;
    }

    /**
     * Allocates an area with data pages for a request that was admitted.
     *
     * @return its kernel address, or {@link #NONE} after a warning
     */
    long allocate(VmallocRequest request) {
        if (frames.areWanted(request)) {
            return allocateFramed(request);
        }
        Track track = kasan.track(request.caller());
        VmStruct vm = new VmStruct(request.size(), request.vmFlags(), track);
        VmapArea area = allocate(request, vm);
        return area == null ? NONE : area.start;
    }

    /**
     * Allocates an area for an array, for a request that was admitted and takes any page.
     *
     * @return null after a warning
     */
    VmapArea allocateForArray(VmallocRequest request) {
        return allocate(request, VmStruct.ofArray(request, kasan.track(request.caller())));
    }

    private VmapArea allocate(VmallocRequest request, VmStruct vm) {
        if (!takePages(vm.pages, request.gfp())) {
            failed(request, "failed to allocate pages");
            return null;
        }
        VmapArea area = take(request, vm);
        if (area == null) {
            ram.give(vm.pages);
            return null;
        }
        open(area, vm, request, !vm.isMapped());
        return area;
    }

    private void open(VmapArea area, VmStruct vm, VmallocRequest request, boolean isArray) {
        if (request.gfp().zero() && !isArray) {
            RawMemory.fill(window.toHost(area.start), vm.bytes(), (byte) 0);
        }
        shadow.open(area, vm, request.exposed() || isArray);
        area.vm = vm;
    }

    /**
     * An area with shadow, all of it poisoned byte by byte, and nothing else, which nobody finds
     * until it gets a use.
     *
     * @param vm what it is for, and ends where its shadow cannot be had
     * @return null after a warning
     */
    VmapArea reserve(VmallocRequest request, VmStruct vm) {
        VmapArea area = take(request, vm, 0);
        if (area != null) {
            shadow.handOver(area);
        }
        return area;
    }

    /** A pooled area may be larger than the object needs by half: its guard is, then. */
    private VmapArea take(VmallocRequest request, VmStruct vm) {
        return take(request, vm, length(request, vm) / PART_TO_SPARE);
    }

    private VmapArea take(VmallocRequest request, VmStruct vm, long spare) {
        VmapArea area = fromPool(request, vm, spare);
        return area == null ? carve(request, vm) : area;
    }

    private long allocateFramed(VmallocRequest request) {
        VmStruct vm = VmStruct.ofOwnFrames(request, kasan.track(request.caller()));
        long[] pfns = frames.alloc(vm.pages, request.gfp());
        if (pfns == null && request.gfp().mayBlock()) {
            purge.purge();
            pfns = frames.alloc(vm.pages, request.gfp());
        }
        if (pfns == null) {
            return failed(request, "failed to allocate pages");
        }
        long start = map(request, pfns, vm);
        if (start == NONE) {
            frames.free(pfns, pfns.length);
        }
        return start;
    }

    /**
     * Allocates an area for pages that have page frames.
     *
     * @return its kernel address, or {@link #NONE} after a warning
     */
    long map(VmallocRequest request, long[] pfns, VmStruct vm) {
        VmapArea area = take(request, vm);
        if (area == null) {
            return NONE;
        }
        if (!bind(area, pfns, request.gfp(), request.gfp().mayBlock())) {
            abandon(area, vm, request.gfp());
            purge.tryPurge();
            return NONE;
        }
        open(area, vm, request, false);
        return area.start;
    }

    /** Where the host has no room for more mappings, a purge may give some back. */
    private boolean bind(VmapArea area, long[] pfns, Gfp gfp, boolean again) {
        try {
            frames.bind(area, pfns);
            return true;
        } catch (HostMemoryException e) {
            if (again) {
                purge.purge();
                return bind(area, pfns, gfp, false);
            }
            if (!gfp.quiet()) {
                log.print(e.getMessage());
            }
            return false;
        }
    }

    /** The current task and stack, if they are recorded. */
    Track track(CallSite caller) {
        return kasan.track(caller);
    }

    /** Pools serve requests for anywhere in vmalloc space. */
    private VmapArea fromPool(VmallocRequest request, VmStruct vm, long spare) {
        if (!isAnywhere(request)) {
            return null;
        }
        long length = length(request, vm);
        return areas.take(length >>> PAGE_SHIFT, length + spare >>> PAGE_SHIFT, request.align());
    }

    private boolean isAnywhere(VmallocRequest request) {
        return request.start() == window.start() && request.end() == window.end();
    }

    private static long length(VmallocRequest request, VmStruct vm) {
        return vm.front() + request.areaSize();
    }

    /** An area that nothing is in yet; null after a warning. */
    private VmapArea carve(VmallocRequest request, VmStruct vm) {
        long length = length(request, vm);
        long start = findSpace(request, length);
        if (start == NONE) {
            if (!request.gfp().quiet()) {
                log.print(
                        "vmalloc_node_range for size "
                                + length
                                + " failed: Address range restricted to "
                                + request.range());
            }
            return null;
        }
        VmapArea area = new VmapArea(start, start + length);
        areas.insert(area);
        if (!populate(area, request.gfp())) {
            abandon(area, vm, request.gfp());
            failed(request, "vm_struct allocation failed");
            return null;
        }
        shadow.carved(area);
        return area;
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
    private void abandon(VmapArea area, VmStruct vm, Gfp gfp) {
        vm.abandoned = true;
        vm.end(null);
        area.vm = vm;
        if (areas.retire(area) && gfp.mayBlock()) {
            purge.relieve();
        }
    }

    private long findSpace(VmallocRequest request, long length) {
        long start = takeSpace(request, length);
        if (start == NONE && request.gfp().mayBlock()) {
            purge.purge();
            start = takeSpace(request, length);
        }
        return start;
    }

    /** With pools, areas come back to the CPU that carves them. */
    private long takeSpace(VmallocRequest request, long length) {
        long align = request.align();
        return areas.hasPools() && isAnywhere(request)
                ? space.allocateFor(areas.home(), length, align, window.start(), window.end())
                : space.allocate(length, align, request.start(), request.end());
    }

    /**
     * Frees the area that contains a page's address.
     *
     * @param array whose area it must be, or null for any
     * @param caller who frees it; null if that is not known without the stack
     */
    void free(long addr, Object array, CallSite caller) {
        VmapArea area = claim(addr, array, caller);
        if (area != null) {
            release(area);
        }
    }

    /** Ends the mapping that contains a page's address; its pages are not freed. */
    void unmap(long addr) {
        VmapArea area = claim(addr, null, "vunmap", null);
        if (area != null) {
            release(area, false);
        }
    }

    /**
     * Ends the life of the area that contains a page's address.
     *
     * @param array whose area it must be, or null for any
     * @param caller who frees it; null if that is not known without the stack
     * @return the area, which is the caller's to release; null after a warning
     */
    VmapArea claim(long addr, Object array, CallSite caller) {
        return claim(addr, array, "vfree", caller);
    }

    private VmapArea claim(long addr, Object array, String how, CallSite caller) {
        if ((addr & PAGE_MASK) != 0) {
            log.warn("Trying to " + how + "() bad address (" + hex(addr) + ")");
            return null;
        }
        VmapArea area = areas.claim(addr, array, kasan.track(caller));
        if (area == null) {
            if (areas.isFreed(addr, array)) {
                kasan.reportDoubleFree(addr);
            }
            log.warn("Trying to " + how + "() nonexistent vm area (" + hex(addr) + ")");
        }
        return area;
    }

    /** Gives up an area whose life the caller has ended, and what it owns. */
    void release(VmapArea area) {
        release(area, area.vm.ownsFrames());
    }

    private void release(VmapArea area, boolean put) {
        VmStruct vm = area.vm;
        shadow.close(area);
        boolean many = false;
        if (vm.hasFrames()) {
            many = frames.release(area, put);
        } else {
            ram.give(vm.pages);
        }
        boolean over = areas.retire(area);
        if (many) {
            purge.tryPurge();
        } else if (over) {
            purge.relieve();
        }
    }
}
