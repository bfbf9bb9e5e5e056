package org.jkasan.mm.slab;

import org.jkasan.report.Track;

/**
 * KASAN's part in the life of slab objects and of large kmalloc; addresses are kernel addresses.
 */
interface SlabKasan {

    /** Whether freed objects go through the quarantine. */
    boolean isOn();

    /**
     * Makes a new slab, or an object of it as a constructor left it, inaccessible:
     * kasan_poison_slab, kasan_poison_new_object.
     */
    void poisonSlab(long start, long bytes);

    /** Makes an object accessible: kasan_unpoison_new_object. */
    void unpoison(long object, long size);

    /**
     * Leaves the first bytes of an object accessible, perhaps all: kasan_slab_alloc, kasan_kmalloc.
     */
    void redzone(long object, long size, long objectSize);

    /** The same for a block of pages: kasan_kmalloc_large. */
    void largeRedzone(long start, long size, long blockBytes);

    /** Makes a freed object inaccessible: kasan_slab_free. */
    void poisonFreed(long object, long objectSize);

    /** Makes pages inaccessible as the page allocator does: kasan_mempool_poison_pages. */
    void poisonPages(long start, long bytes);

    /** Whether an address is accessible at all: kasan_byte_accessible. */
    boolean isAccessible(long addr);

    /** Checks a byte, with a report where it is inaccessible: kasan_check_byte. */
    boolean checkByte(long addr);

    /** Says that a freed object was freed. */
    void reportDoubleFree(long addr);

    /** Says that something was freed that is no object. */
    void reportInvalidFree(long addr);

    /** The current task and stack, or null without KASAN. */
    Track track();
}
