package org.jkasan.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.jkasan.mm.Cpus;
import org.jkasan.mm.KernelLog;
import org.jkasan.mm.Vmalloc;
import org.jkasan.mm.slab.GracePeriods;
import org.jkasan.mm.slab.SlabMemory;

/**
 * Read-copy-update: what is freed through it stays until all who may be reading it have finished.
 * Thread-safe. Source: kernel/rcu/, of which this is the sleepable kind's counting.
 */
public final class Rcu implements GracePeriods {

    /*
     *   readers   | phase 0: CPU 0, CPU 1, ... | phase 1: CPU 0, CPU 1, ... |
     *
     * A reader counts itself in with the current phase and its CPU, and out where it counted itself
     * in. A grace period changes the phase and waits until nobody is counted in the old one, twice: a
     * reader that has read the phase and not yet counted when it changes is seen by the second wait,
     * or has begun after this grace period did and sees what was changed before it.
     *
     * Callbacks gather while a grace period runs, and share the next one. They run in a thread of
     * their own, in the order in which they came.
     */

    private static final int PHASES = 2;

    /** Counters to a line of the processor's cache. */
    private static final int SPREAD = 8;

    private static final long POLL_NANOS = 20_000;

    /** Callbacks that may wait before who can sleep is made to: the kernel's qhimark. */
    private static final int MANY = 10_000;

    /** A thread inside read-side critical sections: how many, and where it is counted. */
    private static final class Reader {
        int depth;
        int slot;
    }

    private final Cpus cpus;
    private final Vmalloc vmalloc;
    private final SlabMemory slab;
    private final KernelWorker worker;
    private final AtomicLongArray readers;
    private final ThreadLocal<Reader> current = ThreadLocal.withInitial(Reader::new);
    private final Object graceLock = new Object();
    private final Object listLock = new Object();
    private List<Runnable> waiting = new ArrayList<>();
    private volatile int phase;

    Rcu(Cpus cpus, Vmalloc vmalloc, SlabMemory slab, KernelLog log) {
        this.cpus = cpus;
        this.vmalloc = vmalloc;
        this.slab = slab;
        this.worker = new KernelWorker("rcu_sched", log);
        this.readers = new AtomicLongArray(PHASES * cpus.count() * SPREAD);
    }

    /** Begins a read-side critical section, which may lie in another: rcu_read_lock. */
    public void readLock() {
        Reader reader = current.get();
        if (reader.depth++ == 0) {
            reader.slot = slot(phase, cpus.current());
            readers.incrementAndGet(reader.slot);
        }
    }

    /**
     * Ends a read-side critical section: rcu_read_unlock.
     *
     * @throws IllegalStateException if the thread is in none
     */
    public void readUnlock() {
        Reader reader = current.get();
        if (reader.depth == 0) {
            throw new IllegalStateException("This thread is in no read-side critical section.");
        }
        if (--reader.depth == 0) {
            readers.decrementAndGet(reader.slot);
            current.remove();
        }
    }

    /**
     * Waits until all read-side critical sections have ended that had begun: synchronize_rcu.
     *
     * @throws IllegalStateException in such a section, whose end could never be waited for
     */
    public void synchronize() {
        requireNoReader("synchronize_rcu()");
        synchronized (graceLock) {
            for (int i = 0; i < PHASES; i++) {
                int old = phase;
                phase = 1 - old;
                while (isRead(old)) {
                    LockSupport.parkNanos(POLL_NANOS);
                }
            }
        }
    }

    private void requireNoReader(String call) {
        if (current.get().depth > 0) {
            throw new IllegalStateException(
                    "Illegal " + call + " in RCU read-side critical section.");
        }
    }

    private boolean isRead(int old) {
        long count = 0;
        for (int cpu = 0; cpu < cpus.count(); cpu++) {
            count += readers.get(slot(old, cpu));
        }
        return count != 0;
    }

    private int slot(int ofPhase, int cpu) {
        return (ofPhase * cpus.count() + cpu) * SPREAD;
    }

    /**
     * Runs a callback after a grace period: call_rcu.
     *
     * @param head an address in the slab object that it is about; any other is nothing
     * @throws IllegalStateException if the kernel is closed
     */
    @Override
    public void call(long head, Runnable callback) {
        slab.recordAuxStack(head);
        add(callback);
    }

    /** How many callbacks wait for a grace period to begin now. */
    private int add(Runnable callback) {
        synchronized (listLock) {
            waiting.add(callback);
            if (waiting.size() == 1) {
                worker.schedule(this::runCallbacks);
            }
            return waiting.size();
        }
    }

    private void runCallbacks() {
        List<Runnable> due;
        synchronized (listLock) {
            due = waiting;
            waiting = new ArrayList<>();
        }
        synchronize();
        due.forEach(worker::runGuarded);
    }

    /** Frees what kmalloc allocated after a grace period: kfree_rcu. 0 is nothing. */
    public void kfree(long object) {
        if (object != 0) {
            call(object, () -> slab.kmalloc().kfree(object));
        }
    }

    /**
     * Frees what kmalloc or vmalloc allocated after a grace period: kvfree_rcu with two arguments,
     * which never waits. 0 is nothing.
     *
     * @param head the address of the rcu_head in the object
     */
    public void kvfree(long object, long head) {
        if (object != 0) {
            call(head, () -> free(object));
        }
    }

    /**
     * Frees as {@link #kvfree(long, long)} does what has no rcu_head: kvfree_rcu with one argument,
     * kvfree_rcu_mightsleep. Where very much waits to be freed already, so does the caller.
     *
     * @throws IllegalStateException in a read-side critical section, where nobody may sleep
     */
    public void kvfree(long object) {
        requireNoReader("kvfree_rcu_mightsleep()");
        if (object != 0) {
            slab.recordAuxStack(object);
            if (add(() -> free(object)) > MANY) {
                barrier();
            }
        }
    }

    /** kvfree. */
    private void free(long object) {
        if (vmalloc.isVmallocAddr(object)) {
            vmalloc.vfree(object);
        } else {
            slab.kmalloc().kfree(object);
        }
    }

    /** Waits until all callbacks have run that were given before the call: rcu_barrier. */
    @Override
    public void barrier() {
        worker.flush();
    }

    void close() {
        worker.close();
    }
}
