package org.jkasan.samples.testvmalloc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The table for programs: a line for each row, with the times of all configurations in microseconds
 * for {@link Measurements#LOOPS}, then each ratio with the least and the most of the rounds and
 * Linux's.
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
        measurements.configurations().forEach(column -> headings.add(column.key()));
        for (Ratio ratio : ratios()) {
            headings.add(ratio.key());
            headings.add(ratio.key() + " low");
            headings.add(ratio.key() + " high");
            headings.add(ratio.key() + " linux");
        }
        return headings;
    }

    private List<String> cells(TableRow row) {
        List<String> cells =
                new ArrayList<>(List.of(row.run().key(), String.valueOf(row.cpu()), row.name()));
        measurements
                .configurations()
                .forEach(column -> cells.add(number(measurements.time(row, column).median())));
        for (Ratio ratio : ratios()) {
            Figure figure = measurements.ratio(row, ratio);
            cells.add(number(figure.median()));
            cells.add(number(figure.low()));
            cells.add(number(figure.high()));
            cells.add(number(linux.ratio(row, ratio)));
        }
        return cells;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
