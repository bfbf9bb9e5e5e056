package org.jkasan.mm;

import static org.jkasan.mm.Faults.hex;

import org.jkasan.host.RawMemory;
import org.jkasan.report.Track;

/** Changes the sizes of objects in vmalloc space: vrealloc. */
final class AreaResizer {

    /*
     *   in place   [ object   |-->      |g]      the pages stay, only the shadow's edge moves
     *   elsewhere  [ object   |g] .... [ object        |->    |g]      copied, and the old one freed
     *
     * An area never gets smaller than it was allocated; what is cut off stays mapped, and KASAN
     * rejects it. An object that grows within its pages is opened from the granule on that it had in
     * part. The kernel got these edges wrong twice (fixed in 2025 and 2026); here one method has
     * them, VmallocKasan.resize, and takes sizes, not addresses that have to be rounded already.
     *
     * With zeroing, what an object grows by is zeroed when it grows. The kernel relies on its having
     * been zeroed by whoever allocated or shrank it, so there one vrealloc without __GFP_ZERO on the
     * way leaves old bytes in the object.
     *
     * The area is pinned while its edge moves and while it is copied, so a vfree that races with it
     * happens before or after: it never finds shadow opened on a freed area, nor is anything copied
     * from one. Nothing is allocated while an area is pinned.
     *
     * Source: vrealloc_node_align of mm/vmalloc.c.
     */

    private static final long NONE = AreaAllocator.NONE;

    private final VmapAreas areas;
    private final AreaAllocator allocator;
    private final HugeAreas huge;
    private final VmallocKasan kasan;
    private final KernelWindow window;
    private final KernelLog log;

    AreaResizer(VmallocSpace space, KernelLog log) {
        this.areas = space.areas();
        this.allocator = space.allocator();
        this.huge = space.huge();
        this.kasan = space.kasan();
        this.window = space.window();
        this.log = log;
    }

    /**
     * Gives the object at an address another size, in place if its pages have room for it.
     *
     * @param request of the new size, and admitted
     * @return where the object is now, or {@link AreaAllocator#NONE} after a warning; then it is
     *     where and as it was
     */
    long resize(long addr, VmallocRequest request) {
        VmapArea area = areas.liveArea(addr, null);
        VmStruct vm = area == null ? null : area.vm;
        if (vm == null) {
            return nonexistent(addr);
        }
        if (area.start + vm.front() != addr) {
            return refuse("Trying to vrealloc() bad address (" + hex(addr) + ")");
        }
        if ((addr & request.align() - 1) != 0) {
            return refuse(
                    "vrealloc: will not reallocate with a bigger alignment (0x"
                            + Long.toHexString(request.align())
                            + ")");
        }
        if (!vm.isMapped() || (vm.flags & VmFlags.ALLOC) == 0) {
            return refuse(
                    "vrealloc: "
                            + hex(addr)
                            + " is not memory that vmalloc has allocated; an array or a mapping"
                            + " keeps its size");
        }
        if (request.size() > vm.bytes()) {
            return move(area, vm, request);
        }
        return tryResizeInPlace(addr, vm, request) ? addr : nonexistent(addr);
    }

    private boolean tryResizeInPlace(long addr, VmStruct vm, VmallocRequest request) {
        if (!vm.pin()) {
            return false;
        }
        try {
            resizeInPlace(addr, vm, request);
            return true;
        } finally {
            RawMemory.storeFence(); // for whoever is handed the address through a race
            vm.unpin();
        }
    }

    private void resizeInPlace(long addr, VmStruct vm, VmallocRequest request) {
        long old = vm.requestedSize();
        long size = request.size();
        if (size < old) {
            // First, so that a report of what is cut off knows the object's size.
            vm.resize(size);
            RawMemory.storeFence();
        } else if (request.gfp().zero()) {
            RawMemory.fill(window.toHost(addr) + old, size - old, (byte) 0);
        }
        kasan.resize(addr, old, size);
        vm.resize(size);
    }

    private long move(VmapArea area, VmStruct vm, VmallocRequest request) {
        long old = area.start;
        long target = huge.allocate(request);
        if (target == NONE) {
            return NONE;
        }
        Track freed = kasan.track(request.caller());
        if (!vm.pin()) {
            allocator.free(target, null, request.caller());
            return nonexistent(old);
        }
        long size = Math.min(vm.requestedSize(), request.size());
        RawMemory.copy(window.toHost(old), window.toHost(target), size);
        vm.endPinned(freed);
        allocator.release(area);
        return target;
    }

    private long nonexistent(long addr) {
        return refuse("Trying to vrealloc() nonexistent vm area (" + hex(addr) + ")");
    }

    private long refuse(String reason) {
        log.warn(reason);
        return NONE;
    }
}
