package org.jkasan.bench.mutant.work;

import org.jkasan.kernel.Kernel;

/** A binary heap of longs in an array of vmalloc that grows: library-style Java. */
public final class PriorityQueue implements Workload {

    private Kernel kernel;
    private long[] heap;
    private int size;

    @Override
    public void run(Kernel running) {
        kernel = running;
        heap = kernel.vmalloc().vmallocLongs(4);
        long value = 1;
        for (int i = 0; i < 50; i++) {
            value = value * 1103515245L + 12345L & 0xffff;
            add(value);
        }
        long last = -1;
        while (size > 0) {
            long least = poll();
            Workload.require(least >= last);
            last = least;
        }
        kernel.vmalloc().vfree(heap);
    }

    private void add(long value) {
        if (size == heap.length) {
            grow();
        }
        int at = size++;
        while (at > 0 && heap[(at - 1) / 2] > value) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        heap[at] = value;
    }

    private void grow() {
        long[] larger = kernel.vmalloc().vmallocLongs(2 * heap.length);
        for (int i = 0; i < size; i++) {
            larger[i] = heap[i];
        }
        kernel.vmalloc().vfree(heap);
        heap = larger;
    }

    private long poll() {
        long least = heap[0];
        long value = heap[--size];
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= value) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = value;
        return least;
    }
}
