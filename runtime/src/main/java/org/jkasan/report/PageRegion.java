package org.jkasan.report;

import java.util.Optional;

/**
 * A page of RAM, as far as the model has what the kernel tells of one. It has no users' page tables
 * and no page cache, so there is no mapcount, mapping or index; and no struct page whose words
 * could be printed.
 *
 * @param pfn its page frame number
 * @param refcount 1 for the first page of an allocated block and all of a compound page, else 0
 * @param order of the block that it is in: 2^order pages
 * @param compound whether that block is a compound page
 * @param zone the number of its zone: 1 for DMA32, 2 for NORMAL
 * @param use what its block is used for, as far as the page tells
 * @param owner who allocated and freed it, where that is kept
 */
public record PageRegion(
        long pfn,
        int refcount,
        int order,
        boolean compound,
        int zone,
        Use use,
        Optional<PageOwner> owner)
        implements Region {

    /** What a page says of its use: the kernel's page types, of those that exist here. */
    public enum Use {
        /** Nothing. */
        UNTYPED,
        /** The first page of a free block. */
        BUDDY,
        /** A page of a slab. */
        SLAB
    }
}
