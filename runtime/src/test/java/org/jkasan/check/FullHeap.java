package org.jkasan.check;

import org.jkasan.shadow.Shadow;

/** Makes tables of tracked arrays that the Java heap has no room for when they are to grow. */
public final class FullHeap {

    private static final int FITTING = 42;
    private static final long BASE = 0x7000_0000_1000L;

    private FullHeap() {}

    /** A table that the next array is one too many for. */
    public static HeapArrays arrays() {
        HeapArrays arrays =
                new HeapArrays(
                        new Shadow(),
                        new LookMemo(),
                        slots -> {
                            throw new OutOfMemoryError("A table of " + slots + " slots.");
                        });
        for (int i = 0; i < FITTING; i++) {
            arrays.track(new double[0], BASE + Long.BYTES * i);
        }
        return arrays;
    }
}
