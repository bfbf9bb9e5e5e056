package org.jkasan.samples.testvmalloc;

import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.Vmalloc;

/** Allocates the same size again and again: fix_size_alloc_test. */
record FixSizeAlloc(TestContext context) implements TestBody {

    private static final int PAGES = 3;

    @Override
    public boolean loop() {
        Vmalloc vmalloc = context.kernel().vmalloc();
        KernelMemory memory = context.kernel().memory();
        int pages = context.pages() > 0 ? context.pages() : PAGES;
        long size = pages * TestContext.PAGE_SIZE;
        boolean huge = context.useHuge();
        for (int i = 0; i < context.loops(); i++) {
            long addr = huge ? vmalloc.vmallocHuge(size) : vmalloc.vmalloc(size);
            if (addr == 0) {
                return false;
            }
            memory.storeByte(addr, (byte) 0);
            vmalloc.vfree(addr);
        }
        return true;
    }
}
