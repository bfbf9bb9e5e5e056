package org.jkasan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Work that a test does in several threads at once. */
public final class InThreads {

    private InThreads() {}

    /** Does each in a thread of its own, waits for all, and fails where one failed. */
    public static void run(List<Runnable> tasks) throws InterruptedException {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (Runnable task : tasks) {
            Thread thread = new Thread(task, "task " + threads.size());
            thread.setUncaughtExceptionHandler((dead, failure) -> failures.add(failure));
            threads.add(thread);
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }

    /** Does the same in so many threads. */
    public static void run(int threads, Runnable task) throws InterruptedException {
        run(Collections.nCopies(threads, task));
    }
}
