package org.jkasan.samples.kasantest;

/** Objects of kmalloc that are read and written beside themselves, and the pages of large ones. */
final class KmallocCases extends Cases {

    KmallocCases(Machine machine) {
        super(machine);
    }

    /** In the last granule, in the next one, and further behind. */
    void oobRight() {
        int size = 128 - GRANULE - 5;
        long ptr = alloc(size);
        test.fails(() -> memory.storeByte(ptr + size, X), outOfBounds(WRITE, 1, ptr, size));
        test.fails(() -> memory.storeByte(ptr + size + 5, X), outOfBounds(WRITE, 1, ptr, 120));
        test.fails(() -> memory.loadByte(ptr + size + GRANULE + 5), outOfBounds(READ, 1, ptr, 128));
        kmalloc.kfree(ptr);
    }

    void oobLeft() {
        long ptr = alloc(15);
        test.fails(
                () -> memory.storeByte(ptr, memory.loadByte(ptr - 1)),
                outOfBounds(READ, 1, ptr, -1));
        kmalloc.kfree(ptr);
    }

    void nodeOobRight() {
        int size = 4096;
        long ptr = test.notNull(kmalloc.kmallocNode(size, 0));
        test.fails(
                () -> memory.storeByte(ptr, memory.loadByte(ptr + size)),
                outOfBounds(READ, 1, ptr, size));
        kmalloc.kfree(ptr);
    }

    /** The module's. */
    void nodeWriteRight() {
        int size = 4096;
        long ptr = test.notNull(kmalloc.kmallocNode(size, 0));
        test.fails(() -> memory.storeByte(ptr + size, X), outOfBounds(WRITE, 1, ptr, size));
        kmalloc.kfree(ptr);
    }

    /** The caller is tracked in any case here, so it is kmalloc itself that has these names. */
    void trackCallerOobRight() {
        int size = 128 - GRANULE;
        long ptr = alloc(size);
        test.fails(() -> memory.storeByte(ptr + size, X), outOfBounds(WRITE, 1, ptr, size));
        kmalloc.kfree(ptr);
        long other = test.notNull(kmalloc.kmallocNode(size, 0));
        test.fails(() -> memory.storeByte(other + size, X), outOfBounds(WRITE, 1, other, size));
        kmalloc.kfree(other);
    }

    /** Behind an object of any size. */
    void writeRight(int size) {
        long ptr = alloc(size);
        test.fails(() -> memory.storeByte(ptr + size, X), outOfBounds(WRITE, 1, ptr, size));
        kmalloc.kfree(ptr);
    }

    void largeUaf() {
        long ptr = alloc(MAX_CACHE + 10);
        kmalloc.kfree(ptr);
        test.fails(() -> memory.loadByte(ptr), pageUseAfterFree(READ, 1, ptr, 0));
    }

    /** The module's. */
    void largeWriteAfterFree() {
        long ptr = alloc(MAX_CACHE + 10);
        kmalloc.kfree(ptr);
        test.fails(() -> memory.storeByte(ptr, X), pageUseAfterFree(WRITE, 1, ptr, 0));
    }

    void largeInvalidFree() {
        long ptr = alloc(MAX_CACHE + 10);
        test.fails(() -> kmalloc.kfree(ptr + 1), Expected.invalidFree(ptr, 1));
        kmalloc.kfree(ptr);
    }

    /** To the page and back: the same object. */
    void kfreeViaPage() {
        long ptr = alloc(8);
        long page = kernel.frames().address(kernel.frames().pfn(ptr));
        kmalloc.kfree(page + (ptr & PAGE_SIZE - 1));
    }

    /** To the physical address and back: the same object. */
    void kfreeViaPhys() {
        long ptr = alloc(8);
        long phys = kernel.frames().pfn(ptr) * PAGE_SIZE + (ptr & PAGE_SIZE - 1);
        kmalloc.kfree(kernel.frames().address(phys / PAGE_SIZE) + phys % PAGE_SIZE);
    }
}
