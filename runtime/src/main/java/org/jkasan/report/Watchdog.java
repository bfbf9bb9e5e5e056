package org.jkasan.report;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sees to it that a report is made even if one who was asked for details does not come back: a
 * deadlocked program needs its report most.
 */
final class Watchdog {

    private static final long IDLE_SECONDS = 10;

    private final long patienceMillis;

    /** Null until the first watch. */
    private ScheduledThreadPoolExecutor timer;

    Watchdog(long patienceMillis) {
        this.patienceMillis = patienceMillis;
    }

    private synchronized ScheduledThreadPoolExecutor timer() {
        if (timer == null) {
            timer = new ScheduledThreadPoolExecutor(1, Watchdog::thread);
            timer.setRemoveOnCancelPolicy(true);
            timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
            timer.allowCoreThreadTimeOut(true);
        }
        return timer;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "jkasan-watchdog", 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        return thread;
    }

    /** Runs {@code late} on a thread of its own unless the watch ends in time. */
    Watch start(Runnable late) {
        AtomicBoolean over = new AtomicBoolean();
        try {
            var task =
                    timer().schedule(
                                    () -> {
                                        if (over.compareAndSet(false, true)) {
                                            late.run();
                                        }
                                    },
                                    patienceMillis,
                                    TimeUnit.MILLISECONDS);
            return new Watch(over, () -> task.cancel(false));
        } catch (OutOfMemoryError noThread) {
            // Nobody watches then; the report is made in the ordinary way.
            return new Watch(over, () -> {});
        }
    }

    /**
     * One watch.
     *
     * @param over whether either side took the matter
     * @param cancel takes the late action off the timer
     */
    record Watch(AtomicBoolean over, Runnable cancel) {

        /** Ends the watch; false if it was too late for that and the late action was taken. */
        boolean end() {
            cancel.run();
            return over.compareAndSet(false, true);
        }
    }
}
