package org.jkasan.samples.testvmalloc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was measured, round by round: in each, every configuration ran every test. */
final class Measurements {

    /**
     * The loops that all times are for, however many there were: those of the commit's table, so
     * that microseconds are nanoseconds of a loop, but for what is outside of the loops.
     */
    static final int LOOPS = 1_000_000;

    private static final int NANOS_PER_MICRO = 1000;

    private final List<Configuration> configurations;
    private final Map<TableRow, Map<Configuration, List<Double>>> micros = new HashMap<>();

    /** Nothing measured so far. */
    Measurements(Collection<Configuration> configurations) {
        this.configurations = List.copyOf(configurations);
    }

    List<Configuration> configurations() {
        return configurations;
    }

    /**
     * Adds a run of a test.
     *
     * @param times how often its loop went round, or, without one, all of it was run
     */
    void add(TableRow row, Configuration configuration, TestRun run, int times) {
        double nanos =
                row.test().hasLoop()
                        ? run.aroundNanos() + (double) run.loopNanos() * LOOPS / times
                        : (double) run.nanos() / times;
        values(row, configuration).add(nanos / NANOS_PER_MICRO);
    }

    /** Adds a time in microseconds for {@link #LOOPS}. */
    void add(TableRow row, Configuration configuration, double value) {
        values(row, configuration).add(value);
    }

    private List<Double> values(TableRow row, Configuration configuration) {
        return micros.computeIfAbsent(row, any -> new EnumMap<>(Configuration.class))
                .computeIfAbsent(configuration, any -> new ArrayList<>());
    }

    /** The time of a row in microseconds for {@link #LOOPS}. */
    Figure time(TableRow row, Configuration configuration) {
        return Figure.of(rounds(row, configuration));
    }

    /** The ratio of two times of the same round. */
    Figure ratio(TableRow row, Ratio ratio) {
        List<Double> measured = rounds(row, ratio.measured());
        List<Double> base = rounds(row, ratio.base());
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            ratios.add(measured.get(i) / base.get(i));
        }
        return Figure.of(ratios);
    }

    private List<Double> rounds(TableRow row, Configuration configuration) {
        if (!row.isTotal()) {
            return values(row, configuration);
        }
        List<Double> totals = new ArrayList<>();
        for (VmallocTest test : TableRow.TESTS) {
            List<Double> ofTest = values(new TableRow(row.run(), row.cpu(), test), configuration);
            for (int i = 0; i < ofTest.size(); i++) {
                if (i == totals.size()) {
                    totals.add(0.0);
                }
                totals.set(i, totals.get(i) + ofTest.get(i));
            }
        }
        return totals;
    }
}
