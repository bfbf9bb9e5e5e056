package org.jkasan.mm;

import static org.jkasan.mm.Faults.hex;
import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;
import static org.jkasan.mm.PageFrames.NO_PAGE;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jkasan.host.RawMemory;

/** Checks which pages of RAM are bound over a window against its areas. */
final class BoundCheck {

    /** Of a hole between areas that is larger, only the beginning is looked at. */
    private static final long MOST_OF_A_HOLE = 16L << 20;

    private final VmallocSpace space;
    private final PageBinder binder;
    private final PageFrames frames;
    private final Collection<VmapArea> areas;
    private final Consumer<String> violations;
    private final Set<Long> owned = new HashSet<>();

    /**
     * A check of a window.
     *
     * @param areas those in use, that wait and in pools, by their addresses
     */
    BoundCheck(
            VmallocSpace space,
            PageFrames frames,
            Collection<VmapArea> areas,
            Consumer<String> violations) {
        this.space = space;
        this.binder = space.binder();
        this.frames = frames;
        this.areas = areas;
        this.violations = violations;
    }

    /** Checks up to an address, above which nothing was ever allocated. */
    void check(long end) {
        if (!binder.isUsed()) {
            return;
        }
        long hole = space.window().start();
        for (VmapArea area : areas) {
            checkHole(hole, area.start);
            checkArea(area);
            hole = area.end;
        }
        checkHole(hole, end);
    }

    private void checkHole(long start, long end) {
        long last = start + Math.min(end - start, MOST_OF_A_HOLE);
        for (long addr = start; addr != last; addr += PAGE_SIZE) {
            boolean own = binder.pfn(addr) == NO_PAGE && !binder.isStale(addr, addr + PAGE_SIZE);
            expect(own, addr, "a page of RAM is bound where nothing is");
        }
    }

    private void checkArea(VmapArea area) {
        long bound = 0;
        for (long addr = area.start; addr != area.end; addr += PAGE_SIZE) {
            boolean mapped = space.pages().isMapped(addr);
            long pfn = binder.pfn(addr);
            boolean stale = binder.isStale(addr, addr + PAGE_SIZE);
            expect(mapped || pfn == NO_PAGE, addr, "a page of RAM is bound and not mapped");
            expect(!mapped || !stale, addr, "a page of RAM is still bound to memory in use");
            expect(!stale || area.vm != null, addr, "a page of RAM is still bound after a purge");
            if (pfn != NO_PAGE) {
                bound++;
                checkPage(area, addr, pfn);
            }
        }
        if (area.isLive() && area.vm.isMapped()) {
            long framed = area.vm.boundPages();
            expect(bound == framed, area.start, bound + " pages are bound instead of " + framed);
        }
    }

    private void checkPage(VmapArea area, long addr, long pfn) {
        expect(frames.isFrame(pfn), addr, "page " + pfn + " is not in RAM");
        long here = space.window().toHost(addr);
        long there = frames.hostAddress(pfn);
        for (int i = 0; i < PAGE_SIZE; i += Long.BYTES) {
            if (RawMemory.loadLong(here + i) != RawMemory.loadLong(there + i)) {
                expect(false, addr, "page " + pfn + " is not what is seen");
                break;
            }
        }
        if (area.isLive() && area.vm.isMapped() && !area.vm.isVmap) {
            expect(frames.isAllocated(pfn), addr, "page " + pfn + " is vmalloc's and free");
            expect(owned.add(pfn), addr, "page " + pfn + " is another area's as well");
        }
    }

    private void expect(boolean holds, long addr, String otherwise) {
        if (!holds) {
            violations.accept(otherwise + " at " + hex(addr));
        }
    }
}
