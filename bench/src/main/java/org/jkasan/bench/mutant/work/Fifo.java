package org.jkasan.bench.mutant.work;

import org.jkasan.kernel.Kernel;

/** A queue of bytes in an array of vmalloc, and of shorts in another: plain Java array code. */
public final class Fifo implements Workload {

    private static final int CAPACITY = 16;

    private byte[] bytes;
    private int[] stamps;
    private int head;
    private int count;

    @Override
    public void run(Kernel kernel) {
        bytes = kernel.vmalloc().vmallocBytes(CAPACITY);
        stamps = kernel.vmalloc().vmallocInts(CAPACITY);
        int next = 0;
        int expected = 0;
        for (int round = 0; round < 30; round++) {
            for (int i = 0; i < round % 7; i++) {
                if (push((byte) next, next * 3)) {
                    next++;
                }
            }
            for (int i = 0; i < round % 5; i++) {
                if (count > 0) {
                    Workload.require(stamp() == expected * 3);
                    Workload.require(pop() == expected);
                    expected++;
                }
            }
        }
        while (count > 0) {
            Workload.require(pop() == expected++);
        }
        Workload.require(next == expected && next > CAPACITY);
        kernel.vmalloc().vfree(bytes);
        kernel.vmalloc().vfree(stamps);
    }

    private boolean push(byte value, int stamp) {
        if (count == CAPACITY) {
            return false;
        }
        int tail = head + count;
        if (tail >= CAPACITY) {
            tail -= CAPACITY;
        }
        bytes[tail] = value;
        stamps[tail] = stamp;
        count++;
        return true;
    }

    private int stamp() {
        return stamps[head];
    }

    private byte pop() {
        byte value = bytes[head];
        head++;
        if (head == CAPACITY) {
            head = 0;
        }
        count--;
        return value;
    }
}
