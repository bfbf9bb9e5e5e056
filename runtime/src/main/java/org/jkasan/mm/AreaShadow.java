package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;

import org.jkasan.host.HostMemory;
import org.jkasan.host.RawMemory;
import org.jkasan.shadow.LazyPoison;

/** Opens the areas of a window for their uses and closes them, in page table and shadow. */
final class AreaShadow implements LazyPoison {

    /*
     * The page table is a coarse level of the shadow: of a page that is not present it may say that
     * it is poisoned, which counts, whatever the shadow bytes say.
     *
     *   page table   shadow bytes
     *   present      decide; zero but for what lies behind the object in its pages
     *   poisoned     zero; 0xF8 in effect: freed areas, guard pages, free space whose shadow exists
     *   none         decide, where shadow exists: areas that are watched byte by byte; and elsewhere
     *                nothing is said, so that an access faults without a report
     *
     * So a page of shadow that begins to exist is poisoned by the page table alone, and an object of
     * whole pages is opened and closed by it: a byte for each page, which has to be written anyway,
     * where the shadow would take 512. Accesses by kernel addresses ask the page table anyhow, for the
     * memory management unit does; their checks ask it as well (AddressSpace.presentAddress).
     *
     * Whoever has a host address asks the shadow bytes alone: buffers, and arrays by their handles.
     * Areas of which somebody may have one are exposed, and so watched byte by byte: the bytes are
     * 0xF8 where no object is. That lasts, since a buffer of a former use of the addresses is as stale
     * as one of the last: while the area waits, lies in a pool and is used again, and for whatever is
     * carved where something was exposed once (Exposure). What opens parts of areas by itself, such as
     * vm_map_ram, has them bytewise too, until their purge.
     *
     * An array's index below 0 would meet the bytes of whatever lies in front: so its area has a guard
     * page there as well, which is nobody else's and poisoned byte by byte like the one behind. An
     * index that leaves the area altogether, over a guard page, is seen where the bytes there are
     * poisoned, and not where the page table says it.
     *
     * Ordering: a page is present only while its bytes are right, so they are written before it is
     * mapped, or after it was unmapped. Who races with that meets the one state or the other.
     */

    private final KernelWindow window;
    private final PageTable pages;
    private final VmallocKasan kasan;
    private final Exposure exposure;

    AreaShadow(HostMemory host, KernelWindow window, PageTable pages, VmallocKasan kasan) {
        this.window = window;
        this.pages = pages;
        this.kasan = kasan;
        this.exposure = new Exposure(host, window);
    }

    void release(HostMemory host) {
        exposure.release(host);
    }

    /** Takes note of an area that was carved out of free space and has shadow. */
    void carved(VmapArea area) {
        if (!kasan.poisonsLazily()) {
            area.bytewise = true;
        } else if (exposure.isMarked(area.start, area.end)) {
            expose(area);
        }
    }

    /** Hands an area, all of it poisoned byte by byte, to somebody who opens parts of it. */
    void handOver(VmapArea area) {
        carved(area);
        watchBytewise(area);
    }

    private void watchBytewise(VmapArea area) {
        if (!area.bytewise) {
            area.bytewise = true;
            kasan.poison(area.start, area.size());
            RawMemory.storeFence();
            pages.unmap(area.start, area.pages());
        }
    }

    /**
     * The marks are for all of it, for all of it is poisoned byte by byte when it is free again.
     */
    private void expose(VmapArea area) {
        if (!area.exposed && kasan.poisonsLazily()) {
            exposure.mark(area.start, area.end);
            area.exposed = true;
            watchBytewise(area);
        }
    }

    /**
     * Makes the object of a use accessible in an area that nobody knows yet, and maps its pages.
     */
    void open(VmapArea area, VmStruct vm, boolean exposed) {
        if (exposed) {
            expose(area);
        }
        long size = vm.requestedSize();
        if (area.bytewise) {
            kasan.unpoison(area.start + vm.front(), size);
        } else if (size != vm.bytes()) {
            kasan.resize(area.start, vm.bytes(), size);
        }
        RawMemory.storeFence();
        if (vm.isMapped()) {
            pages.map(area.start, vm.pages, vm.pageOrder());
            RawMemory.storeFence();
        }
    }

    /** Makes an area inaccessible whose use has ended, and unmaps its pages. */
    void close(VmapArea area) {
        VmStruct vm = area.vm;
        if (area.bytewise) {
            kasan.poison(area.object(), vm.bytes());
            if (vm.isMapped()) {
                pages.unmap(area.start, vm.pages);
            }
            return;
        }
        pages.unmapPoisoned(area.start, vm.pages);
        long size = vm.requestedSize();
        if (size != vm.bytes()) {
            RawMemory.storeFence();
            kasan.resize(area.start, size, vm.bytes());
        }
    }

    /** Lets the page table alone say that a freed area is poisoned, unless it is exposed. */
    void settle(VmapArea area) {
        if (area.bytewise && !area.exposed && kasan.poisonsLazily()) {
            pages.unmapPoisoned(area.start, area.pages());
            RawMemory.storeFence();
            kasan.unpoison(area.start, area.size());
            area.bytewise = false;
        }
    }

    @Override
    public long firstPoisoned(long from, long end) {
        long first = Math.max(from - window.hostStart(), 0);
        long behind = Math.min(end - window.hostStart(), window.size());
        for (long page = first >>> PAGE_SHIFT; page << PAGE_SHIFT < behind; page++) {
            if (pages.isPoisoned(page)) {
                return Math.max(from, window.hostStart() + (page << PAGE_SHIFT));
            }
        }
        return end;
    }
}
