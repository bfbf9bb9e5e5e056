package org.jkasan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

class EstimateProperties {

    @Property(tries = 200)
    void median_halfOfTheSamplesLieOnEachSide(@ForAll @Size(min = 1, max = 30) double[] samples) {
        double median = Estimate.median(bounded(samples)).value();
        long below = Arrays.stream(bounded(samples)).filter(s -> s <= median).count();
        long above = Arrays.stream(bounded(samples)).filter(s -> s >= median).count();
        assertThat(2 * below).isGreaterThanOrEqualTo(samples.length);
        assertThat(2 * above).isGreaterThanOrEqualTo(samples.length);
    }

    @Property(tries = 200)
    void ratio_scalesWithTheTimesMeasured(
            @ForAll @Size(min = 1, max = 30) double[] samples,
            @ForAll @DoubleRange(min = 0.5, max = 100) double factor) {
        double[] without = Arrays.stream(bounded(samples)).map(s -> Math.abs(s) + 1).toArray();
        double[] with = Arrays.stream(without).map(s -> s * factor).toArray();
        assertThat(ForkPair.ratio(without, with))
                .isBetween(factor * (1 - 1e-9), factor * (1 + 1e-9));
    }

    /** Times are neither infinite nor near the largest double. */
    private static double[] bounded(double[] samples) {
        return Arrays.stream(samples).map(s -> s % 1e9).toArray();
    }
}
