package org.jkasan.agent;

import org.jkasan.Kasan;
import org.jkasan.report.ReportSink;

/**
 * The line at the exit of the JVM that says what was checked and what was found; none where the
 * agent was detached.
 */
final class Summary {

    private final Thread thread;

    /** Prints the line when the JVM ends in order. */
    Summary(ReportSink log) {
        thread =
                new Thread("jkasan summary") {
                    @Override
                    public void run() {
                        log.write(text(Kasan.stats()) + "\n");
                    }
                };
        Runtime.getRuntime().addShutdownHook(thread);
    }

    /** Prints nothing after all, unless the JVM ends already. */
    void cancel() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException theEndHasCome) {
            return;
        }
    }

    /** What an attach did. */
    static String attached() {
        return classes(Kasan.stats()) + ".";
    }

    /** What a detach did. */
    static String detached(int restored) {
        return number(restored, "class has its", "classes have their")
                + " own bytes again, "
                + reports(Kasan.stats())
                + " so far.";
    }

    static String text(Kasan.Stats stats) {
        return "jkasan: " + classes(stats) + ", " + reports(stats) + dropped(stats.stacksDropped());
    }

    private static String classes(Kasan.Stats stats) {
        return number(stats.classesInstrumented(), "class", "classes")
                + " instrumented, "
                + stats.classesFailed()
                + " failed, "
                + number(stats.checksArmed(), "check", "checks")
                + " armed"
                + tooLarge(stats.methodsUnchecked());
    }

    private static String reports(Kasan.Stats stats) {
        return number(stats.reports(), "report", "reports") + repeats(stats.repeats());
    }

    private static String tooLarge(long methods) {
        return methods == 0
                ? ""
                : ", " + number(methods, "method", "methods") + " too large to check";
    }

    private static String repeats(long repeats) {
        return repeats == 0 ? "" : " (" + number(repeats, "repeat", "repeats") + ")";
    }

    private static String dropped(long stacks) {
        return stacks == 0 ? "" : ", " + number(stacks, "stack", "stacks") + " dropped";
    }

    private static String number(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
