package org.jkasan.mm.slab;

import java.util.ArrayList;
import java.util.List;
import org.jkasan.mm.InUse;
import org.jkasan.mm.MemoryLayout;

/** The objects of a kernel's slab allocator that their callers have. */
public final class ObjectsInUse {

    private ObjectsInUse() {}

    /** The live objects, while nothing else happens; those in a mempool's reserve are not. */
    public static List<InUse> objects(SlabMemory memory) {
        List<InUse> found = new ArrayList<>();
        memory.allocator().table().forEach(slab -> objects(slab, found));
        memory.large()
                .forEach(
                        (start, large) ->
                                found.add(
                                        new InUse(
                                                "object", start, large.size(), large.allocated())));
        return found;
    }

    private static void objects(Slab slab, List<InUse> found) {
        for (int i = 0; i < slab.objects(); i++) {
            if (slab.state(i) == Slab.LIVE) {
                String kind = "object of " + slab.cache.name();
                int size = slab.cache.objectSize();
                found.add(new InUse(kind, slab.address(i), size, slab.allocated(i)));
            }
        }
    }

    /** Pages of RAM that are slabs or large objects. */
    public static long pages(SlabMemory memory) {
        long[] pages = new long[1];
        memory.allocator().table().forEach(slab -> pages[0] += 1L << slab.cache.layout().order());
        memory.large()
                .forEach((start, large) -> pages[0] += large.blockBytes() / MemoryLayout.PAGE_SIZE);
        return pages[0];
    }
}
