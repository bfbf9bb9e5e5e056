package org.jkasan.mm;

import org.jkasan.check.Sanitizer;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;

/** The real shadow behind vmalloc space: pages of it exist where an area needs them. */
final class VmallocShadow extends RealShadow {

    /*
     *   areas    [ a  |g][ b |g]   [   c            |g]
     *   shadow   [   page 0    ][   page 1    ][   page 2    ]
     *
     * A page of shadow describes a window of 32 KiB and is shared by all areas that touch it. It is
     * made for the first of them and stays until the whole window is free and purged. In the kernel
     * it is filled with 0xF8 then. Here the page table says so of the window's eight pages, and the
     * bytes stay zero (AreaShadow): what they have to say differs from that only in few places, so
     * the host need not give memory for most pages of shadow.
     *
     * Locking: whether a page exists is decided under this object's monitor, which also keeps one
     * allocation from beginning a page that another one uses. Who owns an area needs no lock for
     * its pages and its bytes. Release is the caller's promise that nobody can use the window
     * meanwhile. The allocator orders unpoisoning before the address is handed out.
     *
     * Source: Linux commit 3c5c3cfb9ef4 with its fixes, and 0xF8 as it is since Linux 5.8.
     */

    private final PageTable table;

    /** The shadow of a window that a sanitizer watches. */
    VmallocShadow(KernelWindow window, PageTable table, Sanitizer sanitizer, PageAllocator ram) {
        super(window, sanitizer, ram);
        this.table = table;
        shadow().poison(
                        window.hostStart() - window.moat(),
                        window.moat(),
                        ShadowByte.VMALLOC_INVALID);
    }

    @Override
    void begin(long start) {
        table.unmapPoisoned(start, MemoryLayout.MEMORY_PER_SHADOW_PAGE >>> MemoryLayout.PAGE_SHIFT);
    }

    @Override
    void end(long start, long size) {
        table.unmap(start, size >>> MemoryLayout.PAGE_SHIFT);
    }

    @Override
    public boolean populate(long start, long end) {
        return make(start, end);
    }

    @Override
    public boolean poisonsLazily() {
        return true;
    }

    @Override
    public void unpoison(long start, long size) {
        shadow().unpoison(window().toHost(start), size);
    }

    @Override
    public void resize(long start, long oldSize, long size) {
        long object = window().toHost(start);
        if (size > oldSize) {
            long whole = oldSize & -Shadow.GRANULE_SIZE;
            shadow().unpoison(object + whole, size - whole);
        } else {
            shadow().poisonLastGranule(object, size);
            long end = roundUp(size);
            shadow().poison(object + end, roundUp(oldSize) - end, ShadowByte.VMALLOC_INVALID);
        }
    }

    @Override
    public void poison(long start, long size) {
        shadow().poison(window().toHost(start), roundUp(size), ShadowByte.VMALLOC_INVALID);
    }

    private static long roundUp(long size) {
        return size + Shadow.GRANULE_SIZE - 1 & -Shadow.GRANULE_SIZE;
    }

    @Override
    public void release(long start, long end) {
        giveUp(start, end);
    }
}
