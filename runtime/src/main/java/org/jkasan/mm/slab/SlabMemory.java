package org.jkasan.mm.slab;

import java.util.function.LongConsumer;
import org.jkasan.check.HeapArrays;
import org.jkasan.check.Sanitizer;
import org.jkasan.host.HostMemory;
import org.jkasan.mm.KernelLog;
import org.jkasan.mm.MemoryManager;

/** A kernel's slab allocator, put together: its caches, and kmalloc over them. */
public final class SlabMemory implements AutoCloseable {

    /** sizeof(struct kmem_cache): what a cache itself takes. */
    private static final int CACHE_BYTES = 256;

    private final SlabAllocator slabs;
    private final KmemCache bootCache;
    private final LargeObjects large = new LargeObjects();
    private final Kmalloc kmalloc;
    private final SlabViews views;
    private final Sanitizer sanitizer;
    private final SlabDescriber describer;

    /**
     * The slab allocator of a kernel whose memory is there: kmem_cache_init.
     *
     * @param sanitizer who watches, or null for a kernel without KASAN
     */
    public SlabMemory(MemoryManager mm, HostMemory host, Sanitizer sanitizer, KernelLog log) {
        long map = mm.frames().address(0);
        long delta = map - mm.memory().hostAddress(map);
        this.sanitizer = sanitizer;
        SlabKasan kasan = sanitizer == null ? new NoSlabKasan() : new SlabShadow(sanitizer, delta);
        this.slabs = new SlabAllocator(mm.gate(), mm.frames(), delta, kasan, mm.cpus(), log);
        this.bootCache =
                slabs.create("kmem_cache", CACHE_BYTES, 0, SlabFlags.HWCACHE_ALIGN, null, null);
        HeapArrays tracked = sanitizer == null ? new HeapArrays() : sanitizer.arrays();
        this.views = new SlabViews(host, tracked, slabs, delta);
        slabs.showAs(views);
        KmemCache[] caches = new KmemCache[SizeClasses.count()];
        for (int i = 0; i < caches.length; i++) {
            int align = SizeClasses.align(i);
            caches[i] =
                    slabs.create(
                            SizeClasses.name(i),
                            SizeClasses.size(i),
                            align,
                            SlabFlags.NONE,
                            null,
                            null);
        }
        this.kmalloc = new Kmalloc(slabs, caches, large, views);
        this.describer =
                sanitizer == null
                        ? null
                        : new SlabDescriber(slabs, large, sanitizer.shadow(), delta);
        if (sanitizer != null) {
            sanitizer.reporter().register(describer);
        }
    }

    public Kmalloc kmalloc() {
        return kmalloc;
    }

    /**
     * Creates a cache as {@link #create(String, int, int, int, LongConsumer)} does, any aligned.
     */
    public KmemCache create(String name, int size) {
        return create(name, size, 0, SlabFlags.NONE, null);
    }

    /**
     * Creates a cache: kmem_cache_create.
     *
     * @param name as reports show it
     * @param size bytes of an object, 8 to 4 MiB
     * @param align what an object's address is a multiple of, a power of two; 0 for 8
     * @param flags of {@link SlabFlags}
     * @param constructor called with the address of each object of a new slab; null for none
     * @return the cache; null after a warning for bad arguments and where RAM has no more
     */
    public KmemCache create(String name, int size, int align, int flags, LongConsumer constructor) {
        slabs.gate().pass();
        boolean sane =
                size >= 1
                        && size <= Kmalloc.MAX_SIZE
                        && (align == 0 || Integer.bitCount(align) == 1)
                        && (flags & ~SlabFlags.ALL) == 0;
        if (!sane) {
            slabs.log()
                    .warn(
                            "kmem_cache_create("
                                    + name
                                    + ") failed with error -22: size "
                                    + size
                                    + ", align "
                                    + align
                                    + ", flags 0x"
                                    + Integer.toHexString(flags));
            return null;
        }
        return slabs.create(name, size, align, flags, constructor, bootCache);
    }

    /**
     * Creates a pool of a cache's objects: mempool_create_slab_pool.
     *
     * @param least how many are in reserve
     * @return the pool; null where RAM has no more
     */
    public Mempool mempool(int least, KmemCache cache) {
        return Mempool.create(slabs, MempoolSource.of(cache), least);
    }

    /** Creates a pool of kmalloc'ed objects of one size: mempool_create_kmalloc_pool. */
    public Mempool kmallocMempool(int least, int size) {
        return Mempool.create(slabs, MempoolSource.of(kmalloc, size), least);
    }

    /** Creates a pool of blocks of 2^order pages, by their addresses: mempool_create_page_pool. */
    public Mempool pageMempool(int least, int order) {
        return Mempool.create(slabs, MempoolSource.of(slabs.frames(), order), least);
    }

    /**
     * Notes for reports that work was created which is about an object: kasan_record_aux_stack. Of
     * each object the last two are kept.
     *
     * @param addr an address in a slab object; any other is nothing
     */
    public void recordAuxStack(long addr) {
        slabs.recordAuxStack(addr);
    }

    /**
     * Has frees put off until a grace period is over, where a cache wants that, and KASAN watches:
     * SLUB_RCU_DEBUG.
     */
    public void deferFreesTo(GracePeriods gracePeriods) {
        slabs.deferFreesTo(gracePeriods);
    }

    /** Bytes of freed objects that are not used again yet. */
    public long quarantineBytes() {
        return slabs.quarantine().bytes();
    }

    /** Objects that are in use: of caches, and large ones. */
    public long liveObjects() {
        return large.count() + slabs.table().live();
    }

    SlabAllocator allocator() {
        return slabs;
    }

    LargeObjects large() {
        return large;
    }

    /** Lets go of what outlives the kernel's memory. */
    @Override
    public void close() {
        if (sanitizer != null) {
            sanitizer.reporter().unregister(describer);
        }
        views.close();
    }
}
