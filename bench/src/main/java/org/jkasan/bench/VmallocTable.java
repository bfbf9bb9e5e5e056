package org.jkasan.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jkasan.samples.Samples;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.JvmResult;

/**
 * The table that {@code test-vmalloc table} measures, by its CSV: rows by run, CPU and test, each
 * with its cells by heading.
 */
record VmallocTable(List<Map<String, String>> rows) {

    /** Measures the table once for each JDK, and remembers it. For one thread. */
    static final class Source {

        private final Map<Jdk, VmallocTable> tables = new HashMap<>();

        /**
         * The table of the bed's JDK, measured now or before.
         *
         * @throws MeasurementException where the command fails
         */
        VmallocTable of(Bed bed) {
            VmallocTable known = tables.get(bed.jdk());
            if (known == null) {
                known = measure(bed);
                tables.put(bed.jdk(), known);
                bed.step().run();
            }
            return known;
        }
    }

    private static VmallocTable measure(Bed bed) {
        try {
            Path csv = Files.createTempFile("table", ".csv");
            try {
                long budget = bed.effort().tableSeconds();
                JvmResult result =
                        ChildJvm.on(bed.jdk())
                                .options(JmhFork.ownOptions(bed.jdk()).toArray(String[]::new))
                                .main(
                                        List.of(AgentJar.here()),
                                        Samples.class.getName(),
                                        "test-vmalloc",
                                        "table",
                                        "budget=" + budget + "s",
                                        "agent=" + bed.agent(),
                                        "csv=" + csv)
                                .patience(Duration.ofMinutes(10))
                                .run();
                if (result.status() != 0) {
                    throw new MeasurementException("test-vmalloc table failed with " + result);
                }
                return of(Files.readAllLines(csv));
            } finally {
                Files.delete(csv);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The table in the lines of its CSV. */
    static VmallocTable of(List<String> lines) {
        String[] headings = lines.get(0).split(",");
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < headings.length; i++) {
                row.put(headings[i], cells[i]);
            }
            rows.add(row);
        }
        return new VmallocTable(rows);
    }

    /** The largest figure of a column among the CPUs of a run, for a test or the total. */
    Estimate of(String run, String test, String column) {
        return rows.stream()
                .filter(row -> row.get("run").equals(run) && row.get("test").equals(test))
                .map(row -> estimate(row, column))
                .reduce(VmallocTable::larger)
                .orElseThrow(() -> new MeasurementException("No " + test + " in the table"));
    }

    /** The largest figure of a column among all tests of a run. */
    Estimate worst(String run, String column) {
        return rows.stream()
                .filter(row -> row.get("run").equals(run) && !row.get("test").equals("total"))
                .map(row -> estimate(row, column))
                .reduce(VmallocTable::larger)
                .orElseThrow(() -> new MeasurementException("No " + run + " in the table"));
    }

    private static Estimate larger(Estimate one, Estimate other) {
        return one.value() >= other.value() ? one : other;
    }

    private static Estimate estimate(Map<String, String> row, String column) {
        return new Estimate(
                Double.parseDouble(row.get(column)),
                Double.parseDouble(row.get(column + " low")),
                Double.parseDouble(row.get(column + " high")));
    }
}
