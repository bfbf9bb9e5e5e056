package org.jkasan.samples.agent.program;

import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;
import org.jkasan.kernel.Kernel;
import org.jkasan.mm.KernelOops;
import org.jkasan.mm.Vmalloc;

/**
 * Allocates and frees at one place many times, and then uses what it freed: by itself, through what
 * nobody rewrites, and after calls that failed.
 */
public final class CallSites {

    /** More than the whole stacks that are kept of one place. */
    private static final int MANY = 300;

    private static int oopses;

    private CallSites() {}

    public static void main(String[] args) {
        try (Kernel kernel = Kernel.boot()) {
            Vmalloc vmalloc = kernel.vmalloc();
            first(kernel, vmalloc);
            for (int i = 0; i < MANY; i++) {
                free(vmalloc, allocate(vmalloc));
            }
            many(kernel, vmalloc);
            failed(kernel, vmalloc);
        }
        System.out.println(oopses + " page faults");
    }

    private static long allocate(Vmalloc vmalloc) {
        return vmalloc.vmalloc(4096); // call: allocate
    }

    private static void free(Vmalloc vmalloc, long address) {
        vmalloc.vfree(address); // call: free
    }

    private static void first(Kernel kernel, Vmalloc vmalloc) {
        long address = allocate(vmalloc); // call: first
        free(vmalloc, address);
        useAfterFree(kernel, address);
    }

    private static void many(Kernel kernel, Vmalloc vmalloc) {
        long address = allocate(vmalloc);
        free(vmalloc, address);
        useAfterFree(kernel, address);
    }

    /** Whatever fails before it allocates or frees leaves nothing behind for the next call. */
    private static void failed(Kernel kernel, Vmalloc vmalloc) {
        try {
            free(null, 0);
        } catch (NullPointerException asEver) {
            System.out.println(asEver.getStackTrace()[0].getMethodName());
        }
        allocateNothing(vmalloc);
        LongUnaryOperator unseen = vmalloc::vmalloc;
        long address = unseen.applyAsLong(4096); // call: unseen
        free(vmalloc, 0);
        LongConsumer free = vmalloc::vfree;
        free.accept(address);
        useAfterFree(kernel, address);
    }

    private static void useAfterFree(Kernel kernel, long address) {
        try {
            kernel.memory().loadByte(address);
        } catch (KernelOops asEver) {
            oopses++;
        }
    }

    private static void allocateNothing(Vmalloc vmalloc) {
        vmalloc.vmalloc(0);
    }
}
