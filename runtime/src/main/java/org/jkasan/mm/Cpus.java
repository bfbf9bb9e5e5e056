package org.jkasan.mm;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** A kernel's CPUs, and which of them a thread, so to speak, runs on. Thread-safe. */
public final class Cpus {

    /*
     *   threads, in the order in which they first ask:   0    1    2    3    4
     *   the CPUs of a kernel that has three:              0    1    2    0    1
     *
     * A thread stays on its CPU unless it is bound to another, and as many threads that begin one
     * after the other as there are CPUs have one each. A thread whose CPU was unplugged runs on the
     * next one online.
     *
     * A thread's number is the same for all kernels: so it costs one look-up, and no kernel leaves
     * anything behind in a thread.
     */

    private static final AtomicInteger THREADS = new AtomicInteger();

    private static final ThreadLocal<Integer> NUMBER =
            ThreadLocal.withInitial(() -> THREADS.getAndIncrement() & Integer.MAX_VALUE);

    private final int count;
    private final AtomicIntegerArray offline;
    private volatile boolean unplugged;

    /** So many CPUs, all online. */
    Cpus(int count) {
        this.count = count;
        this.offline = new AtomicIntegerArray(count);
    }

    /** How many the kernel booted with. */
    public int count() {
        return count;
    }

    /** The CPU of the current thread: 0 up to one below {@link #count}. */
    public int current() {
        int cpu = NUMBER.get() % count;
        while (unplugged && !isOnline(cpu)) {
            cpu = (cpu + 1) % count;
        }
        return cpu;
    }

    /**
     * Has the current thread run on a CPU from now on: kthread_bind. In other kernels, of which
     * each CPU has a number, it runs on the one of that number, or with fewer CPUs on the one that
     * is left of it.
     *
     * @throws IllegalArgumentException for a CPU that is not online
     */
    public void bind(int cpu) {
        if (cpu < 0 || cpu >= count || !isOnline(cpu)) {
            throw notOnline(cpu);
        }
        NUMBER.set(cpu);
    }

    private IllegalArgumentException notOnline(int cpu) {
        return new IllegalArgumentException(
                "CPU " + cpu + " is not online; this kernel booted with " + count + " CPUs.");
    }

    /** Whether a CPU was not unplugged. */
    public boolean isOnline(int cpu) {
        return offline.get(cpu) == 0;
    }

    /**
     * Takes a CPU away; its threads run on others from now on, or in a moment.
     *
     * @throws IllegalArgumentException for a CPU that is not online, or the last one that is
     */
    public synchronized void unplug(int cpu) {
        if (cpu < 0 || cpu >= count || !isOnline(cpu)) {
            throw notOnline(cpu);
        }
        if (online() == 1) {
            throw new IllegalArgumentException(
                    "CPU " + cpu + " is the last one online and has to stay.");
        }
        offline.set(cpu, 1);
        unplugged = true;
    }

    private int online() {
        int online = 0;
        for (int cpu = 0; cpu < count; cpu++) {
            online += isOnline(cpu) ? 1 : 0;
        }
        return online;
    }
}
