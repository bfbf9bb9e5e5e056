package org.jkasan.bench;

import java.util.List;
import java.util.Optional;

/**
 * The arguments of {@code goals}: one area or all, rows whose names have a text in them or all, one
 * JDK or all, and how long to measure.
 */
record GoalsOptions(
        Optional<String> area, Optional<String> only, Optional<Integer> jdk, Effort effort) {

    private static final String JDK = "--jdk=";
    private static final String ONLY = "--only=";

    /**
     * Reads the arguments.
     *
     * @throws UsageException where one is unknown or given twice
     */
    static GoalsOptions parse(List<String> args, List<String> areas) {
        GoalsOptions options =
                new GoalsOptions(Optional.empty(), Optional.empty(), Optional.empty(), Effort.FULL);
        for (String arg : args) {
            options = options.with(arg, areas);
        }
        return options;
    }

    private GoalsOptions with(String arg, List<String> areas) {
        if (arg.equals("--quick") || arg.equals("--smoke")) {
            if (effort != Effort.FULL) {
                throw new UsageException("Give one of --quick and --smoke, once.");
            }
            Effort chosen = arg.equals("--quick") ? Effort.QUICK : Effort.SMOKE;
            return new GoalsOptions(area, only, jdk, chosen);
        }
        if (arg.startsWith(JDK)) {
            return new GoalsOptions(area, only, Optional.of(feature(arg)), effort);
        }
        if (arg.startsWith(ONLY)) {
            Optional<String> text = Optional.of(arg.substring(ONLY.length()));
            return new GoalsOptions(area, text, jdk, effort);
        }
        if (arg.startsWith("-")) {
            throw new UsageException(
                    "Unknown option \""
                            + arg
                            + "\"; known are --quick, --smoke, --only=TEXT and --jdk=N.");
        }
        if (area.isPresent()) {
            throw new UsageException(
                    "Give one area, not both \"" + area.get() + "\" and \"" + arg + "\".");
        }
        if (!areas.contains(arg)) {
            throw new UsageException(
                    "Unknown area \"" + arg + "\"; known are: " + String.join(", ", areas) + ".");
        }
        return new GoalsOptions(Optional.of(arg), only, jdk, effort);
    }

    /** Whether a row is among those asked for. */
    boolean wants(Goal goal) {
        return area.map(goal.area()::equals).orElse(true)
                && only.map(goal.name()::contains).orElse(true);
    }

    private static int feature(String arg) {
        String number = arg.substring(JDK.length());
        if (!number.matches("[1-9][0-9]{0,3}")) {
            throw new UsageException(
                    "\"" + arg + "\" names no JDK; expected its feature release, as in --jdk=17.");
        }
        return Integer.parseInt(number);
    }
}
