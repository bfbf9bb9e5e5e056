package org.jkasan.host.jna;

/** The system calls that {@link JnaHostMemory} makes, so that a test can refuse one. */
interface MemoryCalls {

    /** What {@link #map} answers where the system refuses: MAP_FAILED. */
    long FAILED = -1;

    /** mmap of anonymous memory. */
    long map(long address, long length, int protection, int flags);

    /** munmap: 0 or -1. */
    int unmap(long address, long length);

    /** madvise: 0 or -1. */
    int advise(long address, long length, int advice);

    /** mincore: 0 or -1; bit 0 of each byte tells whether that page is resident. */
    int inCore(long address, long length, byte[] pages);

    /** getpagesize. */
    int pageSize();

    /** errno of this thread's last call that failed. */
    int lastError();
}
