package org.jkasan.mm.slab;

import java.util.function.Predicate;
import org.jkasan.mm.Cpus;

/**
 * Freed objects that are not used again yet, so that an access to one is seen. Thread-safe. Source:
 * mm/kasan/quarantine.c.
 */
final class Quarantine {

    /*
     *   CPU 0  [ objects, up to 1 MiB ] --+
     *   CPU 1  [ objects, up to 1 MiB ] --+--> tail [ batch | batch | ... | batch ] head --> cache
     *
     * Objects are counted with their stride. A CPU's list that grows over 1 MiB goes to the tail batch
     * as a whole; a batch that is full begins the next one. The head batch goes back to its caches at
     * an allocation that may wait while all batches hold more than the limit: a thirty-second of RAM
     * less 1 MiB for each CPU.
     *
     * The kernel frees at allocations alone, so a program that only frees exceeds the limit by as much
     * as it frees. Here a list that joins the batches makes room for itself first. Invariant: the
     * batches hold at most the limit, or one list where that is more, so all objects in quarantine
     * take at most a thirty-second of RAM, or 1 MiB for each CPU and a list.
     *
     * Locks: a CPU's list, or the ring; objects go back to their caches under neither.
     */

    /** QUARANTINE_PERCPU_SIZE. */
    static final long CPU_BYTES = 1 << 20;

    private static final int FRACTION = 32;
    private static final int LEAST_BATCHES = 1024;
    private static final int BATCHES_PER_CPU = 4;

    private final Cpus cpus;
    private final ObjectList.Action end;
    private final ObjectList[] lists;
    private final ObjectList[] ring;
    private final long limit;
    private final long batchBytes;
    private int head;
    private int tail;
    private volatile long ringBytes;

    /**
     * Nothing in quarantine.
     *
     * @param ram bytes of RAM
     * @param end gives an object back to its cache
     */
    Quarantine(Cpus cpus, long ram, ObjectList.Action end) {
        this.cpus = cpus;
        this.end = end;
        this.lists = new ObjectList[cpus.count()];
        for (int i = 0; i < lists.length; i++) {
            lists[i] = new ObjectList();
        }
        this.ring = new ObjectList[Math.max(LEAST_BATCHES, BATCHES_PER_CPU * cpus.count())];
        this.ring[0] = new ObjectList();
        long share = ram / FRACTION;
        this.limit = Math.max(0, share - CPU_BYTES * cpus.count());
        this.batchBytes = Math.max(CPU_BYTES, 2 * share / ring.length);
    }

    /** Bytes that the ring holds before an allocation gives a batch back. */
    long limit() {
        return limit;
    }

    /** Bytes of all objects in quarantine. */
    long bytes() {
        long bytes = ringBytes;
        for (ObjectList list : lists) {
            synchronized (list) {
                bytes += list.bytes();
            }
        }
        return bytes;
    }

    /** Takes an object in that was just freed. */
    void put(Slab slab, int index) {
        int cpu = cpus.current();
        ObjectList full = null;
        ObjectList list = lists[cpu];
        synchronized (list) {
            list.add(slab, index);
            if (list.bytes() > CPU_BYTES) {
                full = new ObjectList();
                full.addAll(list);
            }
        }
        if (full != null) {
            join(full);
        }
    }

    private void join(ObjectList full) {
        long room = Math.max(0, limit - full.bytes());
        while (!append(full, room)) {
            giveBackOldest(room);
        }
    }

    /** Appends a list unless the batches hold more than what leaves it room. */
    private boolean append(ObjectList full, long room) {
        synchronized (ring) {
            if (ringBytes > room) {
                return false;
            }
            ringBytes += full.bytes();
            ring[tail].addAll(full);
            int next = (tail + 1) % ring.length;
            if (ring[tail].bytes() >= batchBytes && next != head) {
                tail = next;
                ring[tail] = new ObjectList();
            }
            return true;
        }
    }

    /** Gives the oldest batch back if all batches hold more than this. */
    private void giveBackOldest(long most) {
        ObjectList oldest = takeOldest(most);
        oldest.drain(oldest.count(), end);
    }

    private ObjectList takeOldest(long most) {
        synchronized (ring) {
            ObjectList oldest = new ObjectList();
            if (ringBytes > most) {
                oldest.addAll(ring[head]);
                ringBytes -= oldest.bytes();
                if (head != tail) {
                    ring[head] = null;
                    head = (head + 1) % ring.length;
                }
            }
            return oldest;
        }
    }

    /** Gives the oldest batch back if there is more than the limit: kasan_quarantine_reduce. */
    void reduce() {
        if (ringBytes > limit) {
            giveBackOldest(limit);
        }
    }

    /** Gives all objects back whose cache is meant: kasan_quarantine_remove_cache. */
    void remove(Predicate<KmemCache> meant) {
        ObjectList found = new ObjectList();
        Predicate<Slab> ofIt = slab -> meant.test(slab.cache);
        for (ObjectList list : lists) {
            synchronized (list) {
                list.removeIf(ofIt, found::add);
            }
        }
        synchronized (ring) {
            for (int i = head; ; i = (i + 1) % ring.length) {
                ring[i].removeIf(ofIt, (slab, index) -> release(found, slab, index));
                if (i == tail) {
                    break;
                }
            }
        }
        found.drain(found.count(), end);
    }

    private void release(ObjectList found, Slab slab, int index) {
        ringBytes -= slab.cache.layout().stride();
        found.add(slab, index);
    }

    /** Runs something with every object, while nothing else happens. */
    void forEach(ObjectList.Action action) {
        for (ObjectList list : lists) {
            list.forEach(action);
        }
        for (ObjectList batch : ring) {
            if (batch != null) {
                batch.forEach(action);
            }
        }
    }
}
