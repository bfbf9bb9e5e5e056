package org.jkasan.bench;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jkasan.bench.mutant.Mutants;
import org.jkasan.samples.launch.Jdk;

/** The rows on detection: of planted bugs, how many are found where they are. */
final class MutantRows {

    private static final String AREA = "mutants";

    /** The least share of bugs to be found, in percent. */
    private static final double FOUND = 97;

    static final List<Row> ROWS = rows();

    private MutantRows() {}

    /** All are figures of the same run. */
    private static List<Row> rows() {
        Map<Jdk, Mutants.Summary> runs = new HashMap<>();
        return List.of(
                new Figure(
                        new Goal(
                                "planted bugs found at their line: report, leak, oops",
                                AREA,
                                "%",
                                Comparison.AT_LEAST,
                                FOUND),
                        Mutants.Summary::found,
                        runs),
                new Figure(
                        Goal.informs("the same without oopses", AREA, "%"),
                        Mutants.Summary::foundByKasan,
                        runs),
                new Figure(
                        new Goal("false reports", AREA, "", Comparison.AT_MOST, 0),
                        Mutants.Summary::falseReports,
                        runs));
    }

    private record Figure(
            Goal goal, ToDoubleFunction<Mutants.Summary> figure, Map<Jdk, Mutants.Summary> runs)
            implements Row {

        @Override
        public Estimate measure(Bed bed) {
            try {
                Mutants.Summary summary = runs.computeIfAbsent(bed.jdk(), jdk -> run(bed));
                return Estimate.median(figure.applyAsDouble(summary));
            } catch (IllegalStateException e) {
                throw new MeasurementException(e.getMessage(), e);
            }
        }

        private static Mutants.Summary run(Bed bed) {
            return Mutants.run(bed.jdk(), bed.agent(), AgentJar.here(), every(bed.effort()));
        }
    }

    /** Of how many mutants one is taken. */
    private static int every(Effort effort) {
        return switch (effort) {
            case SMOKE -> 97;
            case QUICK -> 8;
            case FULL -> 1;
        };
    }

    /**
     * Prints the matrix for each JDK that the arguments choose; the exit status.
     *
     * @throws UsageException where they choose something else
     */
    static int print(List<String> arguments, PrintStream out) {
        GoalsOptions options = GoalsOptions.parse(arguments, List.of());
        if (options.only().isPresent()) {
            throw new UsageException("--only=TEXT chooses rows of goals; mutants has none.");
        }
        int every = every(options.effort());
        boolean met = true;
        for (Jdk jdk : Goals.jdks(options)) {
            Mutants.Summary summary = Mutants.run(jdk, AgentJar.find(), AgentJar.here(), every);
            out.println(jdk);
            out.print(summary.text());
            met &= summary.found() >= FOUND && summary.falseReports() == 0;
        }
        return met ? 0 : 1;
    }
}
