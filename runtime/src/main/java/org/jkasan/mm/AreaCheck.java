package org.jkasan.mm;

import static org.jkasan.mm.Faults.hex;
import static org.jkasan.mm.MemoryLayout.MEMORY_PER_SHADOW_PAGE;
import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;
import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import java.util.NavigableMap;
import java.util.function.Consumer;
import org.jkasan.shadow.ShadowByte;

/** Checks pages and shadow of a window against the areas that are in use or wait for a purge. */
final class AreaCheck {

    private static final long GRANULE = 8;

    private final KernelWindow window;
    private final long end;
    private final NavigableMap<Long, VmapArea> areas;
    private final Consumer<String> violations;

    /**
     * A check up to an address.
     *
     * @param end above it nothing was ever allocated
     * @param areas those in use and those that wait, by their start, unsigned
     */
    AreaCheck(
            KernelWindow window,
            long end,
            NavigableMap<Long, VmapArea> areas,
            Consumer<String> violations) {
        this.window = window;
        this.end = end;
        this.areas = areas;
        this.violations = violations;
    }

    /** A page is present if and only if it is a data page of a live area. */
    void checkPages(PageTable pages) {
        for (long offset = 0; offset < end - window.start(); offset += PAGE_SIZE) {
            VmapArea area = at(offset);
            boolean expected =
                    area != null
                            && area.vm.live
                            && area.vm.isMapped()
                            && offset - (area.start - window.start()) < area.vm.pages << PAGE_SHIFT;
            expect(pages.isMapped(window.start() + offset) == expected, offset, "page is mapped");
        }
    }

    /** A page of shadow exists if and only if an area touches its window; it says what they say. */
    void checkShadow(VmallocShadow shadow) {
        long present = 0;
        for (long offset = 0; offset < end - window.start(); offset += MEMORY_PER_SHADOW_PAGE) {
            boolean populated = shadow.isPopulated(window.start() + offset);
            boolean touched = isTouched(offset, offset + MEMORY_PER_SHADOW_PAGE);
            expect(populated == touched, offset, "shadow exists");
            present += populated ? 1 : 0;
            checkBytes(shadow, offset, populated);
        }
        if (present != shadow.present()) {
            violations.accept(
                    present + " pages of shadow exist, but " + shadow.present() + " are counted");
        }
    }

    private void checkBytes(VmallocShadow shadow, long from, boolean populated) {
        long to = from + MEMORY_PER_SHADOW_PAGE;
        for (long offset = from; offset < to; offset += GRANULE) {
            byte expected = populated ? expectedByte(offset) : 0;
            byte actual = shadow.shadowOf(window.start() + offset);
            if (actual != expected) {
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

    private byte expectedByte(long offset) {
        VmapArea area = at(offset);
        if (area == null || !area.vm.live) {
            return ShadowByte.VMALLOC_INVALID;
        }
        long left = area.vm.requestedSize - (offset - (area.start - window.start()));
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
