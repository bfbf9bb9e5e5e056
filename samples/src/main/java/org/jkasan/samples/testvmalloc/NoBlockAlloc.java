package org.jkasan.samples.testvmalloc;

import org.jkasan.mm.Gfp;
import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.Vmalloc;

/**
 * Allocates without waiting for anything: no_block_alloc_test. It may fail where only a purge would
 * help. The kernel's test disables preemption meanwhile; the model, which has none, does not.
 */
record NoBlockAlloc(TestContext context) implements TestBody {

    @Override
    public boolean loop() {
        Vmalloc vmalloc = context.kernel().vmalloc();
        KernelMemory memory = context.kernel().memory();
        long size = Math.max(1, context.pages()) * TestContext.PAGE_SIZE;
        for (int i = 0; i < context.loops(); i++) {
            Gfp gfp = context.random().nextBoolean() ? Gfp.ATOMIC : Gfp.NOWAIT;
            long addr = vmalloc.vmallocNodeRange(vmalloc.request(size).with(gfp));
            if (addr == 0) {
                return false;
            }
            memory.storeByte(addr, (byte) 0);
            vmalloc.vfree(addr);
        }
        return true;
    }
}
