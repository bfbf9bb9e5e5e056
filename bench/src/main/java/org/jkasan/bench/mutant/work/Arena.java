package org.jkasan.bench.mutant.work;

import org.jkasan.kernel.Kernel;
import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.Vmalloc;

/** An arena of one area that grows: strings with their length in front, handed out in order. */
public final class Arena implements Workload {

    private static final int HEADER = 4;
    private static final int FIRST = 100;

    private Vmalloc vmalloc;
    private KernelMemory memory;
    private long base;
    private int size;
    private int used;

    @Override
    public void run(Kernel kernel) {
        vmalloc = kernel.vmalloc();
        memory = kernel.memory();
        size = FIRST;
        base = vmalloc.vmalloc(size);
        int[] at = new int[60];
        for (int i = 0; i < at.length; i++) {
            at[i] = add(i % 13, (byte) i);
        }
        for (int i = 0; i < at.length; i++) {
            Workload.require(length(at[i]) == i % 13);
            for (int k = 0; k < i % 13; k++) {
                Workload.require(get(at[i], k) == i);
            }
            Workload.require(get(at[i], i % 13) == -1);
        }
        long copy = copy();
        Workload.require(memory.memcmp(base, copy, used) == 0);
        vmalloc.vfree(copy);
        vmalloc.vfree(base);
        used = 0;
    }

    private int add(int length, byte value) {
        while (used + HEADER + length > size) {
            grow();
        }
        int at = used;
        memory.storeInt(base + at, length);
        memory.memset(base + at + HEADER, value, length);
        used += HEADER + length;
        return at;
    }

    private void grow() {
        size = 2 * size;
        base = vmalloc.vrealloc(base, size);
    }

    private int length(int at) {
        return memory.loadInt(base + at);
    }

    private int get(int at, int index) {
        if (index < 0 || index >= length(at)) {
            return -1;
        }
        return memory.loadByte(base + at + HEADER + index);
    }

    private long copy() {
        long copy = vmalloc.vzalloc(used);
        memory.memcpy(copy, base, used);
        return copy;
    }
}
