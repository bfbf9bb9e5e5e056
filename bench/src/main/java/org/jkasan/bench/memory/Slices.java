package org.jkasan.bench.memory;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.function.LongSupplier;

/** Two threads that work in slices of time, one of them or both together. */
final class Slices implements AutoCloseable {

    /** Operations between two looks at the clock. */
    private static final int AT_ONCE = 16;

    private static final long SLICE_NANOS = 10_000_000;

    /** Keeps the compiler from leaving the work out. */
    private static volatile long sink;

    private final Worker[] workers = {new Worker(), new Worker()};

    /** Starts the threads. */
    Slices() {
        for (Worker worker : workers) {
            worker.setDaemon(true);
            worker.start();
        }
    }

    /** Operations per nanosecond of one of the threads, 0 or 1, while the other one waits. */
    double one(int worker, LongSupplier work) {
        return rate(workers[worker].begin(new Slice(new CyclicBarrier(1), work)));
    }

    /** Operations per nanosecond of both together. */
    double both(LongSupplier work) {
        CyclicBarrier start = new CyclicBarrier(2);
        FutureTask<Double> first = workers[0].begin(new Slice(start, work));
        FutureTask<Double> second = workers[1].begin(new Slice(start, work));
        return rate(first) + rate(second);
    }

    private static double rate(FutureTask<Double> slice) {
        try {
            return slice.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("A slice of work failed", e);
        }
    }

    @Override
    public void close() {
        for (Worker worker : workers) {
            worker.interrupt();
        }
    }

    private record Slice(CyclicBarrier start, LongSupplier work) {

        double run() throws Exception {
            start.await();
            long begin = System.nanoTime();
            long now;
            long count = 0;
            long sum = 0;
            do {
                for (int i = 0; i < AT_ONCE; i++) {
                    sum += work.getAsLong();
                }
                count += AT_ONCE;
                now = System.nanoTime();
            } while (now - begin < SLICE_NANOS);
            sink = sum;
            return (double) count / (now - begin);
        }
    }

    private static final class Worker extends Thread {

        private final SynchronousQueue<FutureTask<Double>> next = new SynchronousQueue<>();

        FutureTask<Double> begin(Slice slice) {
            FutureTask<Double> task = new FutureTask<>(slice::run);
            try {
                next.put(task);
            } catch (InterruptedException e) {
                throw new IllegalStateException("Interrupted before a slice of work", e);
            }
            return task;
        }

        @Override
        public void run() {
            try {
                while (true) {
                    next.take().run();
                }
            } catch (InterruptedException closed) {
                // The measurement is over.
            }
        }
    }
}
