package org.jkasan.samples.testvmalloc;

import org.jkasan.mm.Vmalloc;

/**
 * Allocates a page at a multiple of every power of two: align_shift_alloc_test. The larger ones
 * cannot be had, and with the first of those it fails, as it is expected to.
 */
record AlignShiftAlloc(TestContext context) implements TestBody {

    @Override
    public boolean loop() {
        Vmalloc vmalloc = context.kernel().vmalloc();
        for (int shift = 0; shift < Long.SIZE; shift++) {
            long addr =
                    vmalloc.vmallocNodeRange(
                            vmalloc.request(TestContext.PAGE_SIZE).aligned(1L << shift).zeroed());
            if (addr == 0) {
                return false;
            }
            vmalloc.vfree(addr);
        }
        return true;
    }
}
