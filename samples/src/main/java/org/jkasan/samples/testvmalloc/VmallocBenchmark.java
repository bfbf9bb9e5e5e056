package org.jkasan.samples.testvmalloc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jkasan.kernel.Kernel;

/** The module at work: starts the workers together and waits for them. */
final class VmallocBenchmark {

    private final Kernel kernel;
    private final Parameters parameters;

    VmallocBenchmark(Kernel kernel, Parameters parameters) {
        this.kernel = kernel;
        this.parameters = parameters;
    }

    /** Runs the tests in all workers. */
    List<WorkerResult> run() {
        int workers = parameters.workers(kernel.percpu().cpus());
        CountDownLatch ready = new CountDownLatch(workers);
        CountDownLatch start = new CountDownLatch(1);
        List<FutureTask<WorkerResult>> tasks = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            FutureTask<WorkerResult> task =
                    new FutureTask<>(new Worker(kernel, parameters, i, ready, start));
            Thread thread = new Thread(task, "vmalloc_test/" + i);
            thread.setDaemon(true);
            thread.start();
            tasks.add(task);
        }
        try {
            ready.await();
            start.countDown();
            List<WorkerResult> results = new ArrayList<>();
            for (FutureTask<WorkerResult> task : tasks) {
                results.add(task.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("A worker of test-vmalloc failed", e);
        }
    }
}
