package org.jkasan.kernel;

import java.util.concurrent.atomic.AtomicLongArray;
import org.jkasan.mm.Cpus;

/**
 * The stacks of dead tasks, as many as {@value #PER_CPU} on each CPU, kept for the next task as
 * they are: neither unmapped nor poisoned.
 *
 * <p>No locks: a slot is taken and filled atomically, as in the kernel. Source: kernel/fork.c.
 */
final class StackCache {

    /** NR_CACHED_STACKS. */
    static final int PER_CPU = 2;

    private static final long EMPTY = 0;

    private final Cpus cpus;
    private final AtomicLongArray slots;

    StackCache(Cpus cpus) {
        this.cpus = cpus;
        this.slots = new AtomicLongArray(cpus.count() * PER_CPU);
    }

    /** A stack from the current CPU's slots, or 0. */
    long take() {
        return take(cpus.current());
    }

    private long take(int cpu) {
        for (int slot = cpu * PER_CPU; slot < (cpu + 1) * PER_CPU; slot++) {
            long stack = slots.getAndSet(slot, EMPTY);
            if (stack != EMPTY) {
                return stack;
            }
        }
        return EMPTY;
    }

    /** Keeps a stack; false if the current CPU has as many as it may. */
    boolean put(long stack) {
        int cpu = cpus.current();
        for (int slot = cpu * PER_CPU; slot < (cpu + 1) * PER_CPU; slot++) {
            if (slots.compareAndSet(slot, EMPTY, stack)) {
                // A CPU that went away meanwhile may have been emptied before this.
                return cpus.isOnline(cpu) || !slots.compareAndSet(slot, stack, EMPTY);
            }
        }
        return false;
    }

    /** A stack that a CPU which was unplugged still keeps, or 0. */
    long takeOffline(int cpu) {
        return take(cpu);
    }

    /** Whether a stack is kept. */
    boolean holds(long stack) {
        for (int slot = 0; slot < slots.length(); slot++) {
            if (slots.get(slot) == stack) {
                return true;
            }
        }
        return false;
    }
}
