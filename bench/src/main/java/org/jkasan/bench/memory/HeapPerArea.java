package org.jkasan.bench.memory;

import java.lang.management.ManagementFactory;
import org.jkasan.kernel.Kernel;
import org.jkasan.mm.Vmalloc;

/** How many bytes of Java heap a live area takes, as a program that prints it. */
public final class HeapPerArea {

    private static final long SIZE = 3 * 4096;

    private HeapPerArea() {}

    /** Takes the number of areas. */
    public static void main(String[] args) {
        int areas = Integer.parseInt(args[0]);
        try (Kernel kernel = Kernel.boot()) {
            Vmalloc vmalloc = kernel.vmalloc();
            vmalloc.vfree(vmalloc.vmalloc(SIZE));
            vmalloc.purge();
            long before = used();
            for (int i = 0; i < areas; i++) {
                if (vmalloc.vmalloc(SIZE) == 0) {
                    throw new IllegalStateException("No area after " + i);
                }
            }
            System.out.println((double) (used() - before) / areas);
        }
    }

    static long used() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
