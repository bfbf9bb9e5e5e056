package org.jkasan.mm.slab;

import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import java.nio.ByteBuffer;
import java.util.function.IntFunction;
import org.jkasan.host.RawMemory;
import org.jkasan.mm.Gfp;
import org.jkasan.mm.PageFrames;

/**
 * Physically contiguous kernel memory of any size up to 4 MiB: the kmalloc family. Thread-safe.
 *
 * <p>Sizes up to 8 KiB are objects of a cache for the next size class, larger ones blocks of pages.
 * Failure is the kernel's: 0, and a line in its log. Source: mm/slab_common.c and mm/slub.c.
 */
public final class Kmalloc {

    /** ZERO_SIZE_PTR: what an allocation of no bytes answers. It may be freed, not accessed. */
    public static final long ZERO_SIZE_PTR = 16;

    /** KMALLOC_MAX_SIZE: nothing larger can be had. */
    public static final long MAX_SIZE = ObjectLayout.MOST;

    private final SlabAllocator slabs;
    private final KmemCache[] caches;
    private final LargeObjects large;
    private final SlabViews views;

    Kmalloc(SlabAllocator slabs, KmemCache[] caches, LargeObjects large, SlabViews views) {
        this.slabs = slabs;
        this.caches = caches;
        this.large = large;
        this.views = views;
    }

    /** Allocates as {@link #kmalloc(long, Gfp)} with GFP_KERNEL does. */
    public long kmalloc(long size) {
        return kmalloc(size, Gfp.KERNEL);
    }

    /**
     * Allocates memory that holds whatever was there.
     *
     * @param size bytes, unsigned
     * @return its kernel address in the direct map; {@link #ZERO_SIZE_PTR} for no bytes; 0 on
     *     failure
     */
    public long kmalloc(long size, Gfp gfp) {
        if (size == 0) {
            return ZERO_SIZE_PTR;
        }
        if (Long.compareUnsigned(size, SizeClasses.LARGEST) > 0) {
            return large(size, gfp);
        }
        return slabs.allocate(caches[SizeClasses.of((int) size)], gfp, (int) size);
    }

    /** Allocates as {@link #kmalloc(long)} does from the memory of NUMA node 0, the only one. */
    public long kmallocNode(long size, int node) {
        if (node == 0) {
            return kmalloc(size);
        }
        slabs.gate().pass();
        slabs.log().warn("kmalloc: there is no memory on node " + node);
        return 0;
    }

    /** Allocates as {@link #kmalloc(long)} does, and sets the memory to zero. */
    public long kzalloc(long size) {
        return kmalloc(size, Gfp.KERNEL.zeroed());
    }

    /** Allocates n times as many bytes; 0 where that is more than 64 bits can say. */
    public long kmallocArray(long n, long size) {
        return overflows(n, size) ? 0 : kmalloc(n * size);
    }

    /** Allocates as {@link #kmallocArray} does, and sets the memory to zero. */
    public long kcalloc(long n, long size) {
        return overflows(n, size) ? 0 : kzalloc(n * size);
    }

    /** check_mul_overflow. */
    private static boolean overflows(long n, long size) {
        return n != 0 && Long.compareUnsigned(size, Long.divideUnsigned(-1, n)) > 0;
    }

    private long large(long size, Gfp gfp) {
        if (Long.compareUnsigned(size, MAX_SIZE) > 0) {
            slabs.log().warn("kmalloc: size " + Long.toUnsignedString(size) + ", more than 4 MiB");
            return 0;
        }
        slabs.gate().pass();
        if (gfp.mayBlock()) {
            slabs.quarantine().reduce();
        }
        int order = ObjectLayout.orderOf(size);
        long pfn = slabs.frames().allocCompound(gfp, order);
        if (pfn == PageFrames.NO_PAGE) {
            return 0;
        }
        long addr = slabs.frames().address(pfn);
        long block = (long) PAGE_SIZE << order;
        large.put(addr, size, block, slabs.kasan().track());
        slabs.kasan().largeRedzone(addr, size, block);
        return addr;
    }

