package org.jkasan.mm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/** What belongs to one CPU: freed areas that wait for a purge, and purged ones to use again. */
final class VmapNode extends VmapNodeFields {

    /*
     *   retire -> [ waiting, a stack ] -> takeWaiting -> (purge) -> offer -> [ pool ] -> tryTake
     *
     * The pool has a list for each size up to 256 pages; the guard of the pool is only ever tried:
     * who does not get it goes to another node or to the free tree. Whatever is in the pool is
     * unmapped and poisoned, and its shadow exists.
     *
     * Source: vmap_node and vmap_pool of Linux 6.9.
     */

    /** The largest area that a pool holds, in pages with the guard page. */
    static final int MOST_PAGES = 256;

    private static final VarHandle WAITING = field("waiting", VmapArea.class);
    private static final VarHandle WAITING_PAGES = field("waitingPages", long.class);
    private static final VarHandle GUARD = field("guard", boolean.class);

    private final VmapArea[] pool = new VmapArea[MOST_PAGES];
    private volatile VmapArea waiting;
    private volatile long waitingPages;
    private volatile long pooledPages;
    private volatile boolean guard;

    private static VarHandle field(String name, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(VmapNode.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * Puts a claimed area, which is unmapped by now, among those that wait for a purge.
     *
     * @return the pages that wait here, guard pages among them
     */
    long retire(VmapArea area) {
        VmapArea head;
        do {
            head = waiting;
            area.next = head;
        } while (!WAITING.compareAndSet(this, head, area));
        return (long) WAITING_PAGES.getAndAdd(this, area.pages()) + area.pages();
    }

    /** Hands over all that wait, linked. */
    VmapArea takeWaiting() {
        VmapArea taken = (VmapArea) WAITING.getAndSet(this, (VmapArea) null);
        long pages = 0;
        for (VmapArea area = taken; area != null; area = area.next) {
            pages += area.pages();
        }
        WAITING_PAGES.getAndAdd(this, -pages);
        return taken;
    }

    long waitingPages() {
        return waitingPages;
    }

    long pooledPages() {
        return pooledPages;
    }

    /**
     * Takes an area of so many pages out of the pool.
     *
     * @param align a power of two that its start must be a multiple of
     * @return null if there is none, or not without waiting
     */
    VmapArea tryTake(int pages, long align) {
        if (pooledPages == 0 || !GUARD.compareAndSet(this, false, true)) {
            return null;
        }
        VmapArea area = pool[pages - 1];
        if (area != null && (area.start & align - 1) == 0) {
            pool[pages - 1] = area.next;
            area.next = null;
            pooledPages -= pages;
        } else {
            area = null;
        }
        GUARD.setRelease(this, false);
        return area;
    }

    /** Puts a purged area into the pool, for which it is not too large. */
    void offer(VmapArea area) {
        lock();
        int pages = (int) area.pages();
        area.next = pool[pages - 1];
        pool[pages - 1] = area;
        pooledPages += pages;
        GUARD.setRelease(this, false);
    }

    /**
     * Takes areas out of the pool, of each size one in so many.
     *
     * @param share 1 for all
     */
    void decay(int share, Consumer<VmapArea> taken) {
        lock();
        try {
            for (int i = 0; i < MOST_PAGES; i++) {
                decay(i, share, taken);
            }
        } finally {
            GUARD.setRelease(this, false);
        }
    }

    private void decay(int index, int share, Consumer<VmapArea> taken) {
        VmapArea kept = null;
        int count = 0;
        VmapArea area = pool[index];
        while (area != null) {
            VmapArea next = area.next;
            if (++count % share == 0) {
                pooledPages -= index + 1;
                taken.accept(area);
            } else {
                area.next = kept;
                kept = area;
            }
            area = next;
        }
        pool[index] = kept;
    }

    private void lock() {
        while (!GUARD.compareAndSet(this, false, true)) {
            Thread.onSpinWait();
        }
    }

    /** Runs something with every area that waits, while nothing else happens. */
    void forEachWaiting(Consumer<VmapArea> action) {
        for (VmapArea area = waiting; area != null; area = area.next) {
            action.accept(area);
        }
    }

    /** Runs something with every area of the pool, while nothing else happens. */
    void forEachPooled(Consumer<VmapArea> action) {
        for (VmapArea head : pool) {
            for (VmapArea area = head; area != null; area = area.next) {
                action.accept(area);
            }
        }
    }
}
