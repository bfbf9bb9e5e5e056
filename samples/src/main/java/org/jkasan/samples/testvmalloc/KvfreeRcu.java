package org.jkasan.samples.testvmalloc;

import org.jkasan.kernel.Rcu;
import org.jkasan.mm.KernelMemory;
import org.jkasan.mm.Vmalloc;

/**
 * Allocates pages that are freed after a grace period: kvfree_rcu_1_arg_vmalloc_test and
 * kvfree_rcu_2_arg_vmalloc_test.
 *
 * @param hasHead whether the object has an rcu_head, at its start: two arguments
 */
record KvfreeRcu(TestContext context, boolean hasHead) implements TestBody {

    /** Of struct rcu_head, which the array of the kernel's test object comes behind. */
    private static final long HEAD_SIZE = 16;

    @Override
    public boolean loop() {
        Vmalloc vmalloc = context.kernel().vmalloc();
        KernelMemory memory = context.kernel().memory();
        Rcu rcu = context.kernel().rcu();
        for (int i = 0; i < context.loops(); i++) {
            long object = vmalloc.vmalloc(TestContext.PAGE_SIZE);
            if (object == 0) {
                return false;
            }
            memory.storeByte(object + HEAD_SIZE, (byte) 'a');
            if (hasHead) {
                rcu.kvfree(object, object);
            } else {
                rcu.kvfree(object);
            }
        }
        return true;
    }
}
