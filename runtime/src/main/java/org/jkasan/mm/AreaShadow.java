package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.MEMORY_PER_SHADOW_PAGE;
import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;

import java.util.List;
import org.jkasan.host.HostMemory;
import org.jkasan.host.RawMemory;
import org.jkasan.shadow.LazyPoison;
import org.jkasan.shadow.Shadow;

/** Opens the areas of a window for their uses, and closes them: page table and shadow at once. */
final class AreaShadow implements LazyPoison {

    /*
     * The page table is a coarse level of the shadow. What it says of a page comes first:
     *
     *   present      what the shadow bytes say
     *   poisoned     0xF8, whatever the shadow bytes say
     *   none         what the shadow bytes say: guard pages, arrays, what is poisoned byte by byte
     *
     *                  carved        in use          waits, in a pool      in use again    free space
     *   page table     none          present         poisoned              present         none
     *   shadow bytes   [f8     ]     [00000 04 f8]   [00000 04 f8]         [000 02 f8f8]   [f8      ]
     *   leftOpen       0             -               44 bytes              -               0
     *
     * So a free writes a byte for each page, where poisoning takes 512, and the next use of the same
     * size finds its shadow as it has to be; one of another size moves the edge. What leaves for free
     * space is poisoned first, as far as its shadow stays.
     *
     * Accesses by kernel addresses ask the page table anyhow, for the memory management unit does;
     * their checks ask it as well (AddressSpace.presentAddress). Whoever has a host address does not:
     * buffers, and arrays by their handles. Areas of which they may have one are exposed, and poisoned
     * byte by byte when they are freed. That lasts: a buffer of a former use of the addresses is as
     * stale as one of the last. So an exposed area stays so while it waits, lies in a pool and is used
     * again, and what is carved where something was exposed once is exposed (Exposure).
     *
     * Ordering: the shadow bytes are right before a page is present, and an address is handed out
     * behind another fence. Who races with that meets the one state or the other.
     */

    private static final long GRANULE_MASK = Shadow.GRANULE_SIZE - 1;

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

    /** Takes note of an area that was carved out of free space. */
    void carved(VmapArea area) {
        area.exposed = kasan.poisonsLazily() && exposure.isMarked(area.start, area.end);
    }

    /**
     * Makes the object of a use accessible in an area that nobody knows yet, and maps its pages.
     */
    void open(VmapArea area, VmStruct vm, boolean exposed) {
        if (exposed) {
            expose(area);
        }
        long open = area.leftOpen;
        long size = vm.requestedSize();
        if (open != size) {
            kasan.resize(area.start, open, size);
        }
        RawMemory.storeFence();
        long mapped = vm.isMapped() ? vm.pages : 0;
        pages.map(area.start, mapped, vm.pageOrder());
        unmapBetween(area.start, mapped, pages(open));
        area.leftOpen = 0;
        RawMemory.storeFence();
    }

    private void expose(VmapArea area) {
        if (!area.exposed && kasan.poisonsLazily()) {
            exposure.mark(area.start, area.end);
            area.exposed = true;
        }
    }

    private void unmapBetween(long start, long from, long to) {
        if (from < to) {
            pages.unmap(start + (from << PAGE_SHIFT), to - from);
        }
    }

    private static long pages(long bytes) {
        return MemoryLayout.pageAlign(bytes) >>> PAGE_SHIFT;
    }

    /** Makes an area inaccessible whose use has ended, and unmaps its pages. */
    void close(VmapArea area) {
        VmStruct vm = area.vm;
        long from = 0;
        if (kasan.poisonsLazily() && !area.exposed) {
            area.leftOpen = vm.requestedSize();
            from = pages(area.leftOpen);
            pages.unmapPoisoned(area.start, from);
        } else {
            kasan.poison(area.start, vm.bytes());
        }
        unmapBetween(area.start, from, vm.isMapped() ? vm.pages : 0);
    }

    /** Poisons the bytes of an area that is to be opened by somebody else. */
    void settle(VmapArea area) {
        if (area.leftOpen != 0) {
            kasan.poison(area.start, area.leftOpen);
            settled(area);
        }
    }

    private void settled(VmapArea area) {
        RawMemory.storeFence();
        pages.unmap(area.start, pages(area.leftOpen));
        area.leftOpen = 0;
    }

    /**
     * Poisons the bytes of areas that are about to leave for free space, as far as their shadow
     * stays.
     *
     * @param areas in the order of their addresses
     * @param runs what they make up, of which each page of shadow that lies inside one is given up
     */
    void settle(List<VmapArea> areas, List<VmapArea> runs) {
        int next = 0;
        ReleaseRange going = null;
        for (VmapArea area : areas) {
            if (area.leftOpen == 0) {
                continue;
            }
            while (going == null || !runs.get(next - 1).contains(area.start)) {
                VmapArea run = runs.get(next++);
                going = ReleaseRange.inside(run.start, run.end, MEMORY_PER_SHADOW_PAGE);
            }
            settle(area, going);
        }
    }

    private void settle(VmapArea area, ReleaseRange going) {
        long open = area.leftOpen + GRANULE_MASK & ~GRANULE_MASK;
        if (going.isEmpty()) {
            kasan.poison(area.start, open);
        } else {
            poison(area.start, 0, Math.min(open, going.start() - area.start));
            poison(area.start, Math.max(0, going.end() - area.start), open);
        }
        settled(area);
    }

    private void poison(long start, long from, long to) {
        if (from < to) {
            kasan.poison(start + from, to - from);
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
