package org.jkasan.samples.testvmalloc;

import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.Vmalloc;

/** Allocates while thousands of areas are in use: long_busy_list_alloc_test. */
final class LongBusyListAlloc implements TestBody {

    private static final int BUSY = 15_000;
    private static final int PAGES = 100;

    private final TestContext context;
    private PointerArray busy;

    LongBusyListAlloc(TestContext context) {
        this.context = context;
    }

    @Override
    public boolean prepare() {
        busy = new PointerArray(context, BUSY);
        if (!busy.isAllocated()) {
            return false;
        }
        for (int i = 0; i < BUSY; i++) {
            if (!busy.addPages(TestContext.PAGE_SIZE)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean loop() {
        Vmalloc vmalloc = context.kernel().vmalloc();
        KernelMemory memory = context.kernel().memory();
        for (int i = 0; i < context.loops(); i++) {
            long many = vmalloc.vmalloc(PAGES * TestContext.PAGE_SIZE);
            if (many == 0) {
                return false;
            }
            long one = vmalloc.vmalloc(TestContext.PAGE_SIZE);
            if (one == 0) {
                vmalloc.vfree(many);
                return false;
            }
            memory.storeByte(many, (byte) 0);
            memory.storeByte(one, (byte) 1);
            vmalloc.vfree(many);
            vmalloc.vfree(one);
        }
        return true;
    }

    @Override
    public void cleanUp() {
        busy.freeElements();
        busy.free();
    }
}
