package org.jkasan.mm;

/**
 * Which threads are, so to speak, in an interrupt of a kernel: in_interrupt. What may sleep is
 * refused there. Thread-safe.
 */
public final class Interrupts {

    /*
     * A thread that was never in an interrupt pays for the question with one plain load: whoever
     * enters one sets the flag before it asks, and what other threads see of that does not matter.
     */

    private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);
    private boolean used;

    Interrupts() {}

    /** Runs a handler in an interrupt, which may be one within another, on the current thread. */
    public void run(Runnable handler) {
        used = true;
        int outer = depth.get();
        depth.set(outer + 1);
        try {
            handler.run();
        } finally {
            leave(outer);
        }
    }

    private void leave(int outer) {
        if (outer == 0) {
            depth.remove();
        } else {
            depth.set(outer);
        }
    }

    /** Whether the current thread is in one. */
    public boolean inInterrupt() {
        return used && depth.get() > 0;
    }
}
