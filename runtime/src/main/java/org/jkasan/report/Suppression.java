package org.jkasan.report;

/**
 * Which threads want no report of their bad accesses, and how often they said so: the kernel's
 * kasan_depth, which is a task's there.
 */
final class Suppression {

    private final ThreadLocal<int[]> depth = new ThreadLocal<>();

    /** Whether the current thread wants none. */
    boolean isOn() {
        return depth.get() != null;
    }

    void disable() {
        int[] known = depth.get();
        if (known == null) {
            depth.set(new int[] {1});
        } else {
            known[0]++;
        }
    }

    void enable() {
        int[] known = depth.get();
        if (known == null) {
            throw new IllegalStateException(
                    "Reports of thread "
                            + Thread.currentThread().getName()
                            + " are not disabled; enable them once for each time that the same"
                            + " thread disabled them.");
        }
        if (--known[0] == 0) {
            depth.remove();
        }
    }
}
