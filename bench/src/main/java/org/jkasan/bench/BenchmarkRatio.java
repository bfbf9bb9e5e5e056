package org.jkasan.bench;

/** The time of a JMH benchmark with the agent over its time without. */
record BenchmarkRatio(Goal goal, String benchmark) implements Row {

    @Override
    public Estimate measure(Bed bed) {
        ForkPair pair = new ForkPair(bed, benchmark, bed.agentOption());
        return bed.repeat(pair::ratio);
    }
}
