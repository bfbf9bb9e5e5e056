package org.jkasan.samples.kasantest;

import org.jkasan.mm.slab.KmemCache;
import org.jkasan.mm.slab.Mempool;
import org.jkasan.report.BugType;

/** Elements of mempools, which KASAN makes inaccessible in the reserve. */
final class MempoolCases extends Cases {

    /** Elements that a pool keeps. */
    private static final int LEAST = 4;

    private static final int LARGE = MAX_CACHE + 1;

    /** What is done with an element that was taken from a pool. */
    private interface Use {
        void of(Mempool pool, long element);
    }

    MempoolCases(Machine machine) {
        super(machine);
    }

    private void fromKmalloc(int size, Use use) {
        run(kernel.slab().kmallocMempool(LEAST, size), use);
    }

    private void fromPages(int order, Use use) {
        run(kernel.slab().pageMempool(LEAST, order), use);
    }

    private void fromCache(int size, Use use) {
        KmemCache cache = kernel.slab().create("test_cache", size);
        run(kernel.slab().mempool(LEAST, cache), use);
        cache.destroy();
    }

    /** One more is taken, so that there is room for what is freed twice: it stays in the pool. */
    private void run(Mempool pool, Use use) {
        long extra = test.notNull(pool.allocPreallocated());
        use.of(pool, test.notNull(pool.allocPreallocated()));
        pool.free(extra);
        pool.close();
    }

    void kmallocOobRight() {
        fromKmalloc(128 - GRANULE - 5, (pool, elem) -> oobRight(pool, elem, 115));
    }

    void kmallocLargeOobRight() {
        fromKmalloc(LARGE, (pool, elem) -> oobRight(pool, elem, LARGE));
    }

    void slabOobRight() {
        fromCache(123, (pool, elem) -> oobRight(pool, elem, 123));
    }

    private void oobRight(Mempool pool, long elem, int size) {
        test.fails(() -> memory.loadByte(elem + size), outOfBounds(READ, 1, elem, size));
        pool.free(elem);
    }

    void kmallocUaf() {
        fromKmalloc(128, (pool, elem) -> uaf(pool, elem, BugType.SLAB_USE_AFTER_FREE));
    }

    void kmallocLargeUaf() {
        fromKmalloc(LARGE, (pool, elem) -> uaf(pool, elem, BugType.USE_AFTER_FREE));
    }

    void slabUaf() {
        fromCache(123, (pool, elem) -> uaf(pool, elem, BugType.SLAB_USE_AFTER_FREE));
    }

    void pageAllocUaf() {
        fromPages(2, (pool, elem) -> uaf(pool, elem, BugType.USE_AFTER_FREE));
    }

    private void uaf(Mempool pool, long elem, BugType title) {
        pool.free(elem);
        test.fails(() -> memory.loadByte(elem), new Expected(title, READ, 1, elem, 0));
    }

    void kmallocDoubleFree() {
        fromKmalloc(128, this::doubleFree);
    }

    void kmallocLargeDoubleFree() {
        fromKmalloc(LARGE, this::doubleFree);
    }

    void pageAllocDoubleFree() {
        fromPages(2, this::doubleFree);
    }

    private void doubleFree(Mempool pool, long elem) {
        pool.free(elem);
        test.fails(() -> pool.free(elem), Expected.doubleFree(elem));
    }

    void kmallocInvalidFree() {
        fromKmalloc(128, this::invalidFree);
    }

    void kmallocLargeInvalidFree() {
        fromKmalloc(LARGE, this::invalidFree);
    }

    private void invalidFree(Mempool pool, long elem) {
        test.fails(() -> pool.free(elem + 1), Expected.invalidFree(elem, 1));
        pool.free(elem);
    }
}
