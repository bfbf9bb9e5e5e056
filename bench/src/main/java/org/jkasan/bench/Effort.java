package org.jkasan.bench;

import java.time.Duration;

/**
 * How long a row may measure: the least and most number of samples, and what a JVM does for one.
 * More than the least are only taken where the samples disagree. Programs have a number of pairs of
 * JVMs instead, and as many runs in each whatever the effort: a whole process of other length is
 * another figure.
 */
enum Effort {
    /** Shows that every row works; the figures mean nothing. */
    SMOKE(1, 1, 1, 1, 1, 1),
    /** Some minutes for an area. */
    QUICK(3, 3, 50, 31, 8, 3),
    /** Enough to trust a ratio to 5 % on a machine that does other work as well. */
    FULL(5, 15, 50, 101, 8, 7);

    /**
     * Short, and many of them: the compiler waits for its turn on a busy machine, and what runs
     * seldom, such as a purge after 4,096 frees, is compiled late. Pairs of vmalloc and vfree took
     * half their time again after half a second, and no less after two.
     */
    private static final int WARMUP_MILLIS = 50;

    /** Short: two iterations that follow each other shall see the same machine. */
    private static final int ITERATION_MILLIS = 8;

    /** The uncertainty of a value from which on further samples are not worth their time. */
    private static final double TRUSTED = 0.05;

    private static final int SMOKE_OBJECTS = 5_000;

    /** What takes that long has pairs that differ less: chance evens out in them. */
    private static final Duration LONG_PROGRAM = Duration.ofSeconds(50);

    private final int leastSamples;
    private final int mostSamples;
    private final int warmups;
    private final int iterations;
    private final int programRuns;
    private final int programPairs;

    Effort(
            int leastSamples,
            int mostSamples,
            int warmups,
            int iterations,
            int programRuns,
            int programPairs) {
        this.leastSamples = leastSamples;
        this.mostSamples = mostSamples;
        this.warmups = warmups;
        this.iterations = iterations;
        this.programRuns = programRuns;
        this.programPairs = programPairs;
    }

    /** Whether the samples taken so far suffice. */
    boolean suffices(Samples samples) {
        return samples.size() >= mostSamples
                || samples.size() >= leastSamples && samples.uncertainty() <= TRUSTED;
    }

    /** So many objects, or fewer, where figures mean nothing. */
    int most(int objects) {
        return this == SMOKE ? Math.min(objects, SMOKE_OBJECTS) : objects;
    }

    /** Seconds that the table of test-vmalloc may take. */
    long tableSeconds() {
        return switch (this) {
            case SMOKE -> 1;
            case QUICK -> 60;
            case FULL -> 180;
        };
    }

    int warmups() {
        return warmups;
    }

    int warmupMillis() {
        return WARMUP_MILLIS;
    }

    int iterations() {
        return iterations;
    }

    /** Runs of a whole program in one JVM, of which the later half counts as warm. */
    int programRuns() {
        return programRuns;
    }

    /** Pairs of JVMs that run a whole program, unless told otherwise. */
    PairLimit programPairs() {
        return this == QUICK
                ? new PairLimit(programPairs, LONG_PROGRAM)
                : PairLimit.of(programPairs);
    }

    int iterationMillis() {
        return ITERATION_MILLIS;
    }
}
