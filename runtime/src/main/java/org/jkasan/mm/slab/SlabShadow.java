package org.jkasan.mm.slab;

import org.jkasan.check.Sanitizer;
import org.jkasan.report.AccessKind;
import org.jkasan.report.BadAccess;
import org.jkasan.report.BugType;
import org.jkasan.report.Reporter;
import org.jkasan.report.Track;
import org.jkasan.report.TrackDepot;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;

/** The shadow of slabs, in the direct map. Source: mm/kasan/common.c and generic.c. */
final class SlabShadow implements SlabKasan {

    private final Shadow shadow;
    private final Reporter reporter;
    private final long delta;
    private final TrackDepot tracks;

    /** The shadow of a direct map whose kernel addresses are so much above its host addresses. */
    SlabShadow(Sanitizer sanitizer, long delta) {
        this.shadow = sanitizer.shadow();
        this.reporter = sanitizer.reporter();
        this.tracks = sanitizer.tracks();
        this.delta = delta;
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public void poisonSlab(long start, long bytes) {
        shadow.poison(start - delta, up(bytes), ShadowByte.SLAB_REDZONE);
    }

    @Override
    public void unpoison(long object, long size) {
        shadow.unpoison(object - delta, size);
    }

    @Override
    public void redzone(long object, long size, long objectSize) {
        redzone(object, size, objectSize, ShadowByte.SLAB_REDZONE);
    }

    @Override
    public void largeRedzone(long start, long size, long blockBytes) {
        redzone(start, size, blockBytes, ShadowByte.PAGE_REDZONE);
    }

    private void redzone(long start, long size, long all, byte value) {
        long accessible = up(size);
        shadow.unpoison(start - delta, size);
        shadow.poison(start - delta + accessible, up(all) - accessible, value);
    }

    @Override
    public void poisonFreed(long object, long objectSize) {
        shadow.poison(object - delta, up(objectSize), ShadowByte.SLAB_FREE);
        shadow.poison(object - delta, Shadow.GRANULE_SIZE, ShadowByte.SLAB_FREE_META);
    }

    @Override
    public void poisonPages(long start, long bytes) {
        shadow.poison(start - delta, bytes, ShadowByte.PAGE_FREE);
    }

    @Override
    public boolean isAccessible(long addr) {
        return shadow.load(addr - delta) >= 0;
    }

    @Override
    public boolean checkByte(long addr) {
        if (isAccessible(addr)) {
            return true;
        }
        reporter.report(new BadAccess(AccessKind.READ, addr, addr - delta, 1));
        return false;
    }

    @Override
    public void reportDoubleFree(long addr) {
        reportFree(BugType.DOUBLE_FREE, addr);
    }

    @Override
    public void reportInvalidFree(long addr) {
        reportFree(BugType.INVALID_FREE, addr);
    }

    private void reportFree(BugType type, long addr) {
        reporter.reportFree(type, new BadAccess(AccessKind.FREE, addr, addr - delta, 0));
    }

    @Override
    public Track track() {
        return tracks.here(null);
    }

    private static long up(long size) {
        return size + Shadow.GRANULE_SIZE - 1 & -Shadow.GRANULE_SIZE;
    }
}
