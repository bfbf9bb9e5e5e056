package org.jkasan.bench;

/** The time of a JMH benchmark with the agent over its time without. */
record BenchmarkRatio(Goal goal, String benchmark) implements Row {

    @Override
    public Estimate measure(Bed bed) {
        JmhFork without = new JmhFork(bed, benchmark);
        JmhFork with = new JmhFork(bed, benchmark, bed.agentOption());
        return bed.pairs(without::score, with::score).ratio();
    }
}
