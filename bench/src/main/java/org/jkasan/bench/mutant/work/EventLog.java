package org.jkasan.bench.mutant.work;

import org.jkasan.kernel.Kernel;
import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.slab.Kmalloc;

/** A log of events in one object that krealloc grows, and an index of ints in another. */
public final class EventLog implements Workload {

    private static final int EVENT = 12;

    private Kmalloc kmalloc;
    private KernelMemory memory;
    private long events;
    private long index;
    private int capacity;
    private int count;

    @Override
    public void run(Kernel kernel) {
        kmalloc = kernel.kmalloc();
        memory = kernel.memory();
        capacity = 3;
        events = kmalloc.kmalloc((long) capacity * EVENT);
        index = kmalloc.kmalloc(capacity * 4L);
        for (int i = 0; i < 70; i++) {
            append(i * 1000L, i % 9);
        }
        sortByKind();
        int last = 0;
        for (int i = 0; i < count; i++) {
            int kind = memory.loadInt(at(memory.loadInt(index + 4L * i)) + 8);
            Workload.require(kind >= last);
            last = kind;
        }
        Workload.require(last == 8 && memory.loadLong(at(69)) == 69_000);
        kmalloc.kfree(events);
        kmalloc.kfree(index);
    }

    private long at(int event) {
        return events + (long) event * EVENT;
    }

    private void append(long time, int kind) {
        if (count == capacity) {
            capacity += capacity / 2 + 1;
            events = kmalloc.krealloc(events, (long) capacity * EVENT);
            index = kmalloc.krealloc(index, capacity * 4L);
        }
        memory.storeLong(at(count), time);
        memory.storeInt(at(count) + 8, kind);
        memory.storeInt(index + 4L * count, count);
        count++;
    }

    private void sortByKind() {
        for (int i = 1; i < count; i++) {
            int moved = memory.loadInt(index + 4L * i);
            int kind = memory.loadInt(at(moved) + 8);
            int k = i;
            while (k > 0 && memory.loadInt(at(memory.loadInt(index + 4L * k - 4)) + 8) > kind) {
                memory.storeInt(index + 4L * k, memory.loadInt(index + 4L * k - 4));
                k--;
            }
            memory.storeInt(index + 4L * k, moved);
        }
    }
}
