package org.jkasan.mm;

import org.jkasan.report.CallSite;
import org.jkasan.report.Track;

/**
 * Vmalloc space without KASAN: in a kernel that was built without it, and in one with {@code
 * kasan.vmalloc=off}, where all of the space has the one early shadow page, which reads as
 * accessible and is never written.
 */
final class NoKasan implements VmallocKasan {

    @Override
    public boolean populate(long start, long end) {
        return true;
    }

    @Override
    public void unpoison(long start, long size) {}

    @Override
    public void resize(long start, long oldSize, long size) {}

    @Override
    public void checkWrite(long addr, long size) {}

    @Override
    public void poison(long start, long size) {}

    @Override
    public void release(long start, long end) {}

    @Override
    public Track track(CallSite caller) {
        return null;
    }

    @Override
    public void reportDoubleFree(long addr) {}

    @Override
    public long present() {
        return 0;
    }

    @Override
    public void close() {}
}
