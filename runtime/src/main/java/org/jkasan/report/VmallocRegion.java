package org.jkasan.report;

/**
 * A vmap area as a report describes it.
 *
 * @param start first kernel address of the object
 * @param requestedSize bytes that the caller asked for; the rest of the last page is redzone
 * @param pages mapped pages, the guard pages not among them
 * @param allocated who allocated it
 * @param freed who freed it, or null while it is live
 */
public record VmallocRegion(
        long start, long requestedSize, long pages, Track allocated, Track freed)
        implements Region {

    private static final long PAGE_SIZE = 0x1000;

    /** Whether an address lies in the area's mapped pages. */
    boolean maps(long address) {
        return Long.compareUnsigned(address - start, pages * PAGE_SIZE) < 0;
    }

    /** Whether an address lies in the mapped pages or where a guard page may be on either side. */
    boolean holdsOrGuards(long address) {
        return Long.compareUnsigned(address - start + PAGE_SIZE, (pages + 2) * PAGE_SIZE) < 0;
    }
}
