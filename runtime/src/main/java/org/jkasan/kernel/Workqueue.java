package org.jkasan.kernel;

import org.jkasan.mm.Cpus;
import org.jkasan.mm.DeferredWork;
import org.jkasan.mm.KernelLog;
import org.jkasan.mm.slab.SlabMemory;

/**
 * Work that is done later, by a thread of its CPU: the kernel's system workqueue. Thread-safe.
 *
 * <p>Where the work belongs to a slab object, a report on that object says who queued it last and
 * who before: "Last potentially related work creation". Source: kernel/workqueue.c.
 */
public final class Workqueue implements DeferredWork {

    private final Cpus cpus;
    private final SlabMemory slab;
    private final KernelWorker[] workers;

    Workqueue(Cpus cpus, SlabMemory slab, KernelLog log) {
        this.cpus = cpus;
        this.slab = slab;
        this.workers = new KernelWorker[cpus.count()];
        for (int cpu = 0; cpu < workers.length; cpu++) {
            workers[cpu] = new KernelWorker("kworker/" + cpu + ":0", log);
        }
    }

    /** Has work done on the current CPU: schedule_work. */
    @Override
    public void schedule(Runnable work) {
        queueOn(cpus.current(), 0, work);
    }

    /**
     * Has the work done that a slab object stands for: queue_work.
     *
     * @param object an address in that object; any other is nothing
     * @throws IllegalStateException if the kernel is closed
     */
    public void queue(long object, Runnable work) {
        queueOn(cpus.current(), object, work);
    }

    /**
     * Does as {@link #queue} does on a CPU: queue_work_on.
     *
     * @throws IllegalArgumentException for a CPU that this kernel has not
     */
    public void queueOn(int cpu, long object, Runnable work) {
        if (cpu < 0 || cpu >= workers.length) {
            throw new IllegalArgumentException(
                    "There is no CPU " + cpu + "; this kernel has " + workers.length + ".");
        }
        slab.recordAuxStack(object);
        workers[cpu].schedule(work);
    }

    /** Waits until everything is done that was queued before the call: flush_workqueue. */
    public void flush() {
        for (KernelWorker worker : workers) {
            worker.flush();
        }
    }

    void close() {
        for (KernelWorker worker : workers) {
            worker.close();
        }
    }
}
