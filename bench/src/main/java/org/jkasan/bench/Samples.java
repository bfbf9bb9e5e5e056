package org.jkasan.bench;

import java.util.ArrayList;
import java.util.List;

/** Repeated samples of one value. */
final class Samples {

    /** Makes a median absolute deviation comparable to a standard deviation. */
    private static final double NORMAL = 1.4826;

    /** The standard error of a median is larger than that of a mean by this factor. */
    private static final double MEDIAN = 1.2533;

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    int size() {
        return values.size();
    }

    /** The median, between the smallest and the largest. */
    Estimate estimate() {
        return Estimate.median(array());
    }

    /**
     * Twice the standard error of the median, as a share of it, from the median absolute deviation:
     * one outlier of a noisy machine hardly moves it. Infinite below three samples.
     */
    double uncertainty() {
        if (size() < 3) {
            return Double.POSITIVE_INFINITY;
        }
        double centre = estimate().value();
        double[] deviations = array();
        for (int i = 0; i < deviations.length; i++) {
            deviations[i] = Math.abs(deviations[i] - centre);
        }
        double deviation = NORMAL * Estimate.median(deviations).value();
        return 2 * MEDIAN * deviation / Math.sqrt(size()) / Math.abs(centre);
    }

    private double[] array() {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
