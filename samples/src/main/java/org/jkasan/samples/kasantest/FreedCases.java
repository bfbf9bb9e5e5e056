package org.jkasan.samples.kasantest;

import org.jkasan.report.AccessKind;

/** Objects that are used, looked at, or freed once more, after they were freed. */
final class FreedCases extends Cases {

    FreedCases(Machine machine) {
        super(machine);
    }

    void uaf(AccessKind kind) {
        long ptr = alloc(10);
        kmalloc.kfree(ptr);
        test.fails(() -> touch(kind, ptr + 8), useAfterFree(kind, 1, ptr, 8));
    }

    /** The next object of the size is another one, so the first is still known to be freed. */
    void uaf2(AccessKind kind) {
        int size = 43;
        long first = alloc(size);
        kmalloc.kfree(first);
        long second = alloc(size);
        test.fails(() -> touch(kind, first + 40), useAfterFree(kind, 1, first, 40));
        test.isTrue(first != second, "that the quarantine has the object");
        kmalloc.kfree(second);
    }

    private void touch(AccessKind kind, long addr) {
        if (kind == READ) {
            memory.loadByte(addr);
        } else {
            memory.storeByte(addr, X);
        }
    }

    /** It asks for the object's size first, and frees it then. */
    void doubleKfreeSensitive() {
        long ptr = alloc(16);
        kmalloc.kfreeSensitive(ptr);
        test.fails(
                () -> kmalloc.kfreeSensitive(ptr),
                useAfterFree(READ, 1, ptr, 0),
                Expected.doubleFree(ptr));
    }

    /** To know how large an object is gives nobody the right to use it all. */
    void ksizeUnpoisonsMemory() {
        int size = 128 - GRANULE - 5;
        long ptr = alloc(size);
        long real = kmalloc.ksize(ptr);
        test.isTrue(real > size, "that the object has more bytes than asked for");
        memory.storeByte(ptr, X);
        memory.storeByte(ptr + size - 1, X);
        test.fails(() -> memory.loadByte(ptr + size), outOfBounds(READ, 1, ptr, size));
        test.fails(() -> memory.loadByte(ptr + size + 5), outOfBounds(READ, 1, ptr, 120));
        test.fails(() -> memory.loadByte(ptr + real - 1), outOfBounds(READ, 1, ptr, 127));
        kmalloc.kfree(ptr);
    }

    /** The module's. Its kernel let all of the object be used from then on; today's does not. */
    void ksizeOld() {
        int size = 123;
        long ptr = alloc(size);
        long real = kmalloc.ksize(ptr);
        test.fails(() -> memory.storeByte(ptr + size, X), outOfBounds(WRITE, 1, ptr, size));
        test.fails(() -> memory.storeByte(ptr + real, X), outOfBounds(WRITE, 1, ptr, 128));
        kmalloc.kfree(ptr);
    }

    void ksizeUaf() {
        int size = 128 - GRANULE;
        long ptr = alloc(size);
        kmalloc.kfree(ptr);
        test.fails(() -> kmalloc.ksize(ptr), useAfterFree(READ, 1, ptr, 0));
        test.fails(() -> memory.loadByte(ptr), useAfterFree(READ, 1, ptr, 0));
        test.fails(() -> memory.loadByte(ptr + size), useAfterFree(READ, 1, ptr, size));
    }
}
