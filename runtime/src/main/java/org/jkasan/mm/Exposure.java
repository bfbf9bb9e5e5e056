package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.MEMORY_PER_SHADOW_PAGE;

import org.jkasan.host.HostMemory;
import org.jkasan.host.RawMemory;

/**
 * Where in a window code was ever handed host addresses: those of a buffer, or of an array's area.
 * They may be used long after the object was freed and its addresses were handed out again, so what
 * was marked once stays marked. A byte for each 32 KiB, in reserved host memory. Thread-safe: marks
 * are only ever made, and before the host addresses are handed out.
 */
final class Exposure {

    private static final byte EXPOSED = 1;

    private final KernelWindow window;
    private final long bytes;
    private final long marks;

    /** No mark so far. */
    Exposure(HostMemory host, KernelWindow window) {
        this.window = window;
        long page = host.pageSize();
        this.bytes = window.size() / MEMORY_PER_SHADOW_PAGE + page & -page;
        this.marks = host.reserve(bytes, page, "the marks of exposed memory");
    }

    void mark(long start, long end) {
        RawMemory.fill(mark(start), mark(end - 1) + 1 - mark(start), EXPOSED);
    }

    /** Whether some of a range is marked. */
    boolean isMarked(long start, long end) {
        for (long at = mark(start); at <= mark(end - 1); at++) {
            if (RawMemory.loadByte(at) == EXPOSED) {
                return true;
            }
        }
        return false;
    }

    private long mark(long addr) {
        return marks + (addr - window.start()) / MEMORY_PER_SHADOW_PAGE;
    }

    void release(HostMemory host) {
        host.release(marks, bytes);
    }
}
