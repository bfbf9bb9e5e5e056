package org.jkasan.bench;

/** The time of an operation of a JMH benchmark in nanoseconds. */
record BenchmarkTime(Goal goal, Trial trial) implements Row {

    @Override
    public Estimate measure(Bed bed) {
        JmhFork fork = new JmhFork(bed, trial);
        return bed.repeat(() -> Estimate.median(fork.scores()).value());
    }
}
