package org.jkasan.samples.testvmalloc;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jkasan.samples.launch.Jdks;

/** The command {@code test-vmalloc table}: measures all configurations and prints the table. */
final class TableCommand {

    private TableCommand() {}

    /**
     * Measures, and writes what was asked for.
     *
     * @throws IOException where a file cannot be written
     * @throws IllegalStateException where a child JVM fails, or reports something
     */
    static void run(TableOptions options, PrintStream out, PrintStream progress)
            throws IOException {
        List<Contestant> contestants = new ArrayList<>();
        try {
            for (Configuration configuration : options.configurations()) {
                contestants.add(new Contestant(configuration, options.samples(), options.agent()));
            }
            Rounds rounds = new Rounds(contestants, options.budget(), progress);
            Measurements measurements = rounds.measure();
            contestants.forEach(Contestant::requireNoReports);
            LinuxFigures linux = LinuxFigures.read();
            out.print(heading(rounds));
            out.print(new TableText(measurements, linux).text());
            if (options.csv() != null) {
                Files.writeString(options.csv(), new TableCsv(measurements, linux).text());
            }
            if (options.svg() != null) {
                Files.writeString(
                        options.svg(), new TableChart(measurements, linux, machine()).svg());
            }
        } finally {
            contestants.forEach(Contestant::close);
        }
    }

    private static String machine() {
        return String.format(
                Locale.ROOT,
                "%s, %s %s, %d CPUs",
                Jdks.running(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
    }

    private static String heading(Rounds rounds) {
        return String.format(
                Locale.ROOT,
                """
                %s table: %s, load %.1f
                %sMicroseconds that a test takes for %d loops, as medians of the rounds;
                ratios are the medians of the rounds' ratios. Linux is commit %s.
                """,
                TestVmalloc.NAME,
                machine(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                rounds.spent(),
                Measurements.LOOPS,
                LinuxFigures.COMMIT);
    }
}
