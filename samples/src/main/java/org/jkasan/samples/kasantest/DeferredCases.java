package org.jkasan.samples.kasantest;

/** Objects whose end is somebody else's business: of RCU, of a workqueue. */
final class DeferredCases extends Cases {

    DeferredCases(Machine machine) {
        super(machine);
    }

    /** struct kasan_rcu_info: an int, and the head of the callback behind it. */
    void rcuUaf() {
        long info = alloc(Long.BYTES + 2 * Long.BYTES);
        long head = info + Long.BYTES;
        test.fails(
                () -> {
                    kernel.rcu().call(head, () -> reclaim(info));
                    kernel.rcu().barrier();
                },
                useAfterFree(READ, Integer.BYTES, info, 0).afterWork());
    }

    private void reclaim(long info) {
        kmalloc.kfree(info);
        memory.loadInt(info);
    }

    /** Work that frees what it is, and whoever queued it looks at its first word. */
    void workqueueUaf() {
        long work = alloc(4 * Long.BYTES);
        kernel.workqueue().queue(work, () -> kmalloc.kfree(work));
        kernel.workqueue().flush();
        test.fails(
                () -> memory.loadLong(work), useAfterFree(READ, Long.BYTES, work, 0).afterWork());
    }
}
