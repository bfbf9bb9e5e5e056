package org.jkasan.mm.slab;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import org.jkasan.mm.Gfp;

/**
 * A cache of objects of one size: the kernel's kmem_cache. Thread-safe.
 *
 * <p>An object is what lies at its address until it is freed. Between two objects lies a redzone,
 * and a freed object goes through the quarantine before it is used again, in a kernel with KASAN.
 * Source: mm/slub.c and mm/slab_common.c.
 */
public final class KmemCache {

    private final SlabAllocator slabs;
    private final String name;
    private final ObjectLayout layout;
    private final int flags;
    private final LongConsumer constructor;
    private final CacheStock stock;

    private final long self;

    private volatile boolean destroyed;

    KmemCache(
            SlabAllocator slabs,
            String name,
            ObjectLayout layout,
            int flags,
            LongConsumer constructor,
            long self) {
        this.slabs = slabs;
        this.name = name;
        this.layout = layout;
        this.flags = flags;
        this.constructor = constructor;
        this.self = self;
        this.stock = new CacheStock(this, slabs);
    }

    public String name() {
        return name;
    }

    /** Bytes that an object may use: kmem_cache_size. */
    public int objectSize() {
        return layout.objectSize();
    }

    /** Bytes from one object to the next, redzone and alignment among them. */
    public int stride() {
        return layout.stride();
    }

    ObjectLayout layout() {
        return layout;
    }

    CacheStock stock() {
        return stock;
    }

    LongConsumer constructor() {
        return constructor;
    }

    /**
     * The kernel address of what the kernel knows of this cache, its struct kmem_cache, which is an
     * object of a cache itself; 0 for the caches that came with the kernel.
     */
    public long self() {
        return self;
    }

    boolean isTypesafeByRcu() {
        return (flags & SlabFlags.TYPESAFE_BY_RCU) != 0;
    }

    /** Allocates as {@link #alloc(Gfp)} with GFP_KERNEL does. */
    public long alloc() {
        return alloc(Gfp.KERNEL);
    }

    /**
     * Allocates an object: kmem_cache_alloc. It holds what its constructor left, or whatever was
     * there, or zeros if these are asked for.
     *
     * @return its kernel address; 0 after a warning where RAM has no more
     * @throws IllegalStateException where the cache was destroyed
     */
    public long alloc(Gfp gfp) {
        requireLive();
        return slabs.allocate(this, gfp, layout.objectSize());
    }

    /**
     * Allocates an object as a little-endian buffer, which goes on behind it to the end of its
     * slab, for that is what the hardware allows; only KASAN knows where the object ends.
     *
     * @return a direct buffer; null after a warning where RAM has no more
     */
    public ByteBuffer allocBuffer() {
        return slabs.views().buffer(alloc());
    }

    /**
     * Allocates an object for an array of this length, all zero, which takes as much of the object
     * as it needs: {@code cache.allocArray(16, long[]::new)}.
     *
     * @return the array; null where RAM has no more, and for no elements
     * @throws IllegalArgumentException for what is no array of a primitive type, or does not fit
     */
    public <T> T allocArray(int length, IntFunction<T> constructor) {
        requireLive();
        return slabs.views().array(this, length, constructor);
    }

    /** Frees the object of a buffer; null is nothing. */
    public void free(ByteBuffer buffer) {
        if (buffer != null) {
            free(slabs.views().address(buffer));
        }
    }

    /** Frees the object of an array; null is nothing, one that has none gives a warning. */
    public void free(Object array) {
        requireLive();
        if (array instanceof Long object) {
            free(object.longValue());
        } else if (array instanceof ByteBuffer buffer) {
            free(buffer);
        } else if (array != null) {
            slabs.views().free(array);
        }
    }

    /** Frees an object of this cache: kmem_cache_free. 0 is nothing. */
    public void free(long object) {
        requireLive();
        slabs.free(this, object);
    }

    /**
     * Allocates as many objects as the array has room for, all or none: kmem_cache_alloc_bulk.
     *
     * @return how many, 0 where RAM has no more
     */
    public int allocBulk(Gfp gfp, long[] objects) {
        for (int i = 0; i < objects.length; i++) {
            objects[i] = alloc(gfp);
            if (objects[i] == 0) {
                while (--i >= 0) {
                    free(objects[i]);
                    objects[i] = 0;
                }
                return 0;
            }
        }
        return objects.length;
    }

    /** Frees all of these objects: kmem_cache_free_bulk. */
    public void freeBulk(long... objects) {
        for (long object : objects) {
            free(object);
        }
    }

    /** Gives slabs in which nothing is used back to the page allocator: kmem_cache_shrink. */
    public void shrink() {
        requireLive();
        slabs.shrink(this);
    }

    /**
     * Destroys the cache: kmem_cache_destroy. A cache that still has objects stays, with a warning.
     * The second time KASAN reports, for what the kernel knows of the cache is freed.
     */
    public void destroy() {
        slabs.gate().pass();
        if (slabs.destroy(this)) {
            destroyed = true;
        }
    }

    private void requireLive() {
        slabs.gate().pass();
        if (destroyed) {
            throw new IllegalStateException("The cache " + name + " was destroyed.");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
