package org.jkasan.bench;

import java.util.Arrays;
import java.util.Locale;

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

    String text() {
        return number(value) + " (" + spread() + ")";
    }

    String spread() {
        return number(low) + ".." + number(high);
    }

    /** Two digits behind the point for a ratio, fewer for what is large. */
    static String number(double value) {
        String format = Math.abs(value) < 100 ? "%.2f" : "%.0f";
        return String.format(Locale.ROOT, format, value);
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
