package org.jkasan.bench;

/**
 * How long a row may measure: the least and most number of samples, and what a JVM does for one.
 * More than the least are only taken where the samples disagree.
 */
enum Effort {
    /** Shows that every row works; the figures mean nothing. */
    SMOKE(1, 1, 1, 1, 20),
    /** About a minute for an area. */
    QUICK(2, 2, 12, 12, 25),
    /** Enough to trust a ratio to 5 % on a machine that does other work as well. */
    FULL(5, 15, 30, 40, 25);

    /** The uncertainty of a value from which on further samples are not worth their time. */
    private static final double TRUSTED = 0.05;

    private final int leastSamples;
    private final int mostSamples;
    private final int warmups;
    private final int iterations;
    private final int iterationMillis;

    Effort(int leastSamples, int mostSamples, int warmups, int iterations, int iterationMillis) {
        this.leastSamples = leastSamples;
        this.mostSamples = mostSamples;
        this.warmups = warmups;
        this.iterations = iterations;
        this.iterationMillis = iterationMillis;
    }

    /** Whether the samples taken so far suffice. */
    boolean suffices(Samples samples) {
        return samples.size() >= mostSamples
                || samples.size() >= leastSamples && samples.uncertainty() <= TRUSTED;
    }

    int warmups() {
        return warmups;
    }

    int iterations() {
        return iterations;
    }

    int iterationMillis() {
        return iterationMillis;
    }
}
