package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.MEMORY_PER_SHADOW_PAGE;
import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;

import org.jkasan.check.Sanitizer;
import org.jkasan.report.AccessKind;
import org.jkasan.report.BadAccess;
import org.jkasan.report.BugType;
import org.jkasan.report.CallSite;
import org.jkasan.report.Reporter;
import org.jkasan.report.Track;
import org.jkasan.report.TrackDepot;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;

/**
 * The shadow of the module area in a kernel with KASAN and without KASAN_VMALLOC: real, and
 * allocated with each module.
 */
final class ModuleShadow implements VmallocKasan, ModuleKasan {

    /*
     *   modules  [ a         |g]      [ b       |g]            [ c |g]
     *   shadow   [ page 0 ][ page 1 ][ page 2 ]      none     [ page ]
     *
     * A module begins at a multiple of the 32 KiB that a page of shadow describes, so no two share a
     * page, and each has those that its own bytes need. Nothing is behind them: the guard page of a
     * module that fills its last 32 KiB has no shadow, nor has anything that is no module.
     *
     * At first all of a module may be accessed, what follows it in its last 32 KiB too. Whoever owns
     * bytes that may not be, such as the redzones of the module's globals, closes them. The shadow
     * goes with the module, before its pages are unmapped.
     *
     * Locking: pages come and go under this object's monitor.
     *
     * Source: kasan_alloc_module_shadow and kasan_free_module_shadow.
     */

    private final Shadow shadow;
    private final Reporter reporter;
    private final KernelWindow window;
    private final Purges purges;
    private final KernelLog log;
    private final ShadowPages pages;
    private final TrackDepot tracks;

    ModuleShadow(VmallocMachine machine, Sanitizer sanitizer, KernelWindow window) {
        this.shadow = sanitizer.shadow();
        this.reporter = sanitizer.reporter();
        this.tracks = sanitizer.tracks();
        this.window = window;
        this.purges = machine.purges();
        this.log = machine.log();
        this.pages =
                new ShadowPages(
                        machine.host(),
                        machine.ram(),
                        shadow.shadowAddress(window.hostStart()),
                        window.size() / MEMORY_PER_SHADOW_PAGE,
                        ShadowByte.ACCESSIBLE);
    }

    @Override
    public long alignment() {
        return MEMORY_PER_SHADOW_PAGE;
    }

    @Override
    public int vmFlags() {
        return VmFlags.KASAN;
    }

    @Override
    public boolean alloc(long start, long size) {
        if (tryAlloc(start, size)) {
            return true;
        }
        purges.purge();
        if (tryAlloc(start, size)) {
            return true;
        }
        long bytes = page(start + size - 1) - page(start) + 1 << PAGE_SHIFT;
        log.print("vmalloc error: size " + bytes + ", failed to allocate pages");
        return false;
    }

    private synchronized boolean tryAlloc(long start, long size) {
        return pages.populate(page(start), page(start + size - 1));
    }

    @Override
    public boolean populate(long start, long end) {
        return true;
    }

    @Override
    public void unpoison(long start, long size) {}

    @Override
    public void resize(long start, long oldSize, long size) {}

    @Override
    public void checkWrite(long addr, long size) {
        long hostAddress = window.toHost(addr);
        if (!shadow.isValid(hostAddress, size)) {
            reporter.report(new BadAccess(AccessKind.WRITE, addr, hostAddress, size));
        }
    }

    /** Frees a module's shadow with it. */
    @Override
    public synchronized void poison(long start, long size) {
        pages.release(page(start), page(start + size - 1) + 1);
    }

    @Override
    public void release(long start, long end) {}

    @Override
    public Track track(CallSite caller) {
        return tracks.here(caller);
    }

    @Override
    public void reportDoubleFree(long addr) {
        reporter.reportFree(
                BugType.DOUBLE_FREE, new BadAccess(AccessKind.FREE, addr, window.toHost(addr), 0));
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

    /** Leaves no shadow behind: the host may give these addresses to somebody else. */
    @Override
    public synchronized void close() {
        pages.release(0, pages.count());
        pages.close();
    }

    private long page(long addr) {
        return (addr - window.start()) / MEMORY_PER_SHADOW_PAGE;
    }
}
