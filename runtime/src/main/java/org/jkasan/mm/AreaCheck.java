package org.jkasan.mm;

import static org.jkasan.mm.Faults.hex;
import static org.jkasan.mm.MemoryLayout.MEMORY_PER_SHADOW_PAGE;
import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;
import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import java.util.NavigableMap;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.jkasan.host.HostMemory;
import org.jkasan.shadow.ShadowByte;

/** Checks pages and shadow of a window against the areas that are in use or wait for a purge. */
final class AreaCheck {

    private static final long GRANULE = 8;

    /**
     * What is looked at byte by byte or not at all: what a few pages of the page table describe.
     */
    private static final long CHUNK = 16L << 20;

    private final HostMemory host;
    private final KernelWindow window;
    private final long end;
    private final NavigableMap<Long, VmapArea> areas;
    private final LongPredicate ownShadow;
    private final Consumer<String> violations;

    /**
     * A check up to an address.
     *
     * @param end above it nothing was ever allocated
     * @param areas those in use, that wait and in pools, by their start, unsigned
     * @param ownShadow whether an address is in an object whose owner writes its shadow
     */
    AreaCheck(
            HostMemory host,
            KernelWindow window,
            long end,
            NavigableMap<Long, VmapArea> areas,
            LongPredicate ownShadow,
            Consumer<String> violations) {
        this.host = host;
        this.window = window;
        this.end = end;
        this.areas = areas;
        this.ownShadow = ownShadow;
        this.violations = violations;
    }

    /** Checks all that was ever allocated, however large the holes in it are. */
    void check(PageTable pages, VmallocKasan kasan) {
        VmallocShadow shadow = kasan instanceof VmallocShadow real ? real : null;
        long size = end - window.start();
        long present = check(0, size + CHUNK - 1 & -CHUNK, pages, shadow);
        if (shadow != null && present != shadow.present()) {
            violations.accept(
                    present + " pages of shadow exist, but " + shadow.present() + " are counted");
        }
    }

    /** Checks by halves, those in which no area is nor ever was left out; the pages of shadow. */
    private long check(long from, long to, PageTable pages, VmallocShadow shadow) {
        if (from >= end - window.start() || !isOfInterest(from, to, pages)) {
            return 0;
        }
        if (to - from <= CHUNK) {
            long last = Math.min(to, end - window.start());
            checkPages(from, last, pages, shadow);
            return shadow == null ? 0 : checkShadow(from, last, shadow);
        }
        long middle = from + (to - from >>> 1) + CHUNK - 1 & -CHUNK;
        return check(from, middle, pages, shadow) + check(middle, to, pages, shadow);
    }

    private boolean isOfInterest(long from, long to, PageTable pages) {
        long bytes = Math.min(to, window.size()) - from;
        return isTouched(from, to) || pages.isInUse(host, window.start() + from, bytes);
    }

    /** A page is present if and only if it is a data page of a live area. */
    private void checkPages(long from, long to, PageTable pages, VmallocShadow shadow) {
        for (long offset = from; offset < to; offset += PAGE_SIZE) {
            VmapArea area = at(offset);
            boolean expected =
                    area != null
                            && area.isBacked()
                            && area.vm.hasPage(window.start() + offset - area.start >>> PAGE_SHIFT);
            long addr = window.start() + offset;
            expect(pages.isMapped(addr) == expected, offset, "page is mapped");
            checkPoison(addr, area, expected, pages, shadow);
            boolean array = area != null && area.isBacked() && area.vm.front() != 0;
            expect(!array || area.bytewise, offset, "array is left to the page table");
            int order = expected ? area.vm.pageOrder() : 0;
            expect(pages.order(addr) == order, offset, "page is part of a huge one");
        }
    }

    /**
     * A page that is not present is poisoned where shadow exists, if nobody wants its bytes to say
     * so; free space that was exposed once may be poisoned either way.
     */
    private void checkPoison(
            long addr, VmapArea area, boolean present, PageTable pages, VmallocShadow shadow) {
        boolean poisoned = pages.isPoisoned(addr - window.start() >>> PAGE_SHIFT);
        boolean may = !present && shadow != null && shadow.isPopulated(addr);
        boolean bytewise = area != null && area.bytewise;
        if (poisoned || area != null) {
            expect(poisoned == (may && !bytewise), addr - window.start(), "page is poisoned");
        }
    }

    /**
     * A page of shadow exists if and only if an area touches its window, and may where that area
     * was abandoned; it says what they say.
     */
    private long checkShadow(long from, long to, VmallocShadow shadow) {
        long present = 0;
        for (long offset = from; offset < to; offset += MEMORY_PER_SHADOW_PAGE) {
            boolean populated = shadow.isPopulated(window.start() + offset);
            boolean expected =
                    populated
                            ? isTouched(offset, offset + MEMORY_PER_SHADOW_PAGE)
                            : needsShadow(offset, offset + MEMORY_PER_SHADOW_PAGE);
            expect(populated == expected, offset, "shadow exists");
            present += populated ? 1 : 0;
            checkBytes(shadow, offset, populated);
            expect(
                    shadow.hasSoundSummary(window.start() + offset),
                    offset,
                    "shadow is summed up as zero");
        }
        return present;
    }

    private void checkBytes(VmallocShadow shadow, long from, boolean populated) {
        long to = from + MEMORY_PER_SHADOW_PAGE;
        for (long offset = from; offset < to; offset += GRANULE) {
            byte expected = populated ? expectedByte(offset) : 0;
            byte actual = shadow.shadowOf(window.start() + offset);
            byte written = shadow.byteOf(window.start() + offset);
            expect(actual == written || written == 0, offset, "byte of a poisoned page is written");
            if (actual != expected && !hasOwnShadow(offset)) {
                violations.accept(
                        "shadow of "
                                + hex(window.start() + offset)
                                + " is "
                                + actual
                                + " instead of "
                                + expected);
            }
        }
    }

    private boolean hasOwnShadow(long offset) {
        VmapArea area = at(offset);
        return area != null
                && area.isBacked()
                && offset - (area.start - window.start()) < area.vm.requestedSize()
                && ownShadow.test(window.start() + offset);
    }

    private byte expectedByte(long offset) {
        VmapArea area = at(offset);
        if (area == null || !area.isBacked()) {
            return ShadowByte.VMALLOC_INVALID;
        }
        long left = area.vm.accessible(offset - (area.start - window.start()));
        if (left <= 0) {
            return ShadowByte.VMALLOC_INVALID;
        }
        return left >= GRANULE ? 0 : (byte) left;
    }

    private VmapArea at(long offset) {
        var entry = areas.floorEntry(window.start() + offset);
        VmapArea area = entry == null ? null : entry.getValue();
        return area != null && area.contains(window.start() + offset) ? area : null;
    }

    private boolean needsShadow(long from, long to) {
        return needsShadow(at(from))
                || areas.subMap(window.start() + from, window.start() + to).values().stream()
                        .anyMatch(AreaCheck::needsShadow);
    }

    private static boolean needsShadow(VmapArea area) {
        return area != null && (area.vm == null || !area.vm.abandoned);
    }

    private boolean isTouched(long from, long to) {
        return at(from) != null
                || !areas.subMap(window.start() + from, window.start() + to).isEmpty();
    }

    private void expect(boolean holds, long offset, String what) {
        if (!holds) {
            violations.accept(
                    what + " wrongly, or wrongly not, at " + hex(window.start() + offset));
        }
    }
}
