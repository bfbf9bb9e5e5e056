package org.jkasan.samples.testvmalloc;

import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.Vmalloc;

/** An array of pointers in memory of vmalloc, as the kernel's tests have them. */
final class PointerArray {

    private static final long POINTER_SIZE = 8;

    private final Vmalloc vmalloc;
    private final KernelMemory memory;
    private final long start;
    private int count;

    /** An array without elements; {@link #isAllocated} tells whether there is room for any. */
    PointerArray(TestContext context, int capacity) {
        this.vmalloc = context.kernel().vmalloc();
        this.memory = context.kernel().memory();
        this.start = vmalloc.vmalloc(capacity * POINTER_SIZE);
    }

    boolean isAllocated() {
        return start != 0;
    }

    int count() {
        return count;
    }

    void add(long pointer) {
        memory.storeLong(start + count * POINTER_SIZE, pointer);
        count++;
    }

    long get(int index) {
        return memory.loadLong(start + index * POINTER_SIZE);
    }

    /** Allocates pages with an area of their own and adds them; false if there are none. */
    boolean addPages(long bytes) {
        long pages = vmalloc.vmalloc(bytes);
        if (pages == 0) {
            return false;
        }
        add(pages);
        return true;
    }

    /** Frees what vmalloc allocated for the elements. */
    void freeElements() {
        for (int i = 0; i < count; i++) {
            vmalloc.vfree(get(i));
        }
        count = 0;
    }

    /** Frees the array itself. */
    void free() {
        vmalloc.vfree(start);
    }
}
