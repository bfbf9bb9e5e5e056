package org.jkasan.bench;

/** The time of one trial over the time of another. */
record BenchmarkRatio(Goal goal, Trial base, Trial measured) implements Row {

    @Override
    public Estimate measure(Bed bed) {
        ForkPair pair = new ForkPair(bed, base, measured);
        return bed.repeatEach(pair::ratio);
    }
}
