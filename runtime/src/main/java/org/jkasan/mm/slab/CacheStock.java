package org.jkasan.mm.slab;

import org.jkasan.mm.Gfp;

/** The free objects of a cache: a stock for each CPU, and the slabs behind them. Thread-safe. */
final class CacheStock {

    /*
     *   CPU 0 [ free objects ]  <- half a stock at a time ->  +--------------------------------+
     *   CPU 1 [ free objects ]                                | slabs with free objects, a list|
     *                                                         +--------------------------------+
     *
     * What was freed last on a CPU is allocated next on it. A slab with none free is in no list; one
     * with all free goes back to the page allocator when there are more than five such.
     *
     * Locks: a CPU's stock, then the list; pages are taken and given back under neither of them but
     * the stock. Source: the sheaves of Linux 6.18.
     */

    /** The least MIN_PARTIAL. */
    private static final int KEPT_EMPTY = 5;

    private final KmemCache cache;
    private final SlabAllocator slabs;
    private final ObjectList[] cpus;
    private final int capacity;
    private final Object list = new Object();
    private Slab first;
    private int empty;
    private int count;

    CacheStock(KmemCache cache, SlabAllocator slabs) {
        this.cache = cache;
        this.slabs = slabs;
        this.capacity = capacity(cache.layout().stride());
        this.cpus = new ObjectList[slabs.cpus().count()];
        for (int i = 0; i < cpus.length; i++) {
            cpus[i] = new ObjectList();
        }
    }

    private static int capacity(int stride) {
        if (stride >= 4096) {
            return 4;
        }
        if (stride >= 1024) {
            return 12;
        }
        return stride >= 256 ? 26 : 60;
    }

    /** Takes a free object, and makes it a live one; 0 if there is no RAM for more. */
    long take(Gfp gfp) {
        ObjectList stock = cpus[slabs.cpus().current()];
        synchronized (stock) {
            if (stock.count() == 0 && !refill(stock, gfp)) {
                return 0;
            }
            Slab slab = stock.last();
            int index = stock.popIndex();
            slab.move(index, Slab.FREE, Slab.LIVE);
            return slab.address(index);
        }
    }

    private boolean refill(ObjectList stock, Gfp gfp) {
        synchronized (list) {
            fill(stock);
        }
        if (stock.count() > 0) {
            return true;
        }
        Slab slab = slabs.newSlab(cache, gfp);
        if (slab == null) {
            return false;
        }
        synchronized (list) {
            count++;
            link(slab);
            fill(stock);
        }
        return true;
    }

    private void fill(ObjectList stock) {
        while (stock.count() < (capacity + 1) / 2 && first != null) {
            Slab slab = first;
            empty -= slab.isEmpty() ? 1 : 0;
            stock.add(slab, slab.pop());
            if (slab.listed() == 0) {
                unlink(slab);
            }
        }
    }

    /** Takes an object in that is free again. */
    void put(Slab slab, int index) {
        ObjectList stock = cpus[slabs.cpus().current()];
        ObjectList leaving = null;
        synchronized (stock) {
            stock.add(slab, index);
            if (stock.count() > capacity) {
                leaving = new ObjectList();
                stock.drain(stock.count() / 2, leaving::add);
            }
        }
        if (leaving != null) {
            giveBack(leaving, KEPT_EMPTY);
        }
    }

    private void giveBack(ObjectList objects, int keptEmpty) {
        Slab leaving;
        synchronized (list) {
            objects.drain(objects.count(), this::giveBack);
            leaving = takeEmpty(keptEmpty);
        }
        while (leaving != null) {
            Slab next = leaving.next;
            leaving.next = null;
            slabs.release(leaving);
            leaving = next;
        }
    }

    private void giveBack(Slab slab, int index) {
        slab.push(index);
        if (slab.listed() == 1) {
            link(slab);
        } else {
            empty += slab.isEmpty() ? 1 : 0;
        }
    }

    /** Unlinks slabs that nothing is used of, all but so many; linked with each other. */
    private Slab takeEmpty(int kept) {
        Slab taken = null;
        Slab slab = first;
        while (slab != null && empty > kept) {
            Slab next = slab.next;
            if (slab.isEmpty()) {
                unlink(slab);
                empty--;
                count--;
                slab.next = taken;
                taken = slab;
            }
            slab = next;
        }
        return taken;
    }

    private void link(Slab slab) {
        empty += slab.isEmpty() ? 1 : 0;
        slab.previous = null;
        slab.next = first;
        if (first != null) {
            first.previous = slab;
        }
        first = slab;
    }

    private void unlink(Slab slab) {
        if (slab.previous == null) {
            first = slab.next;
        } else {
            slab.previous.next = slab.next;
        }
        if (slab.next != null) {
            slab.next.previous = slab.previous;
        }
        slab.next = null;
        slab.previous = null;
    }

    /** Gives all slabs back that nothing is used of. */
    void shrink() {
        ObjectList leaving = new ObjectList();
        for (ObjectList stock : cpus) {
            synchronized (stock) {
                leaving.addAll(stock);
            }
        }
        giveBack(leaving, 0);
    }

    /** Slabs, whatever is used of them. */
    int slabs() {
        synchronized (list) {
            return count;
        }
    }

    /** Free objects in stocks and lists, while nothing else happens; -1 if a list is broken. */
    long free() {
        long free = 0;
        for (ObjectList stock : cpus) {
            free += stock.count();
        }
        int empties = 0;
        Slab before = null;
        for (Slab slab = first; slab != null; slab = slab.next) {
            if (slab.previous != before || slab.listed() == 0) {
                return -1;
            }
            free += slab.listed();
            empties += slab.isEmpty() ? 1 : 0;
            before = slab;
        }
        return empties == empty ? free : -1;
    }

    /** Runs something with every free object, while nothing else happens. */
    void forEachFree(ObjectList.Action action) {
        for (ObjectList stock : cpus) {
            stock.forEach(action);
        }
        for (Slab slab = first; slab != null; slab = slab.next) {
            slab.forEachListed(action);
        }
    }
}
