package org.jkasan.agent.rewrite;

import java.util.function.LongUnaryOperator;
import org.jkasan.mm.Vmalloc;

/** What a program does that allocates and frees. */
final class CallSiteTarget {

    private CallSiteTarget() {}

    static long allocate(Vmalloc vmalloc, long size) {
        return vmalloc.vmalloc(size); // call 1
    }

    static byte[] both(Vmalloc vmalloc, int length, byte value) {
        byte[] array = vmalloc.vmallocBytes(length); // call 2
        for (int i = 0; i < length; i++) {
            array[i] = value;
            vmalloc.vfree( // call 3
                    vmalloc.vmalloc(length)); // call 4
        }
        return array;
    }

    static LongUnaryOperator lambda(Vmalloc vmalloc) {
        return size -> vmalloc.vzalloc(size); // call 5
    }

    static LongUnaryOperator reference(Vmalloc vmalloc) {
        return vmalloc::vmalloc;
    }

    static void purge(Vmalloc vmalloc) {
        vmalloc.purge();
    }
}
