package org.jkasan.agent;

import java.util.concurrent.atomic.AtomicLong;
import org.jkasan.agent.rewrite.RewrittenClass;

/** What the instrumentation did so far, for the summary at exit. Thread-safe. */
final class Tally {

    private final AtomicLong instrumented = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong checks = new AtomicLong();
    private final AtomicLong unchecked = new AtomicLong();

    /** Counts a class with checks in it, and methods that had no room for any. */
    void instrumented(RewrittenClass rewritten) {
        instrumented.incrementAndGet();
        checks.addAndGet(rewritten.checks());
        unchecked.addAndGet(rewritten.uncheckedMethods());
    }

    /** Counts a class that keeps its bytes though it is included. */
    void failed() {
        failed.incrementAndGet();
    }

    long instrumented() {
        return instrumented.get();
    }

    long checks() {
        return checks.get();
    }

    /** One clause of the summary line. */
    String text() {
        String text =
                Plural.of(instrumented.get(), "class", "classes")
                        + " instrumented, "
                        + failed.get()
                        + " failed, "
                        + Plural.of(checks.get(), "check", "checks")
                        + " armed";
        long methods = unchecked.get();
        return methods == 0
                ? text
                : text + " (" + Plural.of(methods, "method", "methods") + " too large for any)";
    }
}
