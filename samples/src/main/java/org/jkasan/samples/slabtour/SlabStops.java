package org.jkasan.samples.slabtour;

import org.jkasan.kernel.Kernel;
import org.jkasan.kernel.Rcu;
import org.jkasan.mm.slab.Kmalloc;

/** Mistakes with objects of slab caches. */
final class SlabStops {

    private static final int NAME_BYTES = 123;

    private SlabStops() {}

    /** The classic: a string of 123 bytes and its NUL in 123 bytes. */
    static void pastTheEnd(Kernel kernel) {
        long name = kernel.kmalloc().kmalloc(NAME_BYTES);
        kernel.memory().memset(name, 'x', NAME_BYTES);
        kernel.memory().storeByte(name + NAME_BYTES, (byte) 0); // BUG: slab-out-of-bounds
        kernel.kmalloc().kfree(name);
    }

    /** A request that is looked at once more after it was completed. */
    static void afterTheFree(Kernel kernel) {
        Kmalloc kmalloc = kernel.kmalloc();
        long request = kmalloc.kzalloc(64);
        kmalloc.kfree(request);
        kernel.memory().loadLong(request + 16); // BUG: slab-use-after-free
    }

    /** Both the error path and the caller clean up. */
    static void freedTwice(Kernel kernel) {
        int[] table = kernel.kmalloc().array(12, int[]::new);
        kernel.kmalloc().kfree(table);
        kernel.kmalloc().kfree(table); // BUG: double-free
    }

    /** A pointer that was moved along while a list was read, and is then freed. */
    static void freedInTheMiddle(Kernel kernel) {
        long list = kernel.kmalloc().kcalloc(8, 16);
        long cursor = list + 16;
        kernel.kmalloc().kfree(cursor); // BUG: invalid-free
        kernel.kmalloc().kfree(list);
    }

    /** Objects of more than 8 KiB are whole pages, with a redzone up to the last page's end. */
    static void pastALargeObject(Kernel kernel) {
        long ring = kernel.kmalloc().kmalloc(10_000);
        kernel.memory().loadInt(ring + 9_998); // BUG: large-out-of-bounds
        kernel.kmalloc().kfree(ring);
    }

    /** A reader that keeps its pointer longer than its read-side critical section. */
    static void afterTheGracePeriod(Kernel kernel) {
        Rcu rcu = kernel.rcu();
        long route = kernel.kmalloc().kzalloc(48);
        rcu.readLock();
        long kept = route;
        rcu.kfree(route);
        rcu.readUnlock();
        rcu.barrier();
        kernel.memory().storeInt(kept + 4, 1); // BUG: rcu-use-after-free
    }
}
