package org.jkasan.agent;

import org.jkasan.Kasan;
import org.jkasan.report.ReportSink;

/** The line at the exit of the JVM that says what was checked and what was found. */
final class Summary {

    private Summary() {}

    /** Prints the line when the JVM ends in order. */
    static void atExit(ReportSink log) {
        Thread thread =
                new Thread("jkasan summary") {
                    @Override
                    public void run() {
                        log.write(text(Kasan.stats()) + "\n");
                    }
                };
        Runtime.getRuntime().addShutdownHook(thread);
    }

    static String text(Kasan.Stats stats) {
        String text =
                "jkasan: "
                        + number(stats.classesInstrumented(), "class", "classes")
                        + " instrumented, "
                        + stats.classesFailed()
                        + " failed, "
                        + number(stats.checksArmed(), "check", "checks")
                        + " armed, "
                        + tooLarge(stats.methodsUnchecked())
                        + number(stats.reports(), "report", "reports");
        return text + repeats(stats.repeats()) + dropped(stats.stacksDropped());
    }

    private static String tooLarge(long methods) {
        return methods == 0 ? "" : number(methods, "method", "methods") + " too large to check, ";
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
