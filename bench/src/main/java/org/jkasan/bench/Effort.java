package org.jkasan.bench;

/**
 * How long a row may measure: the least and most number of pairs, and what one fork does. The most
 * is only used where the pairs disagree.
 */
enum Effort {
    /** Shows that every row works; the figures mean nothing. */
    SMOKE(1, 1, 1, 1, 20),
    /** About a minute for an area. */
    QUICK(2, 2, 4, 5, 60),
    /** Enough to trust a ratio to 5 % on a machine that does other work as well. */
    FULL(5, 15, 6, 9, 100);

    /** The uncertainty of a ratio from which on further pairs are not worth their time. */
    private static final double TRUSTED = 0.05;

    private final int leastPairs;
    private final int mostPairs;
    private final int warmups;
    private final int iterations;
    private final int iterationMillis;

    Effort(int leastPairs, int mostPairs, int warmups, int iterations, int iterationMillis) {
        this.leastPairs = leastPairs;
        this.mostPairs = mostPairs;
        this.warmups = warmups;
        this.iterations = iterations;
        this.iterationMillis = iterationMillis;
    }

    /** Whether the pairs taken so far suffice. */
    boolean suffices(Pairs pairs) {
        return pairs.size() >= mostPairs
                || pairs.size() >= leastPairs && pairs.uncertainty() <= TRUSTED;
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
