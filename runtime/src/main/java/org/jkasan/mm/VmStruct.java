package org.jkasan.mm;

import java.lang.ref.WeakReference;
import org.jkasan.report.Track;
import org.jkasan.report.VmallocRegion;

/** What an area is used for: the kernel's vm_struct. The lock of the areas guards what changes. */
final class VmStruct {

    /** Bytes that the caller asked for. */
    final long requestedSize;

    /** Its {@link VmFlags}. */
    final int flags;

    /** Pages of the area, the guard page not among them. */
    final long pages;

    /** The array whose area this is, or null if the area has data pages of its own. */
    final WeakReference<Object> array;

    /** Who allocated it, or null without KASAN. */
    final Track allocated;

    /** Who freed it, or null while it is live or without KASAN. */
    Track freed;

    /** Whether it is still in use: set back once, by whoever frees it. */
    boolean live = true;

    /** Whether RAM had no pages for its shadow, so that it was never used. */
    boolean abandoned;

    VmStruct(long requestedSize, int flags, Object array, Track allocated) {
        this.requestedSize = requestedSize;
        this.flags = flags;
        this.pages = MemoryLayout.pageAlign(requestedSize) >>> MemoryLayout.PAGE_SHIFT;
        this.array = array == null ? null : new WeakReference<>(array);
        this.allocated = allocated;
    }

    /** Whether the area has data pages, as all have but those of arrays. */
    boolean isMapped() {
        return array == null;
    }

    /** Bytes of the area, the guard page not among them: get_vm_area_size. */
    long bytes() {
        return pages << MemoryLayout.PAGE_SHIFT;
    }

    VmallocRegion region(long start) {
        return new VmallocRegion(start, requestedSize, pages, allocated, freed);
    }
}
