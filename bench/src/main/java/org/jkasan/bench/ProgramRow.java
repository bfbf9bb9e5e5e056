package org.jkasan.bench;

import java.util.function.Function;

/** One of the ratios of a program. */
record ProgramRow(Goal goal, ProgramPairs pairs, Function<ProgramRatios, Estimate> ratio)
        implements Row {

    @Override
    public Estimate measure(Bed bed) {
        return ratio.apply(pairs.ratios(bed));
    }
}
