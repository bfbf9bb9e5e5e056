package org.jkasan.samples.testvmalloc;

import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.Vmalloc;

/** Allocates 1 to 100 pages: random_size_alloc_test. */
record RandomSizeAlloc(TestContext context) implements TestBody {

    private static final int MOST_PAGES = 100;

    @Override
    public boolean loop() {
        Vmalloc vmalloc = context.kernel().vmalloc();
        KernelMemory memory = context.kernel().memory();
        for (int i = 0; i < context.loops(); i++) {
            int pages = 1 + context.random().nextInt(MOST_PAGES);
            long addr = vmalloc.vmalloc(pages * TestContext.PAGE_SIZE);
            if (addr == 0) {
                return false;
            }
            memory.storeByte(addr, (byte) 1);
            vmalloc.vfree(addr);
        }
        return true;
    }
}
