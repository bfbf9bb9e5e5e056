package org.jkasan;

import java.util.Objects;
import org.jkasan.check.ClassCounters;
import org.jkasan.check.Sanitizer;
import org.jkasan.report.ReportListener;

/** The sanitizer of this JVM, as programs see it. */
public final class Kasan {

    private Kasan() {}

    /** Whether this JVM is sanitized, that is, runs with the agent, which was not detached. */
    public static boolean enabled() {
        Sanitizer sanitizer = Sanitizer.installed();
        return sanitizer != null && sanitizer.reporter().isOn();
    }

    /**
     * Has bad reads and writes of the current thread not reported, for code that looks where it
     * must not: kasan_disable_current. Calls nest; bad frees are reported all the same. Nothing
     * happens where KASAN is not enabled.
     */
    public static void disableCurrent() {
        Sanitizer sanitizer = Sanitizer.installed();
        if (sanitizer != null) {
            sanitizer.reporter().disableCurrent();
        }
    }

    /**
     * Ends one {@link #disableCurrent} of the same thread: kasan_enable_current.
     *
     * @throws IllegalStateException if the thread's reports are not disabled
     */
    public static void enableCurrent() {
        Sanitizer sanitizer = Sanitizer.installed();
        if (sanitizer != null) {
            sanitizer.reporter().enableCurrent();
        }
    }

    /**
     * Has a listener see every bad access of this JVM from now on, as data, before it is printed;
     * it can take those that it expects off the record. The listener added last is asked first.
     * Nothing happens where KASAN is not enabled.
     */
    public static void addReportListener(ReportListener listener) {
        Objects.requireNonNull(listener, "listener");
        Sanitizer sanitizer = Sanitizer.installed();
        if (sanitizer != null) {
            sanitizer.reporter().addListener(listener);
        }
    }

    /**
     * Ends one {@link #addReportListener}; bad accesses that other threads are about to report may
     * still reach the listener.
     *
     * @throws IllegalStateException if it is not one of the listeners
     */
    public static void removeReportListener(ReportListener listener) {
        Objects.requireNonNull(listener, "listener");
        Sanitizer sanitizer = Sanitizer.installed();
        if (sanitizer != null) {
            sanitizer.reporter().removeListener(listener);
        }
    }

    /** What was done so far; all zero where KASAN is not enabled. */
    public static Stats stats() {
        Sanitizer sanitizer = Sanitizer.installed();
        if (sanitizer == null) {
            return new Stats(0, 0, 0, 0, 0, 0, 0);
        }
        ClassCounters classes = sanitizer.classes();
        return new Stats(
                classes.instrumented(),
                classes.failed(),
                classes.checks(),
                classes.methodsUnchecked(),
                sanitizer.reporter().reports(),
                sanitizer.reporter().repeats(),
                sanitizer.tracks().dropped());
    }

    /**
     * Numbers since the start of the JVM; those of classes since the agent was last attached.
     *
     * @param classesInstrumented classes that were rewritten
     * @param classesFailed classes that could not be rewritten and run unchecked
     * @param checksArmed places in the rewritten classes where a check was put
     * @param methodsUnchecked methods of the rewritten classes that are too large for any check
     * @param reports reports printed
     * @param repeats bad accesses not printed again because their bug had been reported
     * @param stacksDropped allocations and frees whose stack is not known because the stack depot
     *     was full
     */
    public record Stats(
            long classesInstrumented,
            long classesFailed,
            long checksArmed,
            long methodsUnchecked,
            long reports,
            long repeats,
            long stacksDropped) {}
}
