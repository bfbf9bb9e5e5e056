package org.jkasan.bench.mutant;

import java.util.List;

/**
 * How a run of a mutant went, as the child JVM prints it and the parent reads it.
 *
 * @param end how it ended
 * @param where the class and line that did something bad first, by the oracle; with KASAN, that ran
 *     into an oops; empty if none did
 * @param oops the address that the kernel's memory management unit refused; empty if none
 * @param left whether the oracle knows of something that was not freed
 * @param leaks what the kernel's leak check found
 * @param reports the class and line of each report of KASAN
 */
record Outcome(End end, String where, String oops, boolean left, int leaks, List<String> reports) {

    enum End {
        /** As the unmutated program does. */
        FINE,
        /** With an exception, or a wrong result. */
        WRONG,
        /** With an oops of the kernel's memory management unit. */
        OOPS,
        /** Not at all, until it was stopped. */
        ENDLESS
    }

    private static final String SEPARATOR = "\t";

    /** One line that {@link #parse} reads. */
    String text() {
        return String.join(
                SEPARATOR,
                end.name(),
                where,
                oops,
                String.valueOf(left),
                String.valueOf(leaks),
                String.join(" ", reports));
    }

    /** Reads a line that {@link #text} made. */
    static Outcome parse(String line) {
        String[] parts = line.split(SEPARATOR, -1);
        List<String> reports = parts[5].isEmpty() ? List.of() : List.of(parts[5].split(" "));
        return new Outcome(
                End.valueOf(parts[0]),
                parts[1],
                parts[2],
                Boolean.parseBoolean(parts[3]),
                Integer.parseInt(parts[4]),
                reports);
    }
}
