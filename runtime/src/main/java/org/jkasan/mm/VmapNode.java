package org.jkasan.mm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What belongs to one CPU: freed areas that wait for a purge, and purged ones to use again. */
final class VmapNode extends VmapNodeFields {

    /*
     *   retire -> [ waiting, a stack ] --------- recycle ---------> [ pool ] -> tryTake
     *                            |                                    ^  |
     *                       takeWaiting -> (purge) ------ offer ------+  +-> decay -> (purge)
     *
     * The pool has a list for each size up to 256 pages; the guard of the pool is only ever tried:
     * who does not get it goes to another node or to the free tree. Whatever is in the pool is
     * unmapped and poisoned, and its shadow exists.
     *
     * A node recycles by itself what waits there, so CPUs that allocate and free have nothing in
     * common, not even a purge: there is one of those at a time, and as long as it had the areas of a
     * CPU, that CPU would have to carve others. The lock of the list is held by whoever has taken
     * areas out of it until they are in the pool, or are the purge's. Order: lock of the list, guard.
     *
     * Source: vmap_node and vmap_pool of Linux 6.9, in which each node is purged by itself.
     */

    /** The largest area that a pool holds, in pages with the guard page. */
    static final int MOST_PAGES = 256;

    private static final VarHandle WAITING = field("waiting", VmapArea.class);
    private static final VarHandle WAITING_PAGES = field("waitingPages", long.class);
    private static final VarHandle POOLED_PAGES = field("pooledPages", long.class);
    private static final VarHandle GUARD = field("guard", boolean.class);

    private final ReentrantLock listLock = new ReentrantLock();
    private final VmapArea[] pool;

    /**
     * The pool's heads as a purge left them: while they are the same nobody has asked for the size.
     */
    private final VmapArea[] idle;

    private volatile VmapArea waiting;
    private volatile long waitingPages;

    /** Changed by whoever has the guard. */
    private long pooledPages;

    private volatile boolean guard;

    /** Whether its CPU has a share of what may wait and be kept. */
    private volatile boolean active;

    /** Nothing waits, and nothing is kept. */
    VmapNode() {
        this(MOST_PAGES);
    }

    /** The same with a pool for smaller areas alone; for tests that look at each of its lists. */
    VmapNode(int mostPages) {
        pool = new VmapArea[mostPages];
        idle = new VmapArea[mostPages];
    }

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

    /**
     * Moves areas that wait into the pool, the oldest first, as far as there is room; unless
     * somebody is at it. Where there is room for less than half of them all stay for the purge:
     * else each free would look through all of them to move as many as were allocated since.
     *
     * @param most pages that the pool may have
     * @param reusable which of them can be used again as they are
     */
    void tryRecycle(long most, Predicate<VmapArea> reusable) {
        if (most - pooledPages() < waitingPages / 2 || !listLock.tryLock()) {
            return;
        }
        try {
            VmapArea area = oldestFirst(takeAll());
            while (area != null) {
                area = recycle(area, most - pooledPages(), reusable);
            }
        } finally {
            listLock.unlock();
        }
    }

    /** What was freed last is to be used again last. */
    private static VmapArea oldestFirst(VmapArea newest) {
        VmapArea behind = null;
        VmapArea area = newest;
        while (area != null) {
            VmapArea next = area.next;
            area.next = behind;
            behind = area;
            area = next;
        }
        return behind;
    }

    /** Keeps areas that are of one size, or has the first one wait on; what comes behind them. */
    private VmapArea recycle(VmapArea first, long room, Predicate<VmapArea> reusable) {
        long pages = first.pages();
        long most = pages > pool.length ? 0 : room / pages;
        long count = 0;
        VmapArea last = null;
        VmapArea area = first;
        while (area != null && area.pages() == pages && count < most && reusable.test(area)) {
            area.vm = null;
            count++;
            last = area;
            area = area.next;
        }
        if (last == null) {
            area = first.next;
            retire(first);
        } else {
            lock();
            put(first, last, (int) pages, count * pages);
            GUARD.setRelease(this, false);
        }
        return area;
    }

