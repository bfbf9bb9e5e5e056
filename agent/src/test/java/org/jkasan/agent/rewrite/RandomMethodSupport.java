package org.jkasan.agent.rewrite;

/** What the methods of {@link RandomMethod} call: code that may change what is tracked. */
public final class RandomMethodSupport {

    private static int fresh;

    private RandomMethodSupport() {}

    static void reset() {
        fresh = 0;
    }

    /** A new array that is tracked. */
    public static int[] fresh(int x) {
        int[] array = new int[8];
        array[x & 7] = x;
        RecordingHooks.know(array, "fresh" + fresh++);
        return array;
    }

    /** Tracks the array, or ends that, by turns. */
    public static int toggle(int[] array) {
        if (array == null) {
            return 1;
        }
        if (RecordingHooks.knows(array)) {
            RecordingHooks.forget(array);
        } else {
            RecordingHooks.know(array, "again" + fresh++);
        }
        return 0;
    }
}
