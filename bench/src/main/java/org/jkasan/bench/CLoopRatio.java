package org.jkasan.bench;

/** The time of a C loop with {@code -fsanitize=address} over its time without. */
record CLoopRatio(Goal goal, CLoops loops, String loop) implements Row {

    @Override
    public Estimate measure(Bed bed) {
        return bed.repeat(() -> loops.ratio(loop));
    }
}
