package org.jkasan.bench;

import java.util.Arrays;

/**
 * A measured value between the smallest and the largest of its samples: how far apart they are says
 * how far to trust it.
 */
record Estimate(double value, double low, double high) {

    /** The median of samples, of which there is at least one. */
    static Estimate median(double... samples) {
        double[] sorted = sorted(samples);
        return new Estimate(middle(sorted), sorted[0], sorted[sorted.length - 1]);
    }

    /** Half of the samples are at most this, half at least. */
    private static double middle(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static double[] sorted(double[] samples) {
        if (samples.length == 0) {
            throw new IllegalArgumentException("A median needs at least one sample.");
        }
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
