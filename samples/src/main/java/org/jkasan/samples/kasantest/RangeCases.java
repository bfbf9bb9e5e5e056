package org.jkasan.samples.kasantest;

import org.jkasan.report.BugType;

/** Structures that are assigned, memset and memmove: accesses of many bytes at once. */
final class RangeCases extends Cases {

    /** Bytes of a structure that is two words. */
    private static final int STRUCT = 16;

    RangeCases(Machine machine) {
        super(machine);
    }

    /** A structure is assigned where three bytes are missing for it. */
    void oob16() {
        long to = alloc(STRUCT - 3);
        long from = zalloc(STRUCT);
        test.fails(() -> memory.memcpy(to, from, STRUCT), outOfBounds(WRITE, STRUCT, to, 0));
        kmalloc.kfree(to);
        kmalloc.kfree(from);
    }

    void uaf16() {
        long to = alloc(STRUCT);
        long from = alloc(STRUCT);
        kmalloc.kfree(from);
        test.fails(() -> memory.memcpy(to, from, STRUCT), useAfterFree(READ, STRUCT, from, 0));
        kmalloc.kfree(to);
    }

    /** So many bytes, from an offset on, of an object of some size. */
    void memset(int size, int offset, int bytes) {
        long ptr = alloc(size);
        test.fails(
                () -> memory.memset(ptr + offset, 0, bytes),
                outOfBounds(WRITE, bytes, ptr, offset));
        kmalloc.kfree(ptr);
    }

    void uafMemset() {
        int size = 33;
        long ptr = alloc(size);
        kmalloc.kfree(ptr);
        test.fails(() -> memory.memset(ptr, 0, size), useAfterFree(WRITE, size, ptr, 0));
    }

    /** A length below zero is one of almost all memory. */
    void memmoveNegativeSize() {
        int size = 64;
        long negative = -2;
        long ptr = alloc(size);
        memory.memset(ptr, 0, size);
        test.fails(
                () -> memory.memmove(ptr, ptr + 4, negative),
                new Expected(BugType.OUT_OF_BOUNDS, READ, negative, ptr, 4));
        kmalloc.kfree(ptr);
    }

    void memmoveInvalidSize() {
        int size = 64;
        long ptr = alloc(size);
        memory.memset(ptr, 0, size);
        test.fails(() -> memory.memmove(ptr, ptr + 4, size), outOfBounds(READ, size, ptr, 4));
        kmalloc.kfree(ptr);
    }
}
