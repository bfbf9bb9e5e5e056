package org.jkasan.samples.testvmalloc;

import org.jkasan.mm.Vmalloc;

/** Allocates 1 to 10 pages at multiples of up to 4 MiB: random_size_align_alloc_test. */
record RandomSizeAlignAlloc(TestContext context) implements TestBody {

    private static final int SHIFTS = 23;
    private static final int MOST_PAGES = 10;

    @Override
    public boolean loop() {
        Vmalloc vmalloc = context.kernel().vmalloc();
        for (int i = 0; i < context.loops(); i++) {
            int random = context.random().nextInt(Integer.MAX_VALUE);
            long align = 1L << random % SHIFTS;
            long size = (random % MOST_PAGES + 1) * TestContext.PAGE_SIZE;
            long addr = vmalloc.vmallocNodeRange(vmalloc.request(size).aligned(align).zeroed());
            if (addr == 0) {
                return false;
            }
            vmalloc.vfree(addr);
        }
        return true;
    }
}
