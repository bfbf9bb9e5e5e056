package org.jkasan.samples.testvmalloc;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The figures that the message of the founding commit has. */
final class LinuxFigures {

    /** The commit. */
    static final String COMMIT = "3c5c3cfb9ef4";

    private static final String FILE = "linux-" + COMMIT + ".csv";
    private static final String TOTAL = "total_cycles";
    private static final int FIRST_FIGURE = 3;

    private static final List<Configuration> COLUMNS =
            List.of(Configuration.NO_KASAN, Configuration.KASAN, Configuration.KASAN_VMALLOC);

    private final Map<TableRow, Map<Configuration, Double>> figures = new HashMap<>();

    private LinuxFigures() {}

    /** Reads them from the file beside this class, which says where they come from. */
    static LinuxFigures read() {
        try (InputStream in = LinuxFigures.class.getResourceAsStream(FILE)) {
            return of(
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .skip(1)
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LinuxFigures of(List<String> lines) {
        LinuxFigures all = new LinuxFigures();
        for (TableRow row : TableRow.all()) {
            String start = row.run().key() + "," + row.cpu() + ",";
            String[] cells =
                    lines.stream()
                            .filter(line -> line.startsWith(start))
                            .map(line -> line.split(","))
                            .filter(line -> isOf(row, line[FIRST_FIGURE - 1]))
                            .findFirst()
                            .orElseThrow(() -> new IllegalStateException("No " + row));
            Map<Configuration, Double> values = new EnumMap<>(Configuration.class);
            for (int i = 0; i < COLUMNS.size(); i++) {
                values.put(COLUMNS.get(i), Double.valueOf(cells[FIRST_FIGURE + i]));
            }
            all.figures.put(row, values);
        }
        return all;
    }

    /** The commit's message cuts long names. */
    private static boolean isOf(TableRow row, String name) {
        return row.isTotal() ? name.equals(TOTAL) : row.test().key().startsWith(name);
    }

    /** A ratio of two of its columns; whole stacks are compared with what keeps the caller. */
    double ratio(TableRow row, Ratio ratio) {
        Map<Configuration, Double> values = figures.get(row);
        return values.get(column(ratio.measured())) / values.get(column(ratio.base()));
    }

    private static Configuration column(Configuration configuration) {
        return switch (configuration) {
            case KASAN_VMALLOC_FULL -> Configuration.KASAN_VMALLOC;
            case KASAN_AGAIN -> Configuration.KASAN;
            default -> configuration;
        };
    }
}