    /** Whoever asks meanwhile must not think that more wait than may: then it would purge. */
    private VmapArea takeAll() {
        long counted = waitingPages;
        VmapArea taken = (VmapArea) WAITING.getAndSet(this, (VmapArea) null);
        WAITING_PAGES.getAndAdd(this, -counted);
        long pages = 0;
        for (VmapArea area = taken; area != null; area = area.next) {
            pages += area.pages();
        }
        WAITING_PAGES.getAndAdd(this, counted - pages);
        return taken;
    }

    /** Hands over all that wait, linked; where some are being recycled, when that is over. */
    VmapArea takeWaiting() {
        listLock.lock();
        try {
            return takeAll();
        } finally {
            listLock.unlock();
        }
    }

    long waitingPages() {
        return waitingPages;
    }

    long pooledPages() {
        return (long) POOLED_PAGES.getOpaque(this);
    }

    private void countPooled(long change) {
        POOLED_PAGES.setOpaque(this, pooledPages + change);
    }

    boolean isActive() {
        return active;
    }

    void setActive(boolean value) {
        active = value;
    }

    /** Whether it has more waiting, or more in its pool, than so many pages. */
    boolean exceeds(long share) {
        return waitingPages > share || pooledPages() > share;
    }

    /**
     * Takes the smallest area out of the pool that has so many pages.
     *
     * @param most pages that it may have
     * @param align a power of two that its start must be a multiple of
     * @return null if there is none, or not without waiting
     */
    VmapArea tryTake(int pages, int most, long align) {
        if (pooledPages() == 0 || !GUARD.compareAndSet(this, false, true)) {
            return null;
        }
        VmapArea area = null;
        for (int size = pages; size <= most && area == null; size++) {
            area = takeFirst(size, align);
        }
        GUARD.setRelease(this, false);
        return area;
    }

    private VmapArea takeFirst(int pages, long align) {
        VmapArea area = pool[pages - 1];
        if (area == null || (area.start & align - 1) != 0) {
            return null;
        }
        pool[pages - 1] = area.next;
        area.next = null;
        countPooled(-pages);
        return area;
    }

    /** Whether somebody is at the pool, for a moment. */
    boolean isBusy() {
        return guard;
    }

    /** Puts a purged area into the pool, for which it is not too large. */
    void offer(VmapArea area) {
        int pages = (int) area.pages();
        lock();
        boolean wasIdle = pool[pages - 1] == idle[pages - 1];
        put(area, area, pages, pages);
        if (wasIdle) {
            idle[pages - 1] = area;
        }
        GUARD.setRelease(this, false);
    }

    /** Puts areas of so many pages each, which are linked, into the pool, whose guard is held. */
    private void put(VmapArea first, VmapArea last, int pages, long sum) {
        last.next = pool[pages - 1];
        pool[pages - 1] = first;
        countPooled(sum);
    }

    /**
     * Takes areas out of the pool: those of sizes that nobody has asked for since the last time, as
     * far as what waits needs the room; of each size one in so many; and then more, until the pool
     * has no more pages than it may.
     *
     * @param share 1 for all
     */
    void decay(int share, long most, Consumer<VmapArea> taken) {
        lock();
        try {
            trim(Math.max(most - waitingPages, 0), true, taken);
            for (int i = 0; i < pool.length; i++) {
                decay(i, share, taken);
            }
            trim(most, false, taken);
            System.arraycopy(pool, 0, idle, 0, pool.length);
        } finally {
            GUARD.setRelease(this, false);
        }
    }

    private void trim(long most, boolean onlyIdle, Consumer<VmapArea> taken) {
        for (int i = 0; i < pool.length && pooledPages > most; i++) {
            if (!onlyIdle || pool[i] == idle[i]) {
                trim(i, most, taken);
            }
        }
    }

    private void trim(int index, long most, Consumer<VmapArea> taken) {
        VmapArea area = pool[index];
        while (area != null && pooledPages > most) {
            VmapArea next = area.next;
            countPooled(-index - 1);
            taken.accept(area);
            area = next;
        }
        pool[index] = area;
    }

    private void decay(int index, int share, Consumer<VmapArea> taken) {
        VmapArea kept = null;
        int count = 0;
        VmapArea area = pool[index];
        while (area != null) {
            VmapArea next = area.next;
            if (++count % share == 0) {
                countPooled(-index - 1);
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
