package org.jkasan.host;

/**
 * Memory of the host without an address: it can be mapped in several places, and what is written in
 * one of them is read in the others. It reads as zero at first and is committed on first touch.
 */
public interface MemoryFile extends AutoCloseable {

    /**
     * Maps a part of the file over a reserved range, in the place of whatever is mapped there. The
     * range is released with its reservation.
     *
     * @param offset in bytes, a multiple of the host's page size
     * @throws HostMemoryException where the host refuses
     */
    void map(long offset, long address, long bytes);

    /** Gives the file up; its memory lasts as long as it is mapped. */
    @Override
    void close();
}
