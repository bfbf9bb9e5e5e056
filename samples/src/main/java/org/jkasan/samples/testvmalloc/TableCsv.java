package org.jkasan.samples.testvmalloc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The table for programs: a line for each row, with the times of all configurations in microseconds
 * for {@link Measurements#LOOPS}, then each ratio, and Linux's; all that was measured with the
 * least and the most of the rounds.
 */
final class TableCsv {

    private final Measurements measurements;
    private final LinuxFigures linux;

    TableCsv(Measurements measurements, LinuxFigures linux) {
        this.measurements = measurements;
        this.linux = linux;
    }

    String text() {
        StringBuilder text = new StringBuilder(String.join(",", headings())).append('\n');
        TableRow.all().forEach(row -> text.append(String.join(",", cells(row))).append('\n'));
        return text.toString();
    }

    private List<Ratio> ratios() {
        return measurements.configurations().stream()
                .flatMap(configuration -> Ratio.of(configuration).stream())
                .toList();
    }

    private List<String> headings() {
        List<String> headings = new ArrayList<>(List.of("run", "cpu", "test"));
        for (Configuration configuration : measurements.configurations()) {
            headings.addAll(headings(configuration.key()));
        }
        for (Ratio ratio : ratios()) {
            headings.addAll(headings(ratio.key()));
            headings.add(ratio.key() + " linux");
        }
        return headings;
    }

    private static List<String> headings(String figure) {
        return List.of(figure, figure + " low", figure + " high");
    }

    private List<String> cells(TableRow row) {
        List<String> cells =
                new ArrayList<>(List.of(row.run().key(), String.valueOf(row.cpu()), row.name()));
        for (Configuration configuration : measurements.configurations()) {
            cells.addAll(cells(measurements.time(row, configuration)));
        }
        for (Ratio ratio : ratios()) {
            cells.addAll(cells(measurements.ratio(row, ratio)));
            cells.add(number(linux.ratio(row, ratio)));
        }
        return cells;
    }

    private static List<String> cells(Figure figure) {
        return List.of(number(figure.median()), number(figure.low()), number(figure.high()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
