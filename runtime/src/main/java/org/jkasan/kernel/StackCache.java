package org.jkasan.kernel;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The stacks of dead tasks, as many as {@value #PER_CPU} on each CPU, kept for the next task as
 * they are: neither unmapped nor poisoned. A thread's CPU is a fixed one, or the next one online.
 *
 * <p>No locks: a slot is taken and filled atomically, as in the kernel. Source: kernel/fork.c.
 */
final class StackCache {

    /** NR_CACHED_STACKS. */
    static final int PER_CPU = 2;

    private static final long EMPTY = 0;

    private final int cpus;
    private final AtomicLongArray slots;
    private final AtomicIntegerArray offline;

    StackCache(int cpus) {
        this.cpus = cpus;
        this.slots = new AtomicLongArray(cpus * PER_CPU);
        this.offline = new AtomicIntegerArray(cpus);
    }

    /** A stack from the current CPU's slots, or 0. */
    long take() {
        return take(cpu());
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
        int cpu = cpu();
        for (int slot = cpu * PER_CPU; slot < (cpu + 1) * PER_CPU; slot++) {
            if (slots.compareAndSet(slot, EMPTY, stack)) {
                // A CPU that went away meanwhile may have been emptied before this.
                return offline.get(cpu) == 0 || !slots.compareAndSet(slot, stack, EMPTY);
            }
        }
        return false;
    }

    @SuppressWarnings("deprecation") // threadId() is since 19
    private int cpu() {
        int cpu = (int) (Thread.currentThread().getId() % cpus);
        while (offline.get(cpu) != 0) {
            cpu = (cpu + 1) % cpus;
        }
        return cpu;
    }

    /**
     * Takes a CPU away; the stacks that it kept are taken one by one with {@link #takeOffline}.
     *
     * @throws IllegalArgumentException for a CPU that is not online, or the last one that is
     */
    synchronized void unplug(int cpu) {
        if (cpu < 0 || cpu >= cpus || offline.get(cpu) != 0) {
            throw new IllegalArgumentException(
                    "CPU " + cpu + " is not online; this kernel booted with " + cpus + " CPUs.");
        }
        if (online() == 1) {
            throw new IllegalArgumentException(
                    "CPU " + cpu + " is the last one online and has to stay.");
        }
        offline.set(cpu, 1);
    }

    private int online() {
        int online = 0;
        for (int cpu = 0; cpu < cpus; cpu++) {
            online += 1 - offline.get(cpu);
        }
        return online;
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
