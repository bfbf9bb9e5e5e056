package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;

import java.util.List;
import java.util.function.Consumer;

/** One area with a unit for each CPU, and what of it is allocated and mapped. No locking. */
final class PercpuChunk {

    /*
     *   unit    [ used | used | free | used | free |         |         |   ...   )
     *   mapped  <-------------- populated -------------->
     *
     * Pages are mapped where objects need them and stay until the chunk goes. An object goes to the
     * lowest place that fits, which is never behind the first page that is not mapped, so the pages
     * that are mapped are the first ones of each unit.
     */

    private final PercpuAreas areas;
    private final PercpuLayout layout;
    private final VmapArea area;
    private final PercpuMap map;

    /** How many pages of each CPU's unit are mapped. */
    private int populated;

    private PercpuChunk(PercpuAreas areas, PercpuLayout layout, VmapArea area) {
        this.areas = areas;
        this.layout = layout;
        this.area = area;
        this.map = new PercpuMap(layout.unitSize());
    }

    /** A chunk with no page: pcpu_create_chunk; null where there is no room for it. */
    static PercpuChunk create(PercpuAreas areas, PercpuLayout layout) {
        long[] offsets = {0};
        long[] sizes = {layout.size()};
        List<VmapArea> made = areas.allocate(new CongruentAreas(offsets, sizes, PercpuLayout.ATOM));
        return made == null ? null : new PercpuChunk(areas, layout, made.get(0));
    }

    /** The kernel address of the first CPU's unit. */
    long base() {
        return area.start;
    }

    PercpuMap map() {
        return map;
    }

    /** Bytes of a unit that are mapped. */
    long populated() {
        return (long) populated << PAGE_SHIFT;
    }

    /** Pages of RAM that it has. */
    long pages() {
        return (long) populated * layout.cpus();
    }

    /** Maps what is missing up to an end, in bytes: pcpu_populate_chunk; false without RAM. */
    boolean populate(int end) {
        int needed = (int) (MemoryLayout.pageAlign(end) >>> PAGE_SHIFT);
        if (needed <= populated) {
            return true;
        }
        if (!areas.map(area, layout, populated, needed - populated)) {
            return false;
        }
        populated = needed;
        return true;
    }

    /** Gives everything back, shadow by and by: pcpu_destroy_chunk. */
    void destroy() {
        areas.unmap(area, layout, 0, populated);
        areas.free(List.of(area));
    }

    /** Tells of every violation, in one sentence each. */
    void check(Consumer<String> violations) {
        map.check(violations);
        if (map.end() > populated()) {
            violations.accept("percpu chunk " + area + " has objects that are not mapped");
        }
        if (!area.isLive()) {
            violations.accept("percpu chunk " + area + " is not in use");
            return;
        }
        for (long page = 0; page < area.pages(); page++) {
            boolean expected =
                    page / layout.unitPages() < layout.cpus()
                            && page % layout.unitPages() < populated;
            if (area.vm.hasPage(page) != expected) {
                violations.accept("page " + page + " of " + area + " is mapped wrongly, or not");
            }
        }
    }
}
