package org.jkasan.bench;

/** The time of a benchmark among many live areas over its time among few. */
record LiveRatio(Goal goal, Trial trial, int few, int many) implements Row {

    /** The parameter of the benchmarks. */
    private static final String PARAMETER = "areas";

    @Override
    public Estimate measure(Bed bed) {
        int most = bed.effort().most(many);
        ForkPair pair = new ForkPair(bed, trial.with(PARAMETER, few), trial.with(PARAMETER, most));
        return bed.repeatEach(pair::ratio);
    }
}
