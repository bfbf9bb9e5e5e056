package org.jkasan.samples.kasantest;

import org.jkasan.report.BugType;

/** Areas of vmalloc space, whose real shadow knows where they end. */
final class VmallocCases extends Cases {

    VmallocCases(Machine machine) {
        super(machine);
    }

    private long vmalloc(int size) {
        test.needs(kernel.kasanVmalloc(), "CONFIG_KASAN_VMALLOC=y");
        return test.notNull(kernel.vmalloc().vmalloc(size));
    }

    /** In the last granule and in the next; whether the page is there afterwards is nobody's. */
    void oob() {
        int size = PAGE_SIZE / 2 - GRANULE - 5;
        long ptr = vmalloc(size);
        memory.storeByte(ptr, X);
        memory.storeByte(ptr + size - 1, X);
        expectBad(ptr, size);
        expectBad(ptr, size + 5);
        long page = kernel.vmap().vmallocToPage(ptr);
        memory.storeByte(kernel.frames().address(page), X);
        kernel.vmalloc().vfree(ptr);
    }

    /** The module's. Not further: the guard page would end the machine. */
    void oobOld() {
        long area = vmalloc(3000);
        expectBad(area, 3100);
        kernel.vmalloc().vfree(area);
    }

    private void expectBad(long ptr, int offset) {
        test.fails(
                () -> memory.loadByte(ptr + offset),
                new Expected(BugType.VMALLOC_OUT_OF_BOUNDS, READ, 1, ptr, offset));
    }
}
