package org.jkasan.report;

import java.util.List;

/**
 * An object of a slab cache, or a block of pages that kmalloc handed out as one object.
 *
 * @param start its kernel address
 * @param cache the cache's name; null for a block of pages
 * @param objectSize bytes that the allocator set aside for it
 * @param size bytes of it that may be accessed, as the shadow says; of a freed object, all
 * @param allocated who allocated it last, or null if nobody did
 * @param freed who freed it, or null while it is live
 * @param works who created work that is about it, the last one first, at most two
 */
public record SlabRegion(
        long start,
        String cache,
        long objectSize,
        long size,
        Track allocated,
        Track freed,
        List<Track> works)
        implements Region {

    public SlabRegion {
        works = List.copyOf(works);
    }
}
