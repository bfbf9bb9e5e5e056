package org.jkasan.check;

import java.util.concurrent.atomic.AtomicLong;

/** Counts what the agent does to classes. Thread-safe. */
public final class ClassCounters {

    private final AtomicLong instrumented = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong checks = new AtomicLong();
    private final AtomicLong methodsUnchecked = new AtomicLong();

    ClassCounters() {}

    /** A class was rewritten and so many calls of hooks put into it. */
    public void countInstrumented(long checksInClass) {
        instrumented.incrementAndGet();
        checks.addAndGet(checksInClass);
    }

    /** A class could not be rewritten and keeps its bytes. */
    public void countFailed() {
        failed.incrementAndGet();
    }

    /** So many methods of a rewritten class have no room for a check and stay as they are. */
    public void countMethodsUnchecked(long methods) {
        methodsUnchecked.addAndGet(methods);
    }

    /** All classes have their own bytes again. */
    public void reset() {
        instrumented.set(0);
        failed.set(0);
        checks.set(0);
        methodsUnchecked.set(0);
    }

    /** Classes rewritten. */
    public long instrumented() {
        return instrumented.get();
    }

    /** Classes that could not be rewritten. */
    public long failed() {
        return failed.get();
    }

    /** Calls of hooks in the rewritten classes. */
    public long checks() {
        return checks.get();
    }

    /** Methods of the rewritten classes that are too large for any check. */
    public long methodsUnchecked() {
        return methodsUnchecked.get();
    }
}
