package org.jkasan.mm.slab;

import static org.jkasan.mm.MemoryLayout.PAGE_SHIFT;
import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

/**
 * How the objects of a cache lie in its slabs. All sizes are in bytes.
 *
 * @param objectSize what an object may use
 * @param stride from one object's start to the next one's
 * @param order a slab is a compound page of 2^order pages
 */
record ObjectLayout(int objectSize, int stride, int order) {

    /*
     *   | object | redzone | object | redzone | ... | rest |
     *   |<---- stride ---->|
     *
     * The stride is the kernel's: KASAN's own data would follow the object, 16 bytes for who
     * allocated it and, where nothing may be written into a freed object, 16 for who freed it; and
     * the redzone is never smaller than the user-space sanitizer's. Here that data is kept elsewhere,
     * where no stray write destroys it, but the distances between objects are the same.
     *
     * The order is the smallest, up to 3, at which a slab holds eight objects and wastes no more than
     * an eighth; else the one that wastes least.
     */

    /** KMALLOC_MAX_SIZE: no object is larger. */
    static final int MOST = 4 << 20;

    /** Up to each of these sizes, the redzone is twice that of the one before. */
    private static final int[] REDZONE_STEPS = {48, 96, 448, 3968, 16128, 32256, 64512};

    private static final int LEAST_REDZONE = 16;

    private static final int MIN_ALIGN = 8;
    private static final int CACHE_LINE = 64;
    private static final int META = 16;
    private static final int MOST_ORDER = 3;
    private static final int ENOUGH_OBJECTS = 8;
    private static final int WASTE = 8;

    /**
     * The layout of a cache.
     *
     * @param align a power of two, or 0 for any
     * @param metaOutside whether nothing may be written into a freed object
     */
    static ObjectLayout of(int size, int align, int flags, boolean metaOutside, boolean kasan) {
        int to = alignment(size, align, flags);
        int stride = kasan ? withRedzone(size, metaOutside) : size;
        stride = up(Math.max(stride, MIN_ALIGN), to);
        return new ObjectLayout(size, stride, order(stride));
    }

    private static int alignment(int size, int align, int flags) {
        int to = Math.max(MIN_ALIGN, align);
        if ((flags & SlabFlags.HWCACHE_ALIGN) != 0) {
            int line = CACHE_LINE;
            while (size <= line / 2) {
                line /= 2;
            }
            to = Math.max(to, line);
        }
        return to;
    }

    private static int withRedzone(int size, boolean metaOutside) {
        int meta = up(size, MIN_ALIGN) + META;
        if (metaOutside) {
            meta += META;
        } else if (size < META) {
            meta = 2 * META;
        }
        return Math.min(Math.max(meta, size + redzone(size)), MOST);
    }

    /** optimal_redzone. */
    static int redzone(int size) {
        int step = 0;
        while (step < REDZONE_STEPS.length && size > REDZONE_STEPS[step]) {
            step++;
        }
        return LEAST_REDZONE << step;
    }

    private static int order(int stride) {
        int best = orderOf(stride);
        for (int order = best; order <= MOST_ORDER; order++) {
            int bytes = PAGE_SIZE << order;
            if (bytes / stride >= ENOUGH_OBJECTS && bytes % stride <= bytes / WASTE) {
                return order;
            }
            best =
                    (long) waste(order, stride) << best < (long) waste(best, stride) << order
                            ? order
                            : best;
        }
        return best;
    }

    private static int waste(int order, int stride) {
        return (PAGE_SIZE << order) % stride;
    }

    /** get_order: the smallest order whose block holds so many bytes. */
    static int orderOf(long bytes) {
        long pages = bytes - 1 >>> PAGE_SHIFT;
        return Long.SIZE - Long.numberOfLeadingZeros(pages);
    }

    private static int up(int size, int to) {
        return size + to - 1 & -to;
    }

    /** Bytes of a slab. */
    int slabBytes() {
        return PAGE_SIZE << order;
    }

    /** Objects of a slab. */
    int objects() {
        return slabBytes() / stride;
    }
}
