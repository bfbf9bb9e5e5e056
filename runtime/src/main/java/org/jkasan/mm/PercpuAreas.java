package org.jkasan.mm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jkasan.report.Track;

/**
 * The areas of percpu chunks: from the top of vmalloc space downwards, without guard pages, and
 * accessible from end to end, mapped or not. Thread-safe, but for the pages of one area.
 */
final class PercpuAreas {

    /*
     *   allocate -> all carved, under the free tree's lock -> each given shadow -> put into the trees
     *        -> unpoisoned -> published
     *   free     -> each ended, poisoned, and left to the purge as any area is
     *
     * Where RAM has no page for the shadow of one, all go straight back to the free tree, together with
     * the shadow that the others got: the purge's rule decides, with the free block that each was
     * merged into, so a page of shadow that a neighbour needs stays and no other does. No area is
     * seen by anybody before all have their shadow.
     *
     * Source: pcpu_get_vm_areas and pcpu_free_vm_areas, with "kasan: don't assume percpu shadow
     * allocations will succeed" of Linux 5.5.
     */

    private static final Comparator<VmapArea> BY_START =
            (a, b) -> Long.compareUnsigned(a.start, b.start);

    private final VmallocSpace space;
    private final PageAllocator ram;
    private final KernelLog log;

    PercpuAreas(VmallocSpace space, PageAllocator ram, KernelLog log) {
        this.space = space;
        this.ram = ram;
        this.log = log;
    }

    /**
     * Allocates all of the areas or none: pcpu_get_vm_areas.
     *
     * @return the areas in the order in which they were asked for, none of them mapped; null where
     *     even a purge makes no room
     */
    List<VmapArea> allocate(CongruentAreas wanted) {
        KernelWindow window = space.window();
        if (Long.compareUnsigned(window.size(), wanted.end()) < 0) {
            log.warn(
                    "percpu: areas that reach over "
                            + wanted.end()
                            + " bytes cannot be in vmalloc space of "
                            + window.size());
            return null;
        }
        List<VmapArea> carved = space.free().allocate(wanted, window.start(), window.end());
        if (carved == null) {
            space.purge().purge();
            carved = space.free().allocate(wanted, window.start(), window.end());
        }
        if (carved == null || !populateOrGiveBack(carved)) {
            return null;
        }
        carved.forEach(this::publish);
        return carved;
    }

    private boolean populateOrGiveBack(List<VmapArea> areas) {
        if (populate(areas)) {
            return true;
        }
        space.purge().purge();
        if (populate(areas)) {
            return true;
        }
        List<VmapArea> unused = new ArrayList<>(areas);
        unused.sort(BY_START);
        space.purge().giveBack(unused);
        return false;
    }

    /** Shadow for all areas; where one has none, what others got stays with them. */
    private boolean populate(List<VmapArea> areas) {
        for (VmapArea area : areas) {
            if (!space.kasan().populate(area.start, area.end)) {
                return false;
            }
        }
        return true;
    }

    private void publish(VmapArea area) {
        VmallocKasan kasan = space.kasan();
        space.areas().insert(area);
        space.shadow().handOver(area);
        kasan.unpoison(area.start, area.size());
        area.vm = new PercpuVm(this, area.size(), kasan.track());
    }

    /**
     * Frees areas that were allocated here, none of whose pages is mapped any more:
     * pcpu_free_vm_areas.
     *
     * @throws IllegalStateException where the kernel has a BUG: one is not in use, or still mapped
     */
    void free(List<VmapArea> areas) {
        areas.forEach(this::requireFreeable);
        boolean full = false;
        Track freed = space.kasan().track();
        for (VmapArea area : areas) {
            area.vm.end(freed);
            space.kasan().poison(area.start, area.size());
            full |= space.areas().retire(area);
        }
        if (full) {
            space.purge().relieve();
        }
    }

    private void requireFreeable(VmapArea area) {
        if (!area.isLive() || area.vm.ownPages() != 0) {
            throw new IllegalStateException(
                    "percpu bug: " + area + " is not in use any more, or still has pages");
        }
    }

    /**
     * Maps the same pages of every unit of an area.
     *
     * @param page the first of them, counted from the start of a unit
     * @return false where RAM has not as many; then none is mapped
     */
    boolean map(VmapArea area, PercpuLayout layout, int page, int count) {
        long taken = (long) count * layout.cpus();
        if (!ram.take(taken)) {
            space.purge().purge();
            if (!ram.take(taken)) {
                return false;
            }
        }
        PercpuVm vm = (PercpuVm) area.vm;
        for (int cpu = 0; cpu < layout.cpus(); cpu++) {
            int first = cpu * layout.unitPages() + page;
            space.pages().map(area.start + ((long) first << MemoryLayout.PAGE_SHIFT), count);
            vm.map(first, count);
        }
        return true;
    }

    /** Unmaps the same pages of every unit of an area, which are mapped. */
    void unmap(VmapArea area, PercpuLayout layout, int page, int count) {
        PercpuVm vm = (PercpuVm) area.vm;
        for (int cpu = 0; cpu < layout.cpus(); cpu++) {
            int first = cpu * layout.unitPages() + page;
            space.pages().unmap(area.start + ((long) first << MemoryLayout.PAGE_SHIFT), count);
            vm.unmap(first, count);
        }
        ram.give((long) count * layout.cpus());
    }

    /** How many are in use, while nothing else happens. */
    int inUse() {
        int[] count = new int[1];
        space.areas()
                .forEach(
                        area -> {
                            boolean mine =
                                    area.vm instanceof PercpuVm vm
                                            && vm.isLive()
                                            && vm.isOfPercpu(this);
                            count[0] += mine ? 1 : 0;
                        });
        return count[0];
    }
}
