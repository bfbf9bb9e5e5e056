package org.jkasan.samples.kasantest;

/** Objects whose size changes. */
final class KreallocCases extends Cases {

    private static final byte Y = 'y';

    KreallocCases(Machine machine) {
        super(machine);
    }

    /** What lies behind the old size may be written now, what lies behind the new one may not. */
    void moreOob(int size, int larger) {
        int middle = size + (larger - size) / 2;
        long ptr = resized(size, larger);
        memory.storeByte(ptr + size - 1, X);
        memory.storeByte(ptr + size, X);
        memory.storeByte(ptr + middle, X);
        memory.storeByte(ptr + larger - 1, X);
        expectBad(ptr, larger);
        expectBad(ptr, roundUp(larger, GRANULE));
        kmalloc.kfree(ptr);
    }

    /** What lies behind the new size may no longer be written. */
    void lessOob(int size, int smaller) {
        int middle = smaller + (size - smaller) / 2;
        long ptr = resized(size, smaller);
        memory.storeByte(ptr + smaller - 1, X);
        expectBad(ptr, smaller);
        expectBad(ptr, roundUp(smaller, GRANULE));
        expectBad(ptr, middle);
        expectBad(ptr, size - 1);
        expectBad(ptr, size);
        kmalloc.kfree(ptr);
    }

    /** The module's: one byte behind the new size. */
    void oob(int size, int other) {
        long ptr = resized(size, other);
        memory.storeByte(ptr + other - 1, X);
        expectBad(ptr, other);
        kmalloc.kfree(ptr);
    }

    private long resized(int size, int other) {
        return test.notNull(kmalloc.krealloc(alloc(size), other));
    }

    private void expectBad(long ptr, long offset) {
        test.fails(() -> memory.storeByte(ptr + offset, Y), outOfBounds(WRITE, 1, ptr, offset));
    }

    /** A freed object is not resized, and stays what it is. */
    void uaf() {
        long ptr = alloc(201);
        kmalloc.kfree(ptr);
        test.fails(
                () -> test.isTrue(kmalloc.krealloc(ptr, 235) == 0, "that krealloc fails"),
                useAfterFree(READ, 1, ptr, 0));
        test.fails(() -> memory.loadByte(ptr), useAfterFree(READ, 1, ptr, 0));
    }
}
