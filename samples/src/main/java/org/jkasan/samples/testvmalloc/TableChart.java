package org.jkasan.samples.testvmalloc;

import java.util.List;
import java.util.Locale;
import org.jkasan.samples.testvmalloc.Svg.Anchor;

/**
 * The table's ratios as bars, ours beside Linux's: a panel for each ratio and run, all on the same
 * logarithmic scale, on which bars begin at 1.
 */
final class TableChart {

    private static final int PANEL_WIDTH = 620;
    private static final int PANEL_HEIGHT = 290;
    private static final int LEFT = 60;
    private static final int TOP = 92;
    private static final int PLOT_WIDTH = 540;
    private static final int PLOT_HEIGHT = 165;
    private static final int BAR = 21;

    private static final double LEAST = 0.5;
    private static final double MOST = 64;

    private static final String OURS = "#2563a8";
    private static final String LINUX = "#e08a3c";
    private static final String GRID = "#dddddd";
    private static final String AXIS = "#555555";

    private static final List<Ratio> RATIOS =
            List.of(
                    new Ratio(Configuration.KASAN, Configuration.NO_KASAN),
                    new Ratio(Configuration.KASAN_VMALLOC, Configuration.NO_KASAN),
                    new Ratio(Configuration.KASAN_VMALLOC, Configuration.KASAN));

    private final Measurements measurements;
    private final LinuxFigures linux;
    private final String machine;
    private final Svg svg;

    TableChart(Measurements measurements, LinuxFigures linux, String machine) {
        this.measurements = measurements;
        this.linux = linux;
        this.machine = machine;
        int width = TableRun.values().length * PANEL_WIDTH;
        this.svg = new Svg(width, TOP + RATIOS.size() * PANEL_HEIGHT, TestVmalloc.NAME);
    }

    /** The document. */
    String svg() {
        svg.text(LEFT, 28, 18, Anchor.START, "What KASAN costs in test_vmalloc: times as long");
        svg.text(LEFT, 48, 12, Anchor.START, machine);
        legend(LEFT, OURS, "jkasan");
        legend(LEFT + 90, LINUX, "Linux, commit " + LinuxFigures.COMMIT);
        for (int i = 0; i < RATIOS.size(); i++) {
            for (TableRun run : TableRun.values()) {
                int x = run.ordinal() * PANEL_WIDTH + LEFT;
                panel(x, TOP + i * PANEL_HEIGHT + 24, run, RATIOS.get(i));
            }
        }
        return svg.toString();
    }

    private void legend(int x, String colour, String text) {
        svg.rect(x, 58, 12, 12, colour);
        svg.text(x + 18, 68, 12, Anchor.START, text);
    }

    private void panel(int x, int y, TableRun run, Ratio ratio) {
        String cpu = run.workers() == 1 ? "" : ", CPU 0";
        svg.text(
                x,
                y - 20,
                13,
                Anchor.START,
                "%s / %s (%s%s)"
                        .formatted(
                                ratio.measured().title(), ratio.base().title(), run.title(), cpu));
        for (double tick = LEAST; tick <= MOST; tick *= 2) {
            double at = y + height(tick);
            svg.line(x, at, x + PLOT_WIDTH, at, tick == 1 ? AXIS : GRID);
            svg.text(x - 6, at + 4, 10, Anchor.END, tick < 1 ? "0.5" : "%.0f".formatted(tick));
        }
        List<TableRow> rows = TableRow.of(run, 0);
        double step = (double) PLOT_WIDTH / rows.size();
        for (int i = 0; i < rows.size(); i++) {
            double middle = x + (i + 0.5) * step;
            TableRow row = rows.get(i);
            bar(middle - BAR - 1, y, measurements.ratio(row, ratio).median(), OURS);
            bar(middle + 1, y, linux.ratio(row, ratio), LINUX);
            svg.text(middle + 6, y + PLOT_HEIGHT + 16, 11, Anchor.END, -25, label(row));
        }
    }

    private static String label(TableRow row) {
        return row.name().replace("_alloc_test", "");
    }

    private void bar(double x, int y, double value, String colour) {
        double base = height(1);
        double end = height(Math.max(LEAST, Math.min(MOST, value)));
        svg.rect(x, y + Math.min(base, end), BAR, Math.max(1, Math.abs(base - end)), colour);
        String text = String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
        double over = value < 1 ? end + 10 : end - 3;
        svg.text(x + BAR / 2.0, y + over, 9, Anchor.MIDDLE, text);
    }

    /** Pixels from the top of a panel's plot. */
    private static double height(double value) {
        return PLOT_HEIGHT * (1 - Math.log(value / LEAST) / Math.log(MOST / LEAST));
    }
}
