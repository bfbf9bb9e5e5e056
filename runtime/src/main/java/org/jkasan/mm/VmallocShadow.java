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
     * made for the first of them and stays until the whole window is free and purged. Every byte of
     * a page that exists says inaccessible (0xF8), but for the requested bytes of live areas, and of
     * freed ones that are poisoned lazily (AreaShadow): so an allocation has nothing to poison.
     *
     * Locking: whether a page exists is decided under this object's monitor, which also keeps one
     * allocation from filling a page that another has begun to unpoison. Unpoisoning needs no lock,
     * for no two areas share a byte of shadow. Release is the caller's promise that nobody can use
     * the window meanwhile. The allocator orders unpoisoning before the address is handed out.
     *
     * Source: Linux commit 3c5c3cfb9ef4 with its fixes, and 0xF8 as it is since Linux 5.8.
     */

    /** The shadow of a window that a sanitizer watches. */
    VmallocShadow(KernelWindow window, Sanitizer sanitizer, PageAllocator ram) {
        super(window, sanitizer, ram, ShadowByte.VMALLOC_INVALID);
        shadow().poison(
                        window.hostStart() - window.moat(),
                        window.moat(),
                        ShadowByte.VMALLOC_INVALID);
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
