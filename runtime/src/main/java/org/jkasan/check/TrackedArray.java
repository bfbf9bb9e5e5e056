package org.jkasan.check;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

/** An array that is tracked, held weakly, and where: an entry of {@link HeapArrays}. */
final class TrackedArray extends WeakReference<Object> {

    /** Bits of a base that are 0. */
    private static final int SHIFT_MASK = 7;

    final int hash;

    /** The base, and where that is always 0, log2 of the size of an element. */
    private final long baseAndShift;

    TrackedArray(Object array, ReferenceQueue<Object> queue, int hash, int shift, long base) {
        super(array, queue);
        this.hash = hash;
        this.baseAndShift = base | shift;
    }

    int shift() {
        return (int) baseAndShift & SHIFT_MASK;
    }

    long base() {
        return baseAndShift & ~SHIFT_MASK;
    }
}
