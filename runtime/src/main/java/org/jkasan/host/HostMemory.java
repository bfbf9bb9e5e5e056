package org.jkasan.host;

import java.nio.ByteBuffer;

/**
 * The host's virtual memory: reservations, their residency, and giving memory back. Cold paths
 * only; loads and stores go through {@link RawMemory}. Addresses and lengths are in bytes and
 * multiples of {@link #pageSize()}.
 */
public interface HostMemory {

    /** The host's page size in bytes, a power of two of at least 4096. */
    int pageSize();

    /**
     * Reserves readable and writable address space that reads as zero and that the host commits on
     * first touch.
     *
     * @param bytes length, a positive multiple of the page size
     * @param alignment alignment of the start, a power of two of at least the page size
     * @param purpose what the space is for, as named in an error: "the shadow"
     * @return the first address
     * @throws HostMemoryException in one clear sentence where the platform or a limit refuses
     */
    long reserve(long bytes, long alignment, String purpose);

    /** Ends a reservation, or a part of one. */
    void release(long address, long bytes);

    /** Gives the memory behind a range back to the host; the range then reads as zero. */
    void discard(long address, long bytes);

    /**
     * Puts fresh memory in the place of whatever is mapped in a range of a reservation: it reads as
     * zero and is committed on first touch. A file that was mapped there keeps its memory.
     *
     * @throws HostMemoryException where the host refuses: mostly because the process has as many
     *     mappings as it may have, of which this can need two more while it lasts
     */
    void reset(long address, long bytes);

    /**
     * Makes a file of memory.
     *
     * @param bytes length, a positive multiple of the page size
     * @param purpose what it is for, as named in an error: "RAM"
     * @throws HostMemoryException in one clear sentence where the platform or a limit refuses
     */
    MemoryFile file(long bytes, String purpose);

    /** The number of host pages in the range that are resident at this moment. */
    long residentPages(long address, long bytes);

    /** A direct buffer over [address, address + capacity) in native byte order; it owns nothing. */
    ByteBuffer buffer(long address, int capacity);
}
