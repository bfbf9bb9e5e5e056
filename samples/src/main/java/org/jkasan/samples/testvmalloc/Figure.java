package org.jkasan.samples.testvmalloc;

import java.util.List;

/** A measured value: the median of what was measured, between the least and the most. */
record Figure(double median, double low, double high) {

    /** The figure of at least one value. */
    static Figure of(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        double middle = sorted.get(half);
        double median = sorted.size() % 2 == 1 ? middle : (sorted.get(half - 1) + middle) / 2;
        return new Figure(median, sorted.get(0), sorted.get(sorted.size() - 1));
    }
}
