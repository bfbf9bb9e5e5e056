package org.jkasan.mm.slab;

import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import org.jkasan.mm.Gfp;
import org.jkasan.mm.PageFrames;

/** Where the elements of a mempool come from, and what KASAN does to one in the reserve. */
interface MempoolSource {

    /** Its address; 0 where there is none. */
    long alloc(Gfp gfp);

    void free(long element);

    /** Makes an element inaccessible; false after a report that it cannot be an element. */
    boolean poison(SlabAllocator slabs, long element);

    /** Makes an element accessible again. */
    void unpoison(SlabAllocator slabs, long element);

    /** Objects of a cache. */
    static MempoolSource of(KmemCache cache) {
        return new MempoolSource() {
            @Override
            public long alloc(Gfp gfp) {
                return cache.alloc(gfp);
            }

            @Override
            public void free(long element) {
                cache.free(element);
            }

            @Override
            public boolean poison(SlabAllocator slabs, long element) {
                return putAside(slabs, element);
            }

            @Override
            public void unpoison(SlabAllocator slabs, long element) {
                slabs.takeBack(element, cache.objectSize());
            }
        };
    }

    /** Objects of one size from kmalloc. */
    static MempoolSource of(Kmalloc kmalloc, int size) {
        if (size < 1 || size > Kmalloc.MAX_SIZE) {
            throw new IllegalArgumentException(
                    "Elements of "
                            + size
                            + " bytes: a kmalloc pool has objects of 1 to "
                            + Kmalloc.MAX_SIZE
                            + ".");
        }
        boolean large = size > SizeClasses.LARGEST;
        return new MempoolSource() {
            @Override
            public long alloc(Gfp gfp) {
                return kmalloc.kmalloc(size, gfp);
            }

            @Override
            public void free(long element) {
                kmalloc.kfree(element);
            }

            @Override
            public boolean poison(SlabAllocator slabs, long element) {
                return large ? kmalloc.putAside(element) : putAside(slabs, element);
            }

            @Override
            public void unpoison(SlabAllocator slabs, long element) {
                if (large) {
                    kmalloc.takeBack(element, size);
                } else {
                    slabs.takeBack(element, size);
                }
            }
        };
    }

    private static boolean putAside(SlabAllocator slabs, long element) {
        Slab slab = slabs.table().find(element);
        if (slab == null) {
            slabs.kasan().reportInvalidFree(element);
            return false;
        }
        return slabs.putAside(slab, element);
    }

    /** Blocks of pages. */
    static MempoolSource of(PageFrames frames, int order) {
        return new MempoolSource() {
            @Override
            public long alloc(Gfp gfp) {
                long pfn = frames.alloc(gfp, order);
                return pfn == PageFrames.NO_PAGE ? 0 : frames.address(pfn);
            }

            @Override
            public void free(long element) {
                frames.free(frames.pfn(element), order);
            }

            @Override
            public boolean poison(SlabAllocator slabs, long element) {
                if (!slabs.kasan().isAccessible(element)) {
                    slabs.kasan().reportDoubleFree(element);
                    return false;
                }
                slabs.kasan().poisonPages(element, (long) PAGE_SIZE << order);
                return true;
            }

            @Override
            public void unpoison(SlabAllocator slabs, long element) {
                slabs.kasan().unpoison(element, (long) PAGE_SIZE << order);
            }
        };
    }
}
