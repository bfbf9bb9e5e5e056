package org.jkasan.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jkasan.bench.turn.Turns;

/**
 * The same benchmark in two JVMs at once, without and with something, which take turns iteration by
 * iteration. On a shared machine one fork after the other differs by half from second to second;
 * two iterations that follow each other do not.
 */
record ForkPair(Bed bed, String benchmark, String option) {

    /**
     * Runs both.
     *
     * @return the median over the turns of the time with the option over the time without
     */
    double ratio() {
        try (Turns turns = new Turns()) {
            CompletableFuture<double[]> without = start(turns, turns.option());
            CompletableFuture<double[]> with = start(turns, turns.option(), option);
            return ratio(scores(without), scores(with));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The median quotient of what was measured in the same turn. */
    static double ratio(double[] without, double[] with) {
        if (without.length == 0 || without.length != with.length) {
            throw new MeasurementException(
                    "JMH's forks ended after "
                            + without.length
                            + " and "
                            + with.length
                            + " iterations; expected the same number, and at least one.");
        }
        double[] quotients = new double[without.length];
        for (int i = 0; i < quotients.length; i++) {
            quotients[i] = with[i] / without[i];
        }
        return Estimate.median(quotients).value();
    }

    private CompletableFuture<double[]> start(Turns turns, String... options) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return new JmhFork(bed, benchmark, options).scores();
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
