package org.jkasan.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.Jdks;

/** A run of the scoreboard: every chosen row on every chosen JDK, one after the other. */
record Goals(
        List<Row> rows, List<Jdk> jdks, Path agent, GoalsOptions options, PrintStream progress) {

    /**
     * The run that the options ask for.
     *
     * @throws UsageException where there is no such row, no such JDK, or no agent
     */
    static Goals of(GoalsOptions options, PrintStream progress) {
        List<Row> rows =
                Catalogue.rows().stream().filter(row -> options.wants(row.goal())).toList();
        if (rows.isEmpty()) {
            throw new UsageException(
                    "No such row has \""
                            + options.only().orElse("")
                            + "\" in its name; without --only=TEXT all are measured and named.");
        }
        return new Goals(rows, jdks(options), AgentJar.find(), options, progress);
    }

    /** The installed JDKs that the options choose. */
    static List<Jdk> jdks(GoalsOptions options) {
        List<Jdk> installed;
        try {
            installed = Jdks.installed();
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        List<Jdk> chosen =
                installed.stream()
                        .filter(jdk -> options.jdk().map(n -> n == jdk.feature()).orElse(true))
                        .toList();
        if (chosen.isEmpty()) {
            throw new UsageException(
                    "No JDK "
                            + options.jdk().map(String::valueOf).orElse("")
                            + " is installed; found: "
                            + String.join(", ", installed.stream().map(Jdk::version).toList())
                            + "; the variable "
                            + Jdks.VARIABLE
                            + " can name more.");
        }
        return chosen;
    }

    /** Measures, prints the machine and the scoreboard, and returns the exit status. */
    int run(PrintStream out) {
        Scoreboard scoreboard = new Scoreboard();
        for (Row row : rows) {
            for (Jdk jdk : jdks) {
                scoreboard.add(measure(row, jdk));
            }
        }
        out.print(Machine.text(jdks));
        out.print(scoreboard.text());
        out.flush();
        return scoreboard.exitStatus();
    }

    private Measurement measure(Row row, Jdk jdk) {
        Goal goal = row.goal();
        progress.print(goal.area() + ": " + goal.name() + " on JDK " + jdk.version() + " ");
        progress.flush();
        Measurement measurement = attempt(row, jdk);
        progress.println(" " + measurement.text());
        return measurement;
    }

    private Measurement attempt(Row row, Jdk jdk) {
        try {
            Bed bed = new Bed(jdk, agent, options.effort(), options.pairs(), this::step);
            return Measurement.of(row.goal(), jdk.version(), row.measure(bed));
        } catch (MeasurementException e) {
            return Measurement.failed(row.goal(), jdk.version(), e.getMessage());
        }
    }

    private void step() {
        progress.print('.');
        progress.flush();
    }
}
