package org.jkasan.agent.rewrite.loop;

import org.jkasan.agent.rewrite.RecordingHooks;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;

/** Tracked arrays of tests, in the shadow that judges their accesses. */
final class Redzones {

    private static final int SIZE = 256;

    private Redzones() {}

    /**
     * Tracks an array, with bad memory before and behind it.
     *
     * @param size in bytes
     */
    static void track(Shadow shadow, Object array, String name, long size) {
        RecordingHooks.know(array, name);
        long address = RecordingHooks.address(array);
        shadow.poison(address - SIZE, SIZE + (size + 7 & ~7) + SIZE, ShadowByte.VMALLOC_INVALID);
        shadow.unpoison(address, size);
    }

    /** A tracked array of zeros. */
    static int[] ints(Shadow shadow, String name, int length) {
        int[] array = new int[length];
        track(shadow, array, name, (long) Integer.BYTES * length);
        return array;
    }
}
