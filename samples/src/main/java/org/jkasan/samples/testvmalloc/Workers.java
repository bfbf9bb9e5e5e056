package org.jkasan.samples.testvmalloc;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;

/** The module's threads, which all begin to work at the same time. */
final class Workers {

    private Workers() {}

    /**
     * Starts workers together and waits for them.
     *
     * @param work what the worker of a number, from 0 on, does
     * @return what each came to, in the order of their numbers
     */
    static <T> List<T> together(int count, IntFunction<Callable<T>> work) {
        CountDownLatch ready = new CountDownLatch(count);
        CountDownLatch start = new CountDownLatch(1);
        List<FutureTask<T>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Callable<T> own = work.apply(i);
            FutureTask<T> task =
                    new FutureTask<>(
                            () -> {
                                ready.countDown();
                                start.await();
                                return own.call();
                            });
            Thread thread = new Thread(task, "vmalloc_test/" + i);
            thread.setDaemon(true);
            thread.start();
            tasks.add(task);
        }
        try {
            ready.await();
            start.countDown();
            List<T> results = new ArrayList<>();
            for (FutureTask<T> task : tasks) {
                results.add(task.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("A worker of test-vmalloc failed", e);
        }
    }
}
