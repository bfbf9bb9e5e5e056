package org.jkasan.mm;

import org.jkasan.report.CallSite;
import org.jkasan.report.Track;

/**
 * KASAN's part in the life of a vmap area. Addresses are kernel addresses; the areas that are
 * populated and given back include their guard page.
 */
interface VmallocKasan extends Reclaim.Target {

    /**
     * Makes the shadow of an area exist: kasan_populate_vmalloc. The caller owns the area.
     *
     * @return false if RAM has no pages for it; what was populated then stays until the area's
     *     windows are given back
     */
    boolean populate(long start, long end);

    /** Makes so many bytes accessible: kasan_unpoison_vmalloc. */
    void unpoison(long start, long size);

    /**
     * Makes accessible just so many bytes of an object that had another size: kasan_vrealloc. What
     * is accessible before and after stays so meanwhile.
     */
    void resize(long start, long oldSize, long size);

    /** Reports a write of so many bytes by the kernel itself, if it is not allowed. */
    void checkWrite(long addr, long size);

    /** Whether the page table may say that pages are poisoned whose shadow bytes are zero. */
    default boolean poisonsLazily() {
        return false;
    }

    /** Makes an area inaccessible, its size rounded up to 8: kasan_poison_vmalloc. */
    void poison(long start, long size);

    /**
     * Gives up the shadow of whole windows of 32 KiB in which nothing is used and, until this
     * returns, nothing can become used: kasan_release_vmalloc, after its rule was applied.
     */
    @Override
    void release(long start, long end);

    /**
     * The current task and what is to be kept of its stack, if that is recorded.
     *
     * @param caller who allocates or frees; null if that is not known without the stack
     */
    Track track(CallSite caller);

    /** The current task and stack, if they are recorded. */
    default Track track() {
        return track(null);
    }

    /** Says that a page's address was freed a second time. */
    void reportDoubleFree(long addr);

    /** Pages of RAM that the shadow has. */
    long present();

    /** Gives up everything that concerns the window. */
    void close();
}
