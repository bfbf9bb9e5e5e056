package org.jkasan.samples.testvmalloc;

import java.util.EnumMap;
import java.util.Map;

/** How long the parts of a round took, from which is told how long another would take. */
final class Pace {

    private final Map<VmallocTest, Double> seconds = new EnumMap<>(VmallocTest.class);
    private final Map<VmallocTest, Integer> times = new EnumMap<>(VmallocTest.class);
    private double inLoops;
    private int turns;
    private double around;

    /** Counts a turn that repeated what a test does so many times, which took so many seconds. */
    void add(VmallocTest test, int repeated, double took) {
        seconds.merge(test, took, Double::sum);
        times.merge(test, repeated, Integer::sum);
        inLoops += took;
        turns++;
    }

    /** Ends the round, which took so many seconds. */
    void end(double took) {
        around = took - inLoops;
    }

    /**
     * Of each part the shorter time of two rounds: what is longer in one was the compiler's, or
     * another program's.
     */
    Pace fastest(Pace other) {
        Pace fastest = new Pace();
        for (VmallocTest test : seconds.keySet()) {
            fastest.seconds.put(test, Math.min(seconds(test), other.seconds(test)));
            fastest.times.put(test, 1);
        }
        fastest.turns = turns;
        fastest.around = Math.min(around, other.around);
        return fastest;
    }

    /** The seconds of a test's loop's body, or of all of a test without a loop, on average. */
    double seconds(VmallocTest test) {
        return seconds.get(test) / times.get(test);
    }

    /** Seconds spent in what is repeated. */
    double inLoops() {
        return inLoops;
    }

    /** Seconds spent to prepare and clear up, and between turns. */
    double around() {
        return around;
    }

    /** The seconds of a round under a plan. */
    double seconds(Plan plan) {
        double turnsOfTest = (double) turns / seconds.size();
        double loops =
                seconds.keySet().stream()
                        .mapToDouble(test -> plan.times(test) * seconds(test) * turnsOfTest)
                        .sum();
        return around + loops;
    }

    /** The plan with the longest turns under which a round takes no more seconds, if any can. */
    Plan planFor(double most) {
        double turn = most / turns;
        Plan plan = Plan.lasting(turn, this);
        // What takes longer than its share, as the least of a slow test, shortens the others'.
        while (seconds(plan) > most && !plan.equals(Plan.least())) {
            turn *= 0.95;
            plan = Plan.lasting(turn, this);
        }
        return plan;
    }
}