    /** Frees what kmalloc or a cache allocated; 0 and ZERO_SIZE_PTR are nothing. */
    public void kfree(long addr) {
        if (Long.compareUnsigned(addr, ZERO_SIZE_PTR) <= 0) {
            return;
        }
        slabs.gate().pass();
        Slab slab = slabs.table().find(addr);
        if (slab != null) {
            slabs.free(slab, addr, null);
        } else {
            freeLarge(addr);
        }
    }

    /** free_large_kmalloc. What lies in the reserve of a mempool is live, but freed already. */
    private void freeLarge(long addr) {
        PageFrames frames = slabs.frames();
        long pfn = frames.pfn(addr);
        long head = pfn == PageFrames.NO_PAGE ? pfn : frames.head(pfn);
        long start = head == PageFrames.NO_PAGE ? addr : frames.address(head);
        if (large.live(start) != null && start != addr) {
            slabs.kasan().reportInvalidFree(addr);
        } else if (pfn != PageFrames.NO_PAGE && !slabs.kasan().isAccessible(addr)) {
            slabs.kasan().reportDoubleFree(addr);
        } else if (large.end(addr, slabs.kasan().track()) != null) {
            frames.free(head);
        } else if (pfn != PageFrames.NO_PAGE && !slabs.kasan().isAccessible(addr)) {
            slabs.kasan().reportDoubleFree(addr); // somebody else has freed it meanwhile
        } else {
            slabs.log().warn("object pointer: 0x" + Long.toHexString(addr));
        }
    }

    /** Makes a live block inaccessible, but does not free it; false after a report on it. */
    boolean putAside(long addr) {
        PageFrames frames = slabs.frames();
        long pfn = frames.pfn(addr);
        long start = pfn == PageFrames.NO_PAGE ? addr : frames.address(frames.head(pfn));
        LargeObjects.Large block = large.live(start);
        if (block == null || start != addr) {
            slabs.kasan().reportInvalidFree(addr);
            return false;
        }
        if (!slabs.kasan().isAccessible(addr)) {
            slabs.kasan().reportDoubleFree(addr);
            return false;
        }
        slabs.kasan().poisonPages(addr, block.blockBytes());
        return true;
    }

    /** Makes a block that was put aside accessible again, so many bytes of it. */
    void takeBack(long addr, long size) {
        long block = large.live(addr).blockBytes();
        slabs.kasan().largeRedzone(addr, size, block);
        large.put(addr, size, block, slabs.kasan().track());
    }

    /**
     * Bytes that the allocator set aside for an object: ksize. Those behind what was asked for stay
     * inaccessible all the same. KASAN reports a freed object, and the answer is 0 then.
     */
    public long ksize(long addr) {
        slabs.gate().pass();
        if (Long.compareUnsigned(addr, ZERO_SIZE_PTR) <= 0 || !slabs.kasan().checkByte(addr)) {
            return 0;
        }
        return bucket(addr);
    }

    private long bucket(long addr) {
        Slab slab = slabs.table().find(addr);
        if (slab != null) {
            return slab.cache.objectSize();
        }
        LargeObjects.Large block = large.live(addr);
        return block == null ? 0 : block.blockBytes();
    }

    /** Resizes as {@link #krealloc(long, long, Gfp)} with GFP_KERNEL does. */
    public long krealloc(long addr, long size) {
        return krealloc(addr, size, Gfp.KERNEL);
    }

