package org.jkasan.host.jna;

/** The system calls that {@link JnaHostMemory} makes, so that a test can refuse one. */
interface MemoryCalls {

    /** What {@link #map} answers where the system refuses: MAP_FAILED. */
    long FAILED = -1;

    /** mmap of anonymous memory. */
    long map(long address, long length, int protection, int flags);

    /** mmap of a file. */
    long mapFile(long address, long length, int protection, int flags, int descriptor, long offset);

    /** memfd_create: a descriptor or -1. */
    int memoryFile(String name);

    /** open of a file that is there: a descriptor or -1. */
    int openFile(String path);

    /** ftruncate: 0 or -1. */
    int truncateFile(int descriptor, long length);

    /** close: 0 or -1. */
    int closeFile(int descriptor);

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
