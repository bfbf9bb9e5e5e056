package org.jkasan.mm.slab;

import org.jkasan.report.Track;

/** A kernel without KASAN: everything is accessible and nobody is watched. */
final class NoSlabKasan implements SlabKasan {

    @Override
    public boolean isOn() {
        return false;
    }

    @Override
    public void poisonSlab(long start, long bytes) {}

    @Override
    public void unpoison(long object, long size) {}

    @Override
    public void redzone(long object, long size, long objectSize) {}

    @Override
    public void largeRedzone(long start, long size, long blockBytes) {}

    @Override
    public void poisonFreed(long object, long objectSize) {}

    @Override
    public void poisonPages(long start, long bytes) {}

    @Override
    public boolean isAccessible(long addr) {
        return true;
    }

    @Override
    public boolean checkByte(long addr) {
        return true;
    }

    @Override
    public void reportDoubleFree(long addr) {}

    @Override
    public void reportInvalidFree(long addr) {}

    @Override
    public Track track() {
        return null;
    }
}
