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

/**
 * Shadow behind a window of areas, of which pages exist where they are needed. Whether one exists
 * is decided under this object's monitor.
 */
abstract class RealShadow implements VmallocKasan {

    /** So that nobody waits long for the monitor. */
    private static final long PAGES_AT_A_TIME = 512;

    private final Shadow shadow;
    private final Reporter reporter;
    private final HostMemory host;
    private final TrackDepot tracks;
    private final KernelWindow window;
    private final ShadowPages pages;

    /** No page so far. */
    RealShadow(KernelWindow window, Sanitizer sanitizer, PageAllocator ram) {
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
                        page -> begin(window.start() + page * MEMORY_PER_SHADOW_PAGE));
    }

    /** Shadow for the 32 KiB from an address on, all of it zero, is about to exist. */
    void begin(long start) {}

    /** Shadow of a range, a multiple of as much, is about to cease to exist. */
    void end(long start, long size) {}

    final Shadow shadow() {
        return shadow;
    }

    final KernelWindow window() {
        return window;
    }

    /** Makes the shadow of a range exist; false, with some of it, where RAM has no more pages. */
    final boolean make(long start, long end) {
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

    /**
     * Gives up every page of shadow that describes some of a range. Nobody else is concerned with
     * those, so the call of the host needs no monitor, unless its pages reach beyond.
     */
    final void giveUp(long start, long end) {
        long first = page(start);
        long last = page(end - 1) + 1;
        end(
                window.start() + first * MEMORY_PER_SHADOW_PAGE,
                (last - first) * MEMORY_PER_SHADOW_PAGE);
        if (pages.areTheHosts()) {
            long gone;
            synchronized (this) {
                gone = pages.forget(first, last);
            }
            pages.discard(first, last, gone);
        } else {
            synchronized (this) {
                pages.release(first, last);
            }
        }
    }

    @Override
    public final void checkWrite(long addr, long size) {
        long hostAddress = window.toHost(addr);
        if (!shadow.isAccessible(hostAddress, size)) {
            reporter.report(new BadAccess(AccessKind.WRITE, addr, hostAddress, size));
        }
    }

    @Override
    public final Track track(CallSite caller) {
        return tracks.here(caller);
    }

    @Override
    public final void reportDoubleFree(long addr) {
        reporter.reportFree(
                BugType.DOUBLE_FREE, new BadAccess(AccessKind.FREE, addr, window.toHost(addr), 0));
    }

    /** Leaves no shadow behind: the host may give these addresses to somebody else. */
    @Override
    public final void close() {
        long first = shadow.shadowAddress(window.hostStart() - window.moat());
        long end = shadow.shadowAddress(window.hostStart() + window.reserved());
        host.discard(first, end - first);
        pages.close();
    }

    @Override
    public final synchronized long present() {
        return pages.present();
    }

    final synchronized boolean isPopulated(long addr) {
        return pages.isPresent(page(addr));
    }

    /** What the shadow says in effect. */
    final byte shadowOf(long addr) {
        return shadow.effective(window.toHost(addr));
    }

    /** What the shadow byte says, even if it is overruled. */
    final byte byteOf(long addr) {
        return shadow.load(window.toHost(addr));
    }

    /** Whether the shadow's summary holds of what a page of it describes. */
    final boolean hasSoundSummary(long addr) {
        return shadow.hasSoundSummary(window.toHost(addr), MEMORY_PER_SHADOW_PAGE);
    }

    private long page(long addr) {
        return (addr - window.start()) / MEMORY_PER_SHADOW_PAGE;
    }
}
