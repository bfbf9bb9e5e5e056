package org.jkasan.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Samples of two configurations, taken in turn: first without, then with what is being priced. A
 * pair was taken close together in time, so what the machine did meanwhile weighs on both.
 */
final class Pairs {

    /** Makes a median absolute deviation comparable to a standard deviation. */
    private static final double NORMAL = 1.4826;

    /** The standard error of a median is larger than that of a mean by this factor. */
    private static final double MEDIAN = 1.2533;

    private final List<Double> without = new ArrayList<>();
    private final List<Double> with = new ArrayList<>();

    void add(double sampleWithout, double sampleWith) {
        without.add(sampleWithout);
        with.add(sampleWith);
    }

    int size() {
        return without.size();
    }

    /** The quotient of the two medians, between the smallest and largest quotient of a pair. */
    Estimate ratio() {
        Estimate quotients = Estimate.median(quotients());
        return new Estimate(median(with) / median(without), quotients.low(), quotients.high());
    }

    /** The difference of the two medians, between the smallest and largest difference of a pair. */
    Estimate difference() {
        double[] differences = new double[size()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = with.get(i) - without.get(i);
        }
        Estimate estimate = Estimate.median(differences);
        return new Estimate(median(with) - median(without), estimate.low(), estimate.high());
    }

    /**
     * Twice the standard error of the ratio, as a share of it, from the pairs' median absolute
     * deviation: one outlier of a noisy machine hardly moves it. Infinite below three pairs.
     */
    double uncertainty() {
        if (size() < 3) {
            return Double.POSITIVE_INFINITY;
        }
        double[] quotients = quotients();
        double centre = Estimate.median(quotients).value();
        double[] deviations = new double[quotients.length];
        for (int i = 0; i < deviations.length; i++) {
            deviations[i] = Math.abs(quotients[i] - centre);
        }
        double deviation = NORMAL * Estimate.median(deviations).value();
        return 2 * MEDIAN * deviation / Math.sqrt(size()) / centre;
    }

    private double[] quotients() {
        double[] quotients = new double[size()];
        for (int i = 0; i < quotients.length; i++) {
            quotients[i] = with.get(i) / without.get(i);
        }
        return quotients;
    }

    private static double median(List<Double> samples) {
        return Estimate.median(samples.stream().mapToDouble(Double::doubleValue).toArray()).value();
    }
}
