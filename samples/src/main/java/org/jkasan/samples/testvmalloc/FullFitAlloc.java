package org.jkasan.samples.testvmalloc;

import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.Vmalloc;

/** Allocates what fits exactly into thousands of holes: full_fit_alloc_test. */
final class FullFitAlloc implements TestBody {

    private static final int HOLES_FOR_EACH_BIT_OF_CPUS = 8192;

    private final TestContext context;
    private final int holes;
    private PointerArray kept;
    private PointerArray junk;

    FullFitAlloc(TestContext context) {
        this.context = context;
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(context.cpus());
        this.holes = bits * HOLES_FOR_EACH_BIT_OF_CPUS;
    }

    /** Every second one of two arrays' areas is freed again. */
    @Override
    public boolean prepare() {
        kept = new PointerArray(context, holes);
        junk = new PointerArray(context, holes);
        if (!kept.isAllocated() || !junk.isAllocated()) {
            return false;
        }
        for (int i = 0; i < holes; i++) {
            if (!kept.addPages(TestContext.PAGE_SIZE) || !junk.addPages(TestContext.PAGE_SIZE)) {
                return false;
            }
        }
        junk.freeElements();
        return true;
    }

    @Override
    public boolean loop() {
        Vmalloc vmalloc = context.kernel().vmalloc();
        KernelMemory memory = context.kernel().memory();
        for (int i = 0; i < context.loops(); i++) {
            long addr = vmalloc.vmalloc(TestContext.PAGE_SIZE);
            if (addr == 0) {
                return false;
            }
            memory.storeByte(addr, (byte) 1);
            vmalloc.vfree(addr);
        }
        return true;
    }

    @Override
    public void cleanUp() {
        junk.freeElements();
        kept.freeElements();
        junk.free();
        kept.free();
    }
}
