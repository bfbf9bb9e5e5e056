package org.jkasan.mm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A thread on each CPU of a machine, one of which at a time does something. */
final class CpuThreads implements AutoCloseable {

    private final List<ExecutorService> threads = new ArrayList<>();

    CpuThreads(Cpus cpus) {
        for (int cpu = 0; cpu < cpus.count(); cpu++) {
            threads.add(threadOn(cpu, cpus));
        }
    }

    private static ExecutorService threadOn(int cpu, Cpus cpus) {
        while (true) {
            ExecutorService thread = Executors.newSingleThreadExecutor();
            if (CompletableFuture.supplyAsync(cpus::current, thread).join() == cpu) {
                return thread;
            }
            thread.shutdown();
        }
    }

    /** Runs something on a CPU, and waits for it. */
    void on(int cpu, Runnable action) {
        CompletableFuture.runAsync(action, threads.get(cpu)).join();
    }

    @Override
    public void close() {
        threads.forEach(ExecutorService::shutdown);
    }
}
