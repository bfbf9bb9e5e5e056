package org.jkasan.bench;

/** The time of an operation of a JMH benchmark, with the agent or without, in nanoseconds. */
record BenchmarkTime(Goal goal, String benchmark, boolean withAgent) implements Row {

    @Override
    public Estimate measure(Bed bed) {
        String[] options = withAgent ? new String[] {bed.agentOption()} : new String[0];
        JmhFork fork = new JmhFork(bed, benchmark, options);
        return bed.repeat(() -> Estimate.median(fork.scores()).value());
    }
}
