package org.jkasan.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The agent's times over those without it, of the same program in several pairs of JVMs. */
record ProgramRatios(
        Estimate steadyCpu, Estimate steadyWall, Estimate wholeCpu, Estimate wholeWall) {

    static ProgramRatios of(List<ProgramPair.Times> pairs) {
        return new ProgramRatios(
                steady(pairs, ProgramTimes::cpu),
                steady(pairs, ProgramTimes::wall),
                whole(pairs, ProgramTimes::cpu),
                whole(pairs, ProgramTimes::wall));
    }

    /** The median quotient of the warm turns of all pairs. */
    private static Estimate steady(
            List<ProgramPair.Times> pairs, Function<ProgramTimes, double[]> times) {
        return Estimate.median(
                pairs.stream()
                        .map(
                                pair ->
                                        ProgramTimes.steady(
                                                times.apply(pair.base()),
                                                times.apply(pair.measured())))
                        .flatMapToDouble(Arrays::stream)
                        .toArray());
    }

    /**
     * The quotient of what all JVMs with the agent and all without it took, between the least and
     * the largest quotient of a pair. Both JVMs of a pair are as chancy as any other two, so a sum
     * of each side says more than the one pair in the middle; and it is what whoever starts a
     * program again and again pays.
     */
    private static Estimate whole(
            List<ProgramPair.Times> pairs, Function<ProgramTimes, double[]> times) {
        double base = 0;
        double measured = 0;
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (ProgramPair.Times pair : pairs) {
            double without = ProgramTimes.whole(times.apply(pair.base()));
            double with = ProgramTimes.whole(times.apply(pair.measured()));
            base += without;
            measured += with;
            low = Math.min(low, with / without);
            high = Math.max(high, with / without);
        }
        return new Estimate(measured / base, low, high);
    }
}
