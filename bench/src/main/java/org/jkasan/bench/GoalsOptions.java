package org.jkasan.bench;

import java.util.List;
import java.util.Optional;

/**
 * The arguments of {@code goals}: one area or all, rows whose names have a text in them or all, one
 * JDK or all, how long to measure, and how many pairs of JVMs run each program.
 */
record GoalsOptions(
        Optional<String> area,
        Optional<String> only,
        Optional<Integer> jdk,
        Effort effort,
        Optional<Integer> chosenPairs) {

    private static final String JDK = "--jdk=";
    private static final String ONLY = "--only=";
    private static final String PAIRS = "--pairs=";

    private static final GoalsOptions DEFAULTS =
            new GoalsOptions(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Effort.FULL,
                    Optional.empty());

    /**
     * Reads the arguments.
     *
     * @throws UsageException where one is unknown or given twice
     */
    static GoalsOptions parse(List<String> args, List<String> areas) {
        GoalsOptions options = DEFAULTS;
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
            return new GoalsOptions(area, only, jdk, chosen, chosenPairs);
        }
        if (arg.startsWith(JDK)) {
            return new GoalsOptions(area, only, Optional.of(feature(arg)), effort, chosenPairs);
        }
        if (arg.startsWith(ONLY)) {
            Optional<String> text = Optional.of(arg.substring(ONLY.length()));
            return new GoalsOptions(area, text, jdk, effort, chosenPairs);
        }
        if (arg.startsWith(PAIRS)) {
            return new GoalsOptions(area, only, jdk, effort, Optional.of(count(arg)));
        }
        if (arg.startsWith("-")) {
            throw new UsageException(
                    "Unknown option \""
                            + arg
                            + "\"; known are --quick, --smoke, --only=TEXT, --jdk=N and"
                            + " --pairs=N.");
        }
        if (area.isPresent()) {
            throw new UsageException(
                    "Give one area, not both \"" + area.get() + "\" and \"" + arg + "\".");
        }
        if (!areas.contains(arg)) {
            throw new UsageException(
                    "Unknown area \"" + arg + "\"; known are: " + String.join(", ", areas) + ".");
        }
        return new GoalsOptions(Optional.of(arg), only, jdk, effort, chosenPairs);
    }

    /** Whether a row is among those asked for. */
    boolean wants(Goal goal) {
        return area.map(goal.area()::equals).orElse(true)
                && only.map(goal.name()::contains).orElse(true);
    }

    /** Pairs of JVMs that run each program. */
    PairLimit pairs() {
        return chosenPairs.map(PairLimit::of).orElse(effort.programPairs());
    }

    private static int count(String arg) {
        String number = arg.substring(PAIRS.length());
        if (!number.matches("[1-9][0-9]?")) {
            throw new UsageException(
                    "\"" + arg + "\" is no number of pairs; expected 1 to 99, as in --pairs=5.");
        }
        return Integer.parseInt(number);
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
