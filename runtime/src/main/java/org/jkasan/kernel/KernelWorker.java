package org.jkasan.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jkasan.mm.DeferredWork;
import org.jkasan.mm.KernelLog;

/**
 * The thread that does what a kernel has put off, one piece after the other. It is started with the
 * first piece, and ends when it is closed and all is done.
 */
final class KernelWorker implements DeferredWork, AutoCloseable {

    private final String name;
    private final KernelLog log;
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private Thread thread;
    private long scheduled;
    private long done;
    private boolean closed;

    KernelWorker(String name, KernelLog log) {
        this.name = name;
        this.log = log;
    }

    /**
     * Has work done.
     *
     * @throws IllegalStateException if the kernel is closed
     */
    @Override
    public synchronized void schedule(Runnable work) {
        if (closed) {
            throw new IllegalStateException("This kernel is closed, and does no more work.");
        }
        queue.add(work);
        scheduled++;
        notifyAll();
        startIfNeeded();
    }

    private void startIfNeeded() {
        if (thread == null) {
            // With what is inherited from the first to schedule: its work is done here.
            Thread worker = new Thread(null, this::run, name, 0, true);
            worker.setDaemon(true);
            worker.setContextClassLoader(null);
            worker.start();
            thread = worker;
        }
    }

    private void run() {
        for (Runnable work = next(); work != null; work = next()) {
            runGuarded(work);
            finished();
        }
    }

    /** Runs something whose failure is its own. */
    void runGuarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            log.warn(name + ": " + e);
        }
    }

    /** The next piece of work; null when there will be none any more. */
    private synchronized Runnable next() {
        while (queue.isEmpty() && !closed) {
            pause();
        }
        return queue.poll();
    }

    private synchronized void finished() {
        done++;
        notifyAll();
    }

    /** Waits until everything is done that was scheduled before the call. */
    synchronized void flush() {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException("Deferred work cannot wait for itself to be done.");
        }
        long last = scheduled;
        boolean interrupted = false;
        while (done < last) {
            startIfNeeded(); // If it could not be started before, the work is still there.
            interrupted |= !pause();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a change; false if the thread was interrupted. */
    private boolean pause() {
        try {
            wait();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Does what was scheduled, and takes no more. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        flush();
    }
}
