package org.jkasan.bench.memory;

import java.util.Arrays;
import org.jkasan.kernel.Kernel;
import org.jkasan.mm.Vmalloc;

/**
 * How many bytes of Java heap the area of a live array takes beyond the array, as a program that
 * prints it.
 */
public final class HeapPerArray {

    private static final int LENGTH = 1000;

    private HeapPerArray() {}

    /** Takes the number of arrays. */
    public static void main(String[] args) {
        Object[] arrays = new Object[Integer.parseInt(args[0])];
        long plain = plain(arrays);
        try (Kernel kernel = Kernel.boot()) {
            Vmalloc vmalloc = kernel.vmalloc();
            vmalloc.vfree(vmalloc.vmallocBytes(LENGTH));
            vmalloc.purge();
            long before = HeapPerArea.used();
            for (int i = 0; i < arrays.length; i++) {
                arrays[i] = vmalloc.vmallocBytes(LENGTH);
            }
            long tracked = HeapPerArea.used() - before;
            System.out.println((double) (tracked - plain) / arrays.length);
        }
    }

    /** What the arrays alone take. */
    private static long plain(Object[] arrays) {
        long before = HeapPerArea.used();
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = new byte[LENGTH];
        }
        long plain = HeapPerArea.used() - before;
        Arrays.fill(arrays, null);
        return plain;
    }
}
