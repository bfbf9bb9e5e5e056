package org.jkasan.mm.slab;

import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import org.jkasan.host.RawMemory;
import org.jkasan.mm.Cpus;
import org.jkasan.mm.Gate;
import org.jkasan.mm.Gfp;
import org.jkasan.mm.KernelLog;
import org.jkasan.mm.PageFrames;
import org.jkasan.report.Track;

/** Allocates and frees objects of all caches: the order in which everything happens to one. */
final class SlabAllocator {

    /*
     *   alloc -> quarantine reduced -> a free object from the CPU's stock, or a slab's, or a new slab's
     *         -> made accessible -> zeroed, if asked for -> who did it is noted
     *   free  -> is it an object? -> is it live? claimed -> who did it is noted -> made inaccessible
     *         -> quarantine -> (later) the CPU's stock
     *
     * A free that is refused changes nothing. An object of a cache whose freed objects may still be
     * read is freed when a grace period is over, in a kernel with KASAN, and its use after that is
     * seen. Without KASAN, and without SLUB_RCU_DEBUG, it is used again at once, and never made
     * inaccessible. Source: mm/slub.c and mm/kasan/common.c.
     */

    private final Gate gate;

    /** What claim answers where there is no live object. */
    private static final int NONE = -1;

    private final PageFrames frames;
    private final long delta;
    private final SlabKasan kasan;
    private final Cpus cpus;
    private final KernelLog log;
    private final SlabTable table;
    private final Quarantine quarantine;
    private final List<KmemCache> caches = new CopyOnWriteArrayList<>();
    private volatile GracePeriods gracePeriods;
    private SlabViews views;

    /**
     * No cache yet.
     *
     * @param delta kernel address minus host address in the direct map
     */
    SlabAllocator(
            Gate gate, PageFrames frames, long delta, SlabKasan kasan, Cpus cpus, KernelLog log) {
        this.gate = gate;
        this.frames = frames;
        this.delta = delta;
        this.kasan = kasan;
        this.cpus = cpus;
        this.log = log;
        this.table = new SlabTable(frames);
        this.quarantine = new Quarantine(cpus, frames.total() * PAGE_SIZE, this::leaveQuarantine);
    }

    /** What every call passes that would touch the kernel's memory. */
    Gate gate() {
        return gate;
    }

    PageFrames frames() {
        return frames;
    }

    SlabKasan kasan() {
        return kasan;
    }

    Cpus cpus() {
        return cpus;
    }

    KernelLog log() {
        return log;
    }

    SlabTable table() {
        return table;
    }

    Quarantine quarantine() {
        return quarantine;
    }

    List<KmemCache> caches() {
        return caches;
    }

    /** Says who makes buffers and arrays of objects. */
    void showAs(SlabViews how) {
        views = how;
    }

    SlabViews views() {
        return views;
    }

    long toHost(long addr) {
        return addr - delta;
    }

    void deferFreesTo(GracePeriods later) {
        gracePeriods = later;
    }

    void recordAuxStack(long addr) {
        gate.pass();
        Slab slab = kasan.isOn() ? table.find(addr) : null;
        if (slab != null) {
            slab.created(slab.nearest(addr), kasan.track());
        }
    }

    KmemCache create(
            String name,
            int size,
            int align,
            int flags,
            LongConsumer constructor,
            KmemCache bootCache) {
        boolean metaOutside = constructor != null || (flags & SlabFlags.TYPESAFE_BY_RCU) != 0;
        ObjectLayout layout = ObjectLayout.of(size, align, flags, metaOutside, kasan.isOn());
        long self = 0;
        if (bootCache != null) {
            self = bootCache.alloc(Gfp.KERNEL.zeroed());
            if (self == 0) {
                return null;
            }
        }
        KmemCache cache = new KmemCache(this, name, layout, flags, constructor, self);
        caches.add(cache);
        return cache;
    }

    /** Allocates an object of which so many bytes are accessible; 0 after a warning. */
    long allocate(KmemCache cache, Gfp gfp, int size) {
        gate.pass();
        if (gfp.mayBlock()) {
            quarantine.reduce();
        }
        long object = cache.stock().take(gfp);
        if (object == 0) {
            if (!gfp.quiet()) {
                log.print("SLUB: Unable to allocate memory, cache: " + cache.name());
            }
            return 0;
        }
        note(object);
        kasan.redzone(object, size, cache.objectSize());
        if (gfp.zero()) {
            RawMemory.fill(toHost(object), cache.objectSize(), (byte) 0);
        }
        return object;
    }

    /** Notes who allocated an object. */
    void note(long object) {
        Track track = kasan.track();
        if (track != null) {
            Slab slab = table.find(object);
            slab.allocated(slab.nearest(object), track);
        }
    }