    /**
     * Changes the size of an object, in place where the allocator had set enough aside, else by
     * moving it. No address is an allocation, no size a free. KASAN reports a freed object.
     *
     * @return its address; 0 on failure, and then the object is as it was
     */
    public long krealloc(long addr, long size, Gfp gfp) {
        if (size == 0) {
            kfree(addr);
            return ZERO_SIZE_PTR;
        }
        if (Long.compareUnsigned(addr, ZERO_SIZE_PTR) <= 0) {
            return kmalloc(size, gfp);
        }
        slabs.gate().pass();
        if (!slabs.kasan().checkByte(addr)) {
            return 0;
        }
        long bucket = bucket(addr);
        if (Long.compareUnsigned(size, bucket) <= 0) {
            resize(addr, size);
            return addr;
        }
        long moved = kmalloc(size, gfp);
        if (moved != 0) {
            RawMemory.copy(slabs.toHost(addr), slabs.toHost(moved), bucket);
            kfree(addr);
        }
        return moved;
    }

    private void resize(long addr, long size) {
        Slab slab = slabs.table().find(addr);
        if (slab != null) {
            slabs.kasan().redzone(addr, size, slab.cache.objectSize());
            slabs.note(addr);
        } else {
            takeBack(addr, size);
        }
    }

    /**
     * Sets an object with all that was set aside for it to zero and frees it: kfree_sensitive. Of
     * an object that is freed already KASAN makes two reports, for the look at it and for the free.
     */
    public void kfreeSensitive(long addr) {
        long bytes = ksize(addr);
        if (bytes != 0) {
            slabs.kasan().unpoison(addr, bytes);
            RawMemory.fill(slabs.toHost(addr), bytes, (byte) 0);
        }
        kfree(addr);
    }

    /**
     * Allocates as {@link #kmalloc(long)} does. The buffer is little endian and goes on behind the
     * object to the end of its slab, for that is what the hardware allows; only KASAN knows where
     * the object ends. It may not be used after the kernel is closed.
     *
     * @return a direct buffer, or null on failure and for no bytes
     */
    public ByteBuffer kmallocBuffer(long size) {
        long addr = kmalloc(size);
        if (Long.compareUnsigned(addr, ZERO_SIZE_PTR) <= 0) {
            return null;
        }
        LargeObjects.Large block = large.live(addr);
        return block == null ? views.buffer(addr) : views.buffer(addr, addr + block.blockBytes());
    }

    /**
     * Allocates an object for an array of up to 8 KiB: {@code kmalloc.array(16, int[]::new)}. The
     * array's elements are zero, and it has exactly that length.
     *
     * @return the array; null on failure and for no bytes
     * @throws IllegalArgumentException for what is no array of a primitive type, or a larger one
     */
    public <T> T array(int length, IntFunction<T> constructor) {
        long bytes = Math.max(1, SlabViews.bytes(constructor.apply(0), length));
        if (bytes > SizeClasses.LARGEST) {
            throw new IllegalArgumentException(
                    "An array of "
                            + bytes
                            + " bytes is more than the largest kmalloc cache has, 8192: use"
                            + " vmalloc.");
        }
        return views.array(caches[SizeClasses.of((int) bytes)], length, constructor);
    }

    /** Frees what {@link #kmallocBuffer} allocated; null is nothing. */
    public void kfree(ByteBuffer buffer) {
        if (buffer != null) {
            kfree(views.address(buffer));
        }
    }

    /**
     * Frees an array's object; null is nothing. An array that has none gives a warning. An address
     * in a box and a buffer are what they are.
     *
     * @throws IllegalArgumentException for what is none of these
     */
    public void kfree(Object array) {
        if (array instanceof Long addr) {
            kfree(addr.longValue());
        } else if (array instanceof ByteBuffer buffer) {
            kfree(buffer);
        } else if (array != null) {
            views.free(array);
        }
    }

    /**
     * The kernel address of an array's first element, or where it was; 0 if it never had one.
     *
     * @throws IllegalArgumentException for what is no array of a primitive type
     */
    public long addressOf(Object array) {
        return array instanceof ByteBuffer buffer ? views.address(buffer) : views.address(array);
    }
}
