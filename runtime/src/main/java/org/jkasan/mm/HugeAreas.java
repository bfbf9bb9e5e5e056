package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.HUGE_ORDER;
import static org.jkasan.mm.MemoryLayout.HUGE_SIZE;
import static org.jkasan.mm.PageFrames.NO_PAGE;

import org.jkasan.host.HostMemoryException;

/** Allocates areas, of huge pages where those are allowed and to be had. */
final class HugeAreas {

    /*
     *   requested     [ 2 MiB            | 5 bytes           ]
     *   mapped        [ huge page        | huge page         |g]     at a multiple of 2 MiB
     *   accessible    [ 2 MiB            | 5 b]
     *
     * A huge page is one block of RAM of order 9, at once and not only when somebody asks for its
     * frame: so each page of it is the first one's frame and an offset. The block is split, since the
     * pages are freed one by one.
     *
     * Whatever fails, for want of a block, of a range at such an alignment, of shadow or of the
     * host's mappings: without a word small pages are taken instead. A host with larger pages than
     * the model's cannot bind frames, so it has small ones only.
     *
     * Source: __vmalloc_node_range and VM_ALLOW_HUGE_VMAP of Linux 5.13 and later.
     */

    private static final long NONE = AreaAllocator.NONE;

    private final boolean enabled;
    private final AreaAllocator allocator;
    private final AreaFrames areaFrames;
    private final PageFrames frames;

    /**
     * Areas that one allocator makes.
     *
     * @param enabled false for nohugevmalloc
     */
    HugeAreas(boolean enabled, AreaAllocator allocator, AreaFrames areaFrames, PageFrames frames) {
        this.enabled = enabled;
        this.allocator = allocator;
        this.areaFrames = areaFrames;
        this.frames = frames;
    }

    /**
     * Allocates an area with data pages for a request that was admitted.
     *
     * @return its kernel address, or {@link AreaAllocator#NONE} after a warning
     */
    long allocate(VmallocRequest request) {
        long start = mayBeHuge(request) ? allocateHuge(request) : NONE;
        return start == NONE ? allocator.allocate(request) : start;
    }

    private boolean mayBeHuge(VmallocRequest request) {
        return enabled
                && (request.vmFlags() & VmFlags.ALLOW_HUGE_VMAP) != 0
                && request.size() >= HUGE_SIZE
                && areaFrames.bindsSinglePages();
    }

    private long allocateHuge(VmallocRequest request) {
        VmallocRequest whole = request.ofHugePages();
        long[] pfns = alloc(whole);
        if (pfns == null) {
            return NONE;
        }
        VmStruct vm =
                VmStruct.ofHugePages(whole, request.size(), allocator.track(request.caller()));
        long start = allocator.map(whole, pfns, vm);
        if (start == NONE) {
            areaFrames.free(pfns, pfns.length);
        }
        return start;
    }

    /** The frames of all pages; null where RAM has no such blocks. */
    private long[] alloc(VmallocRequest whole) {
        long[] pfns = new long[Math.toIntExact(whole.size() >>> MemoryLayout.PAGE_SHIFT)];
        for (int page = 0; page < pfns.length; page += 1 << HUGE_ORDER) {
            long first = block(whole.gfp());
            if (first == NO_PAGE) {
                areaFrames.free(pfns, page);
                return null;
            }
            for (int i = 0; i < 1 << HUGE_ORDER; i++) {
                pfns[page + i] = first + i;
            }
        }
        return pfns;
    }

    private long block(Gfp gfp) {
        try {
            long first = frames.alloc(gfp, HUGE_ORDER);
            if (first != NO_PAGE) {
                frames.split(first);
            }
            return first;
        } catch (HostMemoryException e) {
            return NO_PAGE; // whoever cannot do without says why
        }
    }
}
