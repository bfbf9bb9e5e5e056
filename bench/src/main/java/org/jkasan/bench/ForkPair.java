package org.jkasan.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jkasan.bench.turn.CodeShift;
import org.jkasan.bench.turn.Turns;

/**
 * Two trials in a JVM each at once, which take turns iteration by iteration. On a shared machine
 * one fork after the other differs by half from second to second; two iterations that follow each
 * other do not.
 */
record ForkPair(Bed bed, Trial base, Trial measured) {

    /**
     * Runs both.
     *
     * @param sample how many there were before, which decides where the code lies
     * @return the median over the turns of the measured time over the base
     */
    double ratio(int sample) {
        try (Turns turns = new Turns()) {
            CompletableFuture<double[]> first = start(turns, base, sample);
            CompletableFuture<double[]> second = start(turns, measured, sample);
            return ratio(scores(first), scores(second));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The median quotient of what was measured in the same turn. */
    static double ratio(double[] base, double[] measured) {
        if (base.length == 0 || base.length != measured.length) {
            throw new MeasurementException(
                    "JMH's forks ended after "
                            + base.length
                            + " and "
                            + measured.length
                            + " iterations; expected the same number, and at least one.");
        }
        double[] quotients = new double[base.length];
        for (int i = 0; i < quotients.length; i++) {
            quotients[i] = measured[i] / base[i];
        }
        return Estimate.median(quotients).value();
    }

    private CompletableFuture<double[]> start(Turns turns, Trial trial, int sample) {
        String shift = CodeShift.option(sample % CodeShift.SHIFTS);
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new JmhFork(bed, trial, turns.option(), shift).scores();
                    } finally {
                        turns.waitForNobody();
                    }
                },
                work -> new Thread(work, "fork").start());
    }

    private static double[] scores(CompletableFuture<double[]> fork) {
        try {
            return fork.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof MeasurementException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
