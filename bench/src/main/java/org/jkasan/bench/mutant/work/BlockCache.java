package org.jkasan.bench.mutant.work;

import org.jkasan.kernel.Kernel;
import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.slab.Kmalloc;

/** A cache of blocks with the least recently used one thrown out: a doubly linked list. */
public final class BlockCache implements Workload {

    private static final int PREV = 0;
    private static final int NEXT = 8;
    private static final int NUMBER = 16;
    private static final int DATA = 20;
    private static final int BYTES = 37;
    private static final int MOST = 5;

    private Kmalloc kmalloc;
    private KernelMemory memory;
    private long list;
    private int count;
    private int misses;

    @Override
    public void run(Kernel kernel) {
        kmalloc = kernel.kmalloc();
        memory = kernel.memory();
        list = kmalloc.kmalloc(NUMBER);
        memory.storeLong(list + PREV, list);
        memory.storeLong(list + NEXT, list);
        for (int i = 0; i < 60; i++) {
            int number = i * i % 11;
            long block = get(number);
            for (int k = 0; k < BYTES; k++) {
                Workload.require(memory.loadByte(block + DATA + k) == (byte) (number + k));
            }
        }
        Workload.require(count == MOST && misses > MOST);
        while (count > 0) {
            drop(memory.loadLong(list + NEXT));
        }
        kmalloc.kfree(list);
    }

    private long get(int number) {
        long block = memory.loadLong(list + NEXT);
        while (block != list) {
            if (memory.loadInt(block + NUMBER) == number) {
                unlink(block);
                link(block);
                return block;
            }
            block = memory.loadLong(block + NEXT);
        }
        return read(number);
    }

    private long read(int number) {
        misses++;
        if (count == MOST) {
            drop(memory.loadLong(list + PREV));
        }
        long block = kmalloc.kmalloc(DATA + BYTES);
        memory.storeInt(block + NUMBER, number);
        for (int k = 0; k < BYTES; k++) {
            memory.storeByte(block + DATA + k, (byte) (number + k));
        }
        link(block);
        count++;
        return block;
    }

    private void link(long block) {
        long first = memory.loadLong(list + NEXT);
        memory.storeLong(block + NEXT, first);
        memory.storeLong(block + PREV, list);
        memory.storeLong(first + PREV, block);
        memory.storeLong(list + NEXT, block);
    }

    private void unlink(long block) {
        long prev = memory.loadLong(block + PREV);
        long next = memory.loadLong(block + NEXT);
        memory.storeLong(prev + NEXT, next);
        memory.storeLong(next + PREV, prev);
    }

    private void drop(long block) {
        unlink(block);
        kmalloc.kfree(block);
        count--;
    }
}
