package org.jkasan.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The geometric mean of a ratio over programs, between the least and the largest of them. */
record GeometricMean(Goal goal, List<ProgramPairs> programs, ToDoubleFunction<ProgramRatios> ratio)
        implements Row {

    @Override
    public Estimate measure(Bed bed) {
        return of(
                programs.stream()
                        .mapToDouble(each -> ratio.applyAsDouble(each.ratios(bed)))
                        .toArray());
    }

    static Estimate of(double... ratios) {
        double logarithms = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (double each : ratios) {
            logarithms += Math.log(each);
            low = Math.min(low, each);
            high = Math.max(high, each);
        }
        return new Estimate(Math.exp(logarithms / ratios.length), low, high);
    }
}
