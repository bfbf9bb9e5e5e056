package org.jkasan.samples.kasantest;

import java.util.function.LongConsumer;
import org.jkasan.kernel.Rcu;
import org.jkasan.mm.Gfp;
import org.jkasan.mm.slab.KmemCache;
import org.jkasan.mm.slab.SlabFlags;

/** Caches of one's own, and their objects. */
final class CacheCases extends Cases {

    private static final int SIZE = 200;
    private static final long PAUSE_MILLIS = 100;

    private final boolean slubRcuDebug;

    CacheCases(Machine machine) {
        super(machine);
        slubRcuDebug = machine.slubRcuDebug();
    }

    private KmemCache create(int flags) {
        KmemCache cache = kernel.slab().create("test_cache", SIZE, 0, flags, null);
        test.isTrue(cache != null, "that there is a cache");
        return cache;
    }

    private void with(KmemCache cache, LongConsumer body) {
        body.accept(test.notNull(cache.alloc()));
        cache.destroy();
    }

    void oob() {
        KmemCache cache = create(SlabFlags.NONE);
        with(
                cache,
                p -> {
                    test.fails(() -> memory.loadByte(p + SIZE), outOfBounds(READ, 1, p, SIZE));
                    cache.free(p);
                });
    }

    void doubleFree() {
        KmemCache cache = create(SlabFlags.NONE);
        with(
                cache,
                p -> {
                    cache.free(p);
                    test.fails(() -> cache.free(p), Expected.doubleFree(p));
                });
    }

    /** Of a cache whose objects may be read when they are freed. */
    void invalidFree() {
        KmemCache cache = create(SlabFlags.TYPESAFE_BY_RCU);
        with(
                cache,
                p -> {
                    test.fails(() -> cache.free(p + 1), Expected.invalidFree(p, 1));
                    cache.free(p);
                });
    }

    /** It may be read as long as the reader does not leave its critical section. */
    void rcuUaf() {
        test.needs(slubRcuDebug, "CONFIG_SLUB_RCU_DEBUG=y");
        KmemCache cache = create(SlabFlags.TYPESAFE_BY_RCU);
        Rcu rcu = kernel.rcu();
        with(
                cache,
                p -> {
                    memory.storeByte(p, (byte) 1);
                    rcu.readLock();
                    cache.free(p);
                    test.succeeds(() -> memory.loadByte(p));
                    rcu.readUnlock();
                    rcu.barrier();
                    test.fails(() -> memory.loadByte(p), useAfterFree(READ, 1, p, 0));
                });
    }

    /** It is another object of the same type at once, and no reader may mind. */
    void rcuReuse() {
        test.needs(!slubRcuDebug, "CONFIG_SLUB_RCU_DEBUG=n");
        KmemCache cache = create(SlabFlags.TYPESAFE_BY_RCU);
        with(
                cache,
                p -> {
                    cache.free(p);
                    long reused = test.notNull(cache.alloc());
                    test.isTrue(reused == p, "that the object is used again at once");
                    cache.free(reused);
                });
    }

    void doubleDestroy() {
        KmemCache cache = create(SlabFlags.NONE);
        long self = cache.self();
        cache.destroy();
        test.fails(() -> cache.destroy(), useAfterFree(READ, 1, self, 0));
    }

    /** The kernel's are accounted to a control group, of which there is none here. */
    void accounted() {
        KmemCache cache = create(SlabFlags.NONE);
        for (int i = 0; i < 5; i++) {
            long p = test.notNull(cache.alloc());
            cache.free(p);
            pause();
        }
        cache.destroy();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted between two allocations", e);
        }
    }

    void bulk() {
        KmemCache cache = create(SlabFlags.NONE);
        long[] objects = new long[10];
        test.isTrue(cache.allocBulk(Gfp.KERNEL, objects) == objects.length, "that there are ten");
        for (long p : objects) {
            memory.storeByte(p, X);
            memory.storeByte(p + SIZE - 1, X);
        }
        cache.freeBulk(objects);
        cache.destroy();
    }
}
