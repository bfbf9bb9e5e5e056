package org.jkasan.agent;

import org.jkasan.Kasan;
import org.jkasan.config.KasanConfig;
import org.jkasan.report.ReportSink;
import org.jkasan.shadow.Shadow;

/**
 * The line at the exit of the JVM that says what was checked and what was found; none where the
 * agent was detached. Where nothing can have been found it says why: no report is no good news
 * then.
 */
final class Summary {

    private final Thread thread;

    /**
     * Prints the line when the JVM ends in order.
     *
     * @param config says which classes were to be checked
     * @param shadow has been reserved when there was memory to check
     */
    Summary(ReportSink log, KasanConfig config, Shadow shadow) {
        thread =
                new Thread("jkasan summary") {
                    @Override
                    public void run() {
                        Kasan.Stats stats = Kasan.stats();
                        String why = whyNothing(stats, config, shadow.isReserved());
                        log.write(text(stats) + (why.isEmpty() ? "" : ": " + why) + "\n");
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
    static String attached(KasanConfig config) {
        Kasan.Stats stats = Kasan.stats();
        // a kernel may come later
        String why = whyNothing(stats, config, true);
        return classes(stats) + (why.isEmpty() ? "" : ": so far " + why) + ".";
    }

    /** Why no bad access can have been seen; empty where one can. */
    static String whyNothing(Kasan.Stats stats, KasanConfig config, boolean anyMemory) {
        KasanConfig all = KasanConfig.defaults();
        boolean everything =
                config.include().equals(all.include()) && config.exclude().equals(all.exclude());
        if (stats.classesInstrumented() == 0 && !everything) {
            return "kasan.include="
                    + String.join(":", config.include())
                    + (config.exclude().isEmpty()
                            ? " leaves"
                            : " and kasan.exclude=" + String.join(":", config.exclude()) + " leave")
                    + " no class with anything to check";
        }
        return anyMemory ? "" : "no kernel was booted, so there was no memory to check";
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
