package org.jkasan.samples.testvmalloc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The table for people. */
final class TableText {

    /** A column: two lines of heading, and what it says of a row. */
    private record Column(
            String group, String title, ToDoubleFunction<TableRow> value, int digits) {

        int width() {
            return Math.max(MIN_WIDTH, title.length());
        }

        String cell(TableRow row) {
            return String.format(Locale.ROOT, "%." + digits + "f", value.applyAsDouble(row));
        }
    }

    private static final int MIN_WIDTH = 11;
    private static final int NAME_WIDTH = 28;
    private static final String GAP = "  ";

    private final Measurements measurements;
    private final LinuxFigures linux;
    private final List<Column> columns = new ArrayList<>();

    TableText(Measurements measurements, LinuxFigures linux) {
        this.measurements = measurements;
        this.linux = linux;
        for (Configuration configuration : measurements.configurations()) {
            addOurs(configuration);
        }
        for (Configuration configuration : measurements.configurations()) {
            if (configuration.isOfLinux()) {
                addLinux(configuration);
            }
        }
    }

    private void addOurs(Configuration configuration) {
        String group = configuration.title();
        columns.add(
                new Column(group, "us", row -> measurements.time(row, configuration).median(), 0));
        for (Ratio ratio : Ratio.of(configuration)) {
            columns.add(
                    new Column(
                            group,
                            ratio.title(),
                            row -> measurements.ratio(row, ratio).median(),
                            2));
        }
    }

    private void addLinux(Configuration configuration) {
        for (Ratio ratio : Ratio.of(configuration)) {
            columns.add(
                    new Column(
                            configuration == Configuration.KASAN ? "Linux" : "Linux vmalloc",
                            ratio.title(),
                            row -> linux.ratio(row, ratio),
                            2));
        }
    }

    /** A part for each run and CPU. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (TableRun run : TableRun.values()) {
            for (int cpu = 0; cpu < run.workers(); cpu++) {
                text.append('\n').append(run.title());
                text.append(run.workers() == 1 ? "" : ", CPU " + cpu).append('\n');
                text.append(groups()).append('\n').append(titles()).append('\n');
                for (TableRow row : TableRow.of(run, cpu)) {
                    text.append(line(row)).append('\n');
                }
            }
        }
        return text.toString();
    }

    /** A group's name stands in the middle of a line over its columns. */
    private String groups() {
        StringBuilder line = new StringBuilder(" ".repeat(NAME_WIDTH));
        int column = 0;
        while (column < columns.size()) {
            String group = columns.get(column).group();
            int width = 0;
            while (column < columns.size() && columns.get(column).group().equals(group)) {
                width += GAP.length() + columns.get(column).width();
                column++;
            }
            line.append(GAP).append(over(width - GAP.length(), " " + group + " "));
        }
        return line.toString().stripTrailing();
    }

    private static String over(int width, String text) {
        int left = Math.max(0, width - text.length()) / 2;
        int right = Math.max(0, width - text.length() - left);
        return "-".repeat(left) + text + "-".repeat(right);
    }

    /** Right-aligned, as numbers are. */
    private static String pad(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private String titles() {
        StringBuilder line = new StringBuilder("test" + " ".repeat(NAME_WIDTH - 4));
        columns.forEach(column -> line.append(GAP).append(pad(column.title(), column.width())));
        return line.toString();
    }

    private String line(TableRow row) {
        StringBuilder line = new StringBuilder(row.name());
        line.append(" ".repeat(NAME_WIDTH - row.name().length()));
        columns.forEach(column -> line.append(GAP).append(pad(column.cell(row), column.width())));
        return line.toString();
    }
}
