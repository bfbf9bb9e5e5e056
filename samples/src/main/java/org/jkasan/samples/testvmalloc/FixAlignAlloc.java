package org.jkasan.samples.testvmalloc;

import org.jkasan.mm.Vmalloc;

/** Allocates at multiples of twice a stack's alignment: fix_align_alloc_test. */
record FixAlignAlloc(TestContext context) implements TestBody {

    private static final int PAGES = 5;

    /** THREAD_ALIGN: the size of a stack, which KASAN doubles. */
    private static final long THREAD_ALIGN = 16 << 10;

    private static final long THREAD_ALIGN_KASAN = 32 << 10;

    @Override
    public boolean loop() {
        Vmalloc vmalloc = context.kernel().vmalloc();
        long align = 2 * (context.kernel().kasan() ? THREAD_ALIGN_KASAN : THREAD_ALIGN);
        long size = PAGES * TestContext.PAGE_SIZE;
        for (int i = 0; i < context.loops(); i++) {
            long addr = vmalloc.vmallocNodeRange(vmalloc.request(size).aligned(align).zeroed());
            if (addr == 0) {
                return false;
            }
            vmalloc.vfree(addr);
        }
        return true;
    }
}