    /** Makes a slab, whose objects are all free; null if RAM has no more. */
    Slab newSlab(KmemCache cache, Gfp gfp) {
        ObjectLayout layout = cache.layout();
        Gfp quiet = new Gfp(gfp.mayBlock(), false, true, gfp.dma32());
        long pfn = frames.allocCompound(quiet, layout.order());
        if (pfn == PageFrames.NO_PAGE) {
            return null;
        }
        Slab slab = new Slab(cache, frames.address(pfn), pfn);
        kasan.poisonSlab(slab.start, layout.slabBytes());
        if (cache.constructor() != null) {
            construct(slab);
        }
        table.add(slab);
        return slab;
    }

    private void construct(Slab slab) {
        int size = slab.cache.objectSize();
        for (int i = 0; i < slab.objects(); i++) {
            kasan.unpoison(slab.address(i), size);
            slab.cache.constructor().accept(slab.address(i));
            kasan.poisonSlab(slab.address(i), size);
        }
    }

    /** Gives a slab back in which nothing is used. */
    void release(Slab slab) {
        table.remove(slab);
        frames.free(slab.pfn);
    }

    /** Frees an object of a cache; 0 is nothing. */
    void free(KmemCache cache, long addr) {
        if (addr == 0) {
            return;
        }
        Slab slab = table.find(addr);
        if (slab == null) {
            log.warn(cache.name() + ": object pointer: 0x" + Long.toHexString(addr));
            return;
        }
        if (slab.cache != cache) {
            log.warn(
                    "cache_from_obj: Wrong slab cache. "
                            + cache.name()
                            + " but object is from "
                            + slab.cache.name());
        }
        free(slab, addr, null);
    }

    /**
     * Frees an object.
     *
     * @param array whose object it must be, or null for any
     */
    void free(Slab slab, long addr, Object array) {
        int index = claim(slab, addr, array, Slab.ENDING);
        if (index == NONE) {
            return;
        }
        if (isDeferred(slab.cache)) {
            gracePeriods.call(addr, () -> end(slab, index));
        } else {
            end(slab, index);
        }
    }

    /** Whether frees of a cache wait for a grace period. */
    private boolean isDeferred(KmemCache cache) {
        return kasan.isOn() && cache.isTypesafeByRcu() && gracePeriods != null;
    }

    /** Ends the use of a live object, of which of several one does; NONE after a report. */
    private int claim(Slab slab, long addr, Object array, int next) {
        int index = slab.nearest(addr);
        if (slab.address(index) != addr) {
            kasan.reportInvalidFree(addr);
            return NONE;
        }
        boolean owned = array == null || slab.isOf(index, array);
        if (!owned || !slab.move(index, Slab.LIVE, next)) {
            kasan.reportDoubleFree(addr);
            return NONE;
        }
        return index;
    }

    /** Ends the life of an object that is nobody's any more. */
    private void end(Slab slab, int index) {
        long addr = slab.address(index);
        boolean readable = slab.cache.isTypesafeByRcu() && gracePeriods == null;
        if (kasan.isOn() && !readable) {
            slab.freed(index, kasan.track());
            kasan.poisonFreed(addr, slab.cache.objectSize());
            slab.move(index, Slab.ENDING, Slab.QUARANTINED);
            quarantine.put(slab, index);
        } else {
            slab.disown(index);
            slab.move(index, Slab.ENDING, Slab.FREE);
            slab.cache.stock().put(slab, index);
        }
    }

    /** Makes a live object inaccessible, but does not free it; false after a report on it. */
    boolean putAside(Slab slab, long addr) {
        int index = claim(slab, addr, null, Slab.ASIDE);
        if (index == NONE) {
            return false;
        }
        slab.freed(index, kasan.track());
        kasan.poisonFreed(addr, slab.cache.objectSize());
        return true;
    }

    /** Makes an object a live one again of which so many bytes are accessible. */
    void takeBack(long addr, int size) {
        Slab slab = table.find(addr);
        note(addr);
        kasan.redzone(addr, size, slab.cache.objectSize());
        slab.move(slab.nearest(addr), Slab.ASIDE, Slab.LIVE);
    }

    private void leaveQuarantine(Slab slab, int index) {
        slab.disown(index);
        slab.move(index, Slab.QUARANTINED, Slab.FREE);
        slab.cache.stock().put(slab, index);
    }

    void shrink(KmemCache cache) {
        quarantine.remove(cache::equals);
        cache.stock().shrink();
    }

    /** Destroys a cache that has no objects; false if it stays. */
    boolean destroy(KmemCache cache) {
        if (cache.self() != 0 && !kasan.checkByte(cache.self()) || !caches.contains(cache)) {
            return false;
        }
        if (isDeferred(cache)) {
            gracePeriods.barrier();
        }
        shrink(cache);
        if (cache.stock().slabs() > 0) {
            log.warn(
                    "kmem_cache_destroy "
                            + cache.name()
                            + ": Slab cache still has objects when called");
            return false;
        }
        if (!caches.remove(cache)) {
            return false;
        }
        if (cache.self() != 0) {
            Slab slab = table.find(cache.self());
            free(slab, cache.self(), null);
        }
        return true;
    }
}
