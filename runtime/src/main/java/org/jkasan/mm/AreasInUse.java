package org.jkasan.mm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/** What of a kernel's memory its callers have and the slab allocator has not. */
public final class AreasInUse {

    private AreasInUse() {}

    /**
     * The areas in use, while nothing else happens, but for percpu chunks, which are nobody's.
     *
     * @param notCounted whether an area that begins at an address is somebody's who counts it
     */
    public static List<InUse> areas(MemoryManager mm, LongPredicate notCounted) {
        List<InUse> found = new ArrayList<>();
        for (VmallocSpace space : mm.spaces().all()) {
            space.areas()
                    .forEach(
                            area -> {
                                if (isCallers(area) && !notCounted.test(area.start)) {
                                    VmStruct vm = area.vm;
                                    found.add(
                                            new InUse(
                                                    vm.isVmap ? "mapping" : "area",
                                                    area.object(),
                                                    vm.requestedSize(),
                                                    vm.allocated));
                                }
                            });
        }
        return found;
    }

    /** Pages of RAM, by their frames, that no area owns; those of slabs among them. */
    public static long pages(MemoryManager mm) {
        long[] pages = {mm.frames().check(violation -> {})};
        for (VmallocSpace space : mm.spaces().all()) {
            space.areas()
                    .forEach(
                            area -> {
                                if (isCallers(area) && area.vm.ownsFrames()) {
                                    pages[0] -= area.vm.boundPages();
                                }
                            });
        }
        return pages[0];
    }

    private static boolean isCallers(VmapArea area) {
        return area.isLive() && !(area.vm instanceof PercpuVm);
    }
}
