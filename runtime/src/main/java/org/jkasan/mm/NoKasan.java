package org.jkasan.mm;

import org.jkasan.report.Track;

/** A kernel that was built without KASAN. */
final class NoKasan implements VmallocKasan {

    @Override
    public void populate(long start, long end) {}

    @Override
    public void unpoison(long start, long size) {}

    @Override
    public void poison(long start, long size) {}

    @Override
    public void release(long start, long end) {}

    @Override
    public Track track() {
        return null;
    }

    @Override
    public void reportDoubleFree(long addr) {}

    @Override
    public void close() {}
}
