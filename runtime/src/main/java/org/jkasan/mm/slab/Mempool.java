package org.jkasan.mm.slab;

import org.jkasan.mm.Gfp;

/**
 * A reserve of elements for who must not fail: the kernel's mempool. Thread-safe.
 *
 * <p>An element that is freed fills the reserve up before it goes back to where it came from; in
 * the reserve it is inaccessible, but in no quarantine. Source: mm/mempool.c.
 */
public final class Mempool implements AutoCloseable {

    /*
     *   alloc ->  the source  -- has none -->  the reserve  -- empty -->  wait, or 0
     *   free  ->  the reserve -- full     -->  the source
     *
     * An element that KASAN refuses, since it is freed already or none at all, is not added.
     */

    private static final long PATIENCE_MILLIS = 5_000;

    private final MempoolSource source;
    private final SlabAllocator slabs;
    private final long[] reserve;
    private int count;
    private boolean closed;

    private Mempool(SlabAllocator slabs, MempoolSource source, int least) {
        this.slabs = slabs;
        this.source = source;
        this.reserve = new long[least];
    }

    /** A pool whose reserve is full; null where RAM has no more. */
    static Mempool create(SlabAllocator slabs, MempoolSource source, int least) {
        if (least < 0) {
            throw new IllegalArgumentException(
                    "A mempool keeps at least no element, not " + least + ".");
        }
        Mempool pool = new Mempool(slabs, source, least);
        while (pool.count < least) {
            long element = source.alloc(Gfp.KERNEL);
            if (element == 0) {
                pool.close();
                return null;
            }
            pool.add(element);
        }
        return pool;
    }

    /** Allocates as {@link #alloc(Gfp)} with GFP_KERNEL does, which does not fail. */
    public long alloc() {
        return alloc(Gfp.KERNEL);
    }

    /**
     * Allocates an element: mempool_alloc.
     *
     * @return its address; 0 where there is none and the mask lets nobody wait for one
     * @throws IllegalStateException where the wait is interrupted
     */
    public long alloc(Gfp gfp) {
        requireOpen();
        Gfp first = new Gfp(false, gfp.zero(), true, gfp.dma32());
        while (true) {
            long element = source.alloc(first);
            if (element == 0) {
                element = allocPreallocated();
            }
            if (element != 0 || !gfp.mayBlock()) {
                return element;
            }
            awaitFree();
        }
    }

    /** As long as the kernel does: then the source may have one though nothing was freed here. */
    private synchronized void awaitFree() {
        try {
            if (count == 0) {
                wait(PATIENCE_MILLIS);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted while waiting for an element.", e);
        }
    }

    private long take() {
        long element = reserve[--count];
        source.unpoison(slabs, element);
        return element;
    }

    /** Allocates from the reserve alone: mempool_alloc_preallocated. 0 if that is empty. */
    public synchronized long allocPreallocated() {
        requireOpen();
        return count == 0 ? 0 : take();
    }

    /** Frees an element: mempool_free. 0 is nothing. */
    public void free(long element) {
        requireOpen();
        if (element == 0) {
            return;
        }
        if (!fill(element)) {
            source.free(element);
        }
    }

    private synchronized boolean fill(long element) {
        if (count == reserve.length) {
            return false;
        }
        add(element);
        notifyAll();
        return true;
    }

    private void add(long element) {
        if (source.poison(slabs, element)) {
            reserve[count++] = element;
        }
    }

    /** Elements in the reserve. */
    public synchronized int reserved() {
        return count;
    }

    /**
     * Frees the reserve: mempool_destroy. What was allocated is still to be freed at its source.
     * Where the kernel is closed already, the reserve went with it.
     */
    @Override
    public synchronized void close() {
        closed = true;
        while (count > 0 && !slabs.gate().isClosed()) {
            source.free(take());
        }
    }

    private synchronized void requireOpen() {
        slabs.gate().pass();
        if (closed) {
            throw new IllegalStateException("The mempool was destroyed.");
        }
    }
}
