package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;
import static org.jkasan.mm.PageFrames.NO_PAGE;

import java.util.Arrays;
import org.jkasan.host.HostMemoryException;
import org.jkasan.host.RawMemory;

/**
 * The page frames behind areas: those that a caller maps, and those that vmalloc's own pages get.
 */
final class AreaFrames {

    /*
     *   vmap            the caller's frames, bound
     *   vmalloc         no frames: its pages are counted in RAM and live at their addresses
     *   vmalloc_user,   frames from the start, bound: others will map the pages, or a device
     *   vmalloc_32,     will use them
     *   DMA_COHERENT
     *
     * Asked for the frame of a page that has none, all pages of its area get one: they are counted
     * already, so there is one for each; the data is copied and the frames are bound over it. That is
     * done once in the life of an area, while its use is pinned, so that nobody frees it. What another
     * task stores between copy and binding is lost: nothing on the host keeps it from storing without
     * stopping it for good. What it reads is right at every moment. Where the host refuses half way,
     * the pages moved so far stay so, and the next who asks goes on.
     */

    private static final int BOUND_AT_ONCE = VmFlags.USERMAP | VmFlags.DMA_COHERENT;

    private final KernelWindow window;
    private final PageTable pages;
    private final VmapAreas areas;
    private final PageBinder binder;
    private final PageFrames frames;
    private final PageAllocator ram;

    AreaFrames(
            KernelWindow window,
            PageTable pages,
            VmapAreas areas,
            PageBinder binder,
            PageFrames frames,
            PageAllocator ram) {
        this.window = window;
        this.pages = pages;
        this.areas = areas;
        this.binder = binder;
        this.frames = frames;
        this.ram = ram;
    }

    /** Whether what is asked of vmalloc has frames from the start. */
    boolean areWanted(VmallocRequest request) {
        boolean wanted = (request.vmFlags() & BOUND_AT_ONCE) != 0 || request.gfp().dma32();
        return wanted && binder.bindsSinglePages();
    }

    /** Whether the host can bind a page of RAM over an address. */
    boolean bindsSinglePages() {
        return binder.bindsSinglePages();
    }

    /** Allocates so many, in ascending order; null where RAM has not as many. */
    long[] alloc(long count, Gfp gfp) {
        long[] pfns = new long[Math.toIntExact(count)];
        for (int i = 0; i < pfns.length; i++) {
            pfns[i] = frames.alloc(gfp.silent(), 0);
            if (pfns[i] == NO_PAGE) {
                free(pfns, i);
                return null;
            }
        }
        Arrays.sort(pfns); // neighbours take one mapping of the host
        return pfns;
    }

    /** Frees the first so many. */
    void free(long[] pfns, int count) {
        for (int i = 0; i < count; i++) {
            frames.free(pfns[i]);
        }
    }

    /**
     * Binds frames over an area that nobody knows yet.
     *
     * @throws HostMemoryException where the host refuses; then the area must not be used
     */
    void bind(VmapArea area, long[] pfns) {
        binder.bind(area.start, pfns, 0, pfns.length);
    }

    /** The frame of the page that holds an address; NO_PAGE where none is mapped. */
    long pfn(long addr) {
        if (!window.contains(addr) || !pages.isMapped(addr)) {
            return NO_PAGE;
        }
        long pfn = binder.pfn(addr);
        return pfn == NO_PAGE ? moved(addr) : pfn;
    }

    private long moved(long addr) {
        VmapArea area = areas.liveArea(addr, null);
        VmStruct vm = area == null ? null : area.vm;
        if (vm == null || !vm.isMapped() || !vm.pin()) {
            return NO_PAGE;
        }
        try {
            move(area.start, vm);
            return binder.pfn(addr);
        } finally {
            vm.unpin();
        }
    }

    /** Gives every page that has none a frame. */
    private void move(long start, VmStruct vm) {
        binder.prepare();
        long[] pfns = adopt(vm.ownPages());
        int used = 0;
        try {
            long page = 0;
            while (used < pfns.length) {
                long addr = start + (page << PAGE_SHIFT);
                int run = unbound(addr, neighbours(pfns, used));
                if (run > 0) {
                    moveRun(addr, pfns[used], run);
                    vm.frame(run);
                }
                used += run;
                page += Math.max(run, 1);
            }
        } finally {
            for (int i = used; i < pfns.length; i++) {
                frames.disown(pfns[i]);
            }
        }
    }

    private long[] adopt(long count) {
        long[] pfns = new long[Math.toIntExact(count)];
        for (int i = 0; i < pfns.length; i++) {
            pfns[i] = frames.adopt();
        }
        Arrays.sort(pfns);
        return pfns;
    }

    private static int neighbours(long[] pfns, int from) {
        int count = 1;
        while (from + count < pfns.length && pfns[from + count] == pfns[from] + count) {
            count++;
        }
        return count;
    }

    /** How many pages from an address on have no frame, up to so many. */
    private int unbound(long addr, int most) {
        int count = 0;
        while (count < most && binder.pfn(addr + ((long) count << PAGE_SHIFT)) == NO_PAGE) {
            count++;
        }
        return count;
    }

    private void moveRun(long addr, long pfn, int count) {
        long bytes = (long) count << PAGE_SHIFT;
        RawMemory.copy(window.toHost(addr), frames.hostAddress(pfn), bytes);
        binder.bindOver(addr, pfn, count);
    }

    /**
     * Lets go of the pages of an area whose use has ended.
     *
     * @param put whether its frames are freed, or are somebody else's from now on
     * @return whether so much waits for a purge that the host's mappings may run out
     */
    boolean release(VmapArea area, boolean put) {
        VmStruct vm = area.vm;
        long own = vm.ownPages();
        long[] pfns = new long[Math.toIntExact(put ? vm.pages - own : 0)];
        if (put) {
            collect(area, pfns);
        }
        binder.unbind(area.start, vm.pages);
        free(pfns, pfns.length);
        ram.give(own);
        return binder.wantsPurge();
    }

    private void collect(VmapArea area, long[] pfns) {
        int found = 0;
        for (long addr = area.start; found < pfns.length; addr += MemoryLayout.PAGE_SIZE) {
            long pfn = binder.pfn(addr);
            if (pfn != NO_PAGE) {
                pfns[found++] = pfn;
            }
        }
    }
}
