package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.MEMORY_PER_SHADOW_PAGE;

import org.jkasan.check.Sanitizer;
import org.jkasan.host.HostMemory;
import org.jkasan.report.AccessKind;
import org.jkasan.report.BadAccess;
import org.jkasan.report.BugType;
import org.jkasan.report.CallSite;
import org.jkasan.report.Reporter;
import org.jkasan.report.Track;
import org.jkasan.report.TrackDepot;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;

/** The real shadow behind vmalloc space: pages of it exist where an area needs them. */
final class VmallocShadow implements VmallocKasan {

    /*
     *   areas    [ a  |g][ b |g]   [   c            |g]
     *   shadow   [   page 0    ][   page 1    ][   page 2    ]
     *
     * A page of shadow describes a window of 32 KiB and is shared by all areas that touch it. It is
     * made for the first of them and stays until the whole window is free and purged. Every byte of
     * a page that exists says inaccessible (0xF8), but for the requested bytes of live areas: so an
     * allocation has nothing to poison, and a free poisons what the allocation opened.
     *
     * Locking: whether a page exists is decided under this object's monitor, which also keeps one
     * allocation from filling a page that another has begun to unpoison. Unpoisoning needs no lock,
     * for no two areas share a byte of shadow. Release is the caller's promise that nobody can use
     * the window meanwhile. The allocator orders unpoisoning before the address is handed out.
     *
     * Source: Linux commit 3c5c3cfb9ef4 with its fixes, and 0xF8 as it is since Linux 5.8.
     */

    /** So that nobody waits long for the monitor. */
    private static final long PAGES_AT_A_TIME = 512;

    private final Shadow shadow;
    private final Reporter reporter;
    private final HostMemory host;
    private final KernelWindow window;
    private final ShadowPages pages;
    private final TrackDepot tracks;

    /** The shadow of a window that a sanitizer watches. */
    VmallocShadow(KernelWindow window, Sanitizer sanitizer, PageAllocator ram) {
        this.shadow = sanitizer.shadow();
        this.reporter = sanitizer.reporter();
        this.host = sanitizer.host();
        this.tracks = sanitizer.tracks();
        this.window = window;
        this.pages =
                new ShadowPages(
                        host,
                        ram,
                        shadow.shadowAddress(window.hostStart()),
                        window.size() / MEMORY_PER_SHADOW_PAGE,
                        ShadowByte.VMALLOC_INVALID);
        shadow.poison(
                window.hostStart() - window.moat(), window.moat(), ShadowByte.VMALLOC_INVALID);
    }

    @Override
    public boolean populate(long start, long end) {
        long last = page(end - 1);
        for (long page = page(start); page <= last; page += PAGES_AT_A_TIME) {
            synchronized (this) {
                if (!pages.populate(page, Math.min(page + PAGES_AT_A_TIME - 1, last))) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public void unpoison(long start, long size) {
        shadow.unpoison(window.toHost(start), size);
    }

    @Override
    public void resize(long start, long oldSize, long size) {
        long object = window.toHost(start);
        if (size > oldSize) {
            long whole = oldSize & -Shadow.GRANULE_SIZE;
            shadow.unpoison(object + whole, size - whole);
        } else {
            shadow.poisonLastGranule(object, size);
            long end = roundUp(size);
            shadow.poison(object + end, roundUp(oldSize) - end, ShadowByte.VMALLOC_INVALID);
        }
    }

    @Override
    public void checkWrite(long addr, long size) {
        long hostAddress = window.toHost(addr);
        if (!shadow.isValid(hostAddress, size)) {
            reporter.report(new BadAccess(AccessKind.WRITE, addr, hostAddress, size));
        }
    }

    @Override
    public void poison(long start, long size) {
        shadow.poison(window.toHost(start), roundUp(size), ShadowByte.VMALLOC_INVALID);
    }

    private static long roundUp(long size) {
        return size + Shadow.GRANULE_SIZE - 1 & -Shadow.GRANULE_SIZE;
    }

    @Override
    public void release(long start, long end) {
        synchronized (this) {
            pages.release(page(start), page(end));
        }
    }

    @Override
    public Track track(CallSite caller) {
        return tracks.here(caller);
    }

    @Override
    public void reportDoubleFree(long addr) {
        reporter.reportFree(
                BugType.DOUBLE_FREE, new BadAccess(AccessKind.FREE, addr, window.toHost(addr), 0));
    }

    /** Leaves no shadow behind: the host may give these addresses to somebody else. */
    @Override
    public void close() {
        long first = shadow.shadowAddress(window.hostStart() - window.moat());
        long end = shadow.shadowAddress(window.hostStart() + window.reserved());
        host.discard(first, end - first);
        pages.close();
    }

    @Override
    public synchronized long present() {
        return pages.present();
    }

    synchronized boolean isPopulated(long addr) {
        return pages.isPresent(page(addr));
    }

    byte shadowOf(long addr) {
        return shadow.load(window.toHost(addr));
    }

    private long page(long addr) {
        return (addr - window.start()) / MEMORY_PER_SHADOW_PAGE;
    }
}
