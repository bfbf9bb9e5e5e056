package org.jkasan.bench.mutant.work;

import org.jkasan.kernel.Kernel;
import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.slab.Kmalloc;

/** A chained hash table: buckets and nodes are objects of kmalloc. */
public final class HashTable implements Workload {

    private static final int BUCKETS = 9;
    private static final int NEXT = 0;
    private static final int KEY = 8;
    private static final int VALUE = 16;
    private static final int NODE = 24;

    private Kmalloc kmalloc;
    private KernelMemory memory;
    private long buckets;

    @Override
    public void run(Kernel kernel) {
        kmalloc = kernel.kmalloc();
        memory = kernel.memory();
        buckets = kmalloc.kzalloc(BUCKETS * 8L);
        for (long key = 0; key < 40; key++) {
            put(key * 7, key);
        }
        put(14, 99);
        Workload.require(get(14) == 99 && get(15) == -1 && get(39 * 7) == 39);
        Workload.require(remove(21) && !remove(21) && get(21) == -1);
        long sum = 0;
        for (long key = 0; key < 40; key++) {
            sum += Math.max(get(key * 7), 0);
        }
        Workload.require(sum == 780 - 2 - 3 + 99);
        clear();
        kmalloc.kfree(buckets);
    }

    private long bucket(long key) {
        return buckets + key % BUCKETS * 8;
    }

    private long find(long key) {
        long node = memory.loadLong(bucket(key));
        while (node != 0 && memory.loadLong(node + KEY) != key) {
            node = memory.loadLong(node + NEXT);
        }
        return node;
    }

    private void put(long key, long value) {
        long node = find(key);
        if (node == 0) {
            node = kmalloc.kmalloc(NODE);
            memory.storeLong(node + KEY, key);
            memory.storeLong(node + NEXT, memory.loadLong(bucket(key)));
            memory.storeLong(bucket(key), node);
        }
        memory.storeLong(node + VALUE, value);
    }

    private long get(long key) {
        long node = find(key);
        return node == 0 ? -1 : memory.loadLong(node + VALUE);
    }

    private boolean remove(long key) {
        long link = bucket(key);
        long node = memory.loadLong(link);
        while (node != 0) {
            if (memory.loadLong(node + KEY) == key) {
                memory.storeLong(link, memory.loadLong(node + NEXT));
                kmalloc.kfree(node);
                return true;
            }
            link = node + NEXT;
            node = memory.loadLong(link);
        }
        return false;
    }

    private void clear() {
        for (long key = 0; key < BUCKETS; key++) {
            long node = memory.loadLong(bucket(key));
            while (node != 0) {
                long next = memory.loadLong(node + NEXT);
                kmalloc.kfree(node);
                node = next;
            }
        }
    }
}
