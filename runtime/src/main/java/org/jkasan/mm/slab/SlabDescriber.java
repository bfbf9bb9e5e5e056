package org.jkasan.mm.slab;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jkasan.mm.MemoryLayout;
import org.jkasan.mm.PageFrames;
import org.jkasan.report.AddressDescriber;
import org.jkasan.report.AddressInfo;
import org.jkasan.report.SlabRegion;
import org.jkasan.report.Track;
import org.jkasan.shadow.Shadow;

/** What a report can say of an address in a slab or in a large object. It waits for no lock. */
final class SlabDescriber implements AddressDescriber {

    private final SlabAllocator slabs;
    private final LargeObjects large;
    private final Shadow shadow;
    private final long delta;

    SlabDescriber(SlabAllocator slabs, LargeObjects large, Shadow shadow, long delta) {
        this.slabs = slabs;
        this.large = large;
        this.shadow = shadow;
        this.delta = delta;
    }

    /** The object that holds the address, or behind which it lies; of large ones freed ones too. */
    @Override
    public AddressInfo describe(long hostAddress) {
        long addr = hostAddress + delta;
        Slab slab = slabs.table().find(addr);
        SlabRegion region = slab == null ? largeRegion(addr) : region(slab, slab.nearest(addr));
        return region == null ? null : new AddressInfo(delta, region);
    }

    private SlabRegion region(Slab slab, int index) {
        int objectSize = slab.cache.objectSize();
        long start = slab.address(index);
        long size = accessible(start, objectSize);
        return new SlabRegion(
                start,
                slab.cache.name(),
                objectSize,
                size == 0 ? objectSize : size,
                slab.allocated(index),
                slab.freed(index),
                works(slab, index));
    }

    private static List<Track> works(Slab slab, int index) {
        return Stream.of(slab.created(index, 0), slab.created(index, 1))
                .filter(Objects::nonNull)
                .toList();
    }

    /** kasan_get_alloc_size: bytes from the start on that are accessible. */
    private long accessible(long start, int objectSize) {
        int size = 0;
        while (size < objectSize) {
            byte granule = shadow.load(start - delta + size);
            if (granule != 0) {
                return granule > 0 ? size + granule : size;
            }
            size += Shadow.GRANULE_SIZE;
        }
        return objectSize;
    }

    private SlabRegion largeRegion(long addr) {
        PageFrames frames = slabs.frames();
        long pfn = frames.pfn(addr);
        if (pfn == PageFrames.NO_PAGE) {
            return null;
        }
        long head = frames.head(pfn);
        long start = frames.address(head);
        LargeObjects.Large live = large.live(start);
        if (live != null) {
            return region(start, live);
        }
        return frames.isAllocated(head) ? null : freedRegion(addr);
    }

    private static SlabRegion region(long start, LargeObjects.Large object) {
        return new SlabRegion(
                start,
                null,
                object.blockBytes(),
                object.size(),
                object.allocated(),
                object.freed(),
                List.of());
    }

    private SlabRegion freedRegion(long addr) {
        for (int order = 1; order <= PageFrames.MAX_ORDER; order++) {
            long blockBytes = (long) MemoryLayout.PAGE_SIZE << order;
            long start = addr & -blockBytes;
            LargeObjects.Large freed = large.freed(start);
            if (freed != null && addr - start < freed.blockBytes()) {
                return region(start, freed);
            }
        }
        return null;
    }
}
