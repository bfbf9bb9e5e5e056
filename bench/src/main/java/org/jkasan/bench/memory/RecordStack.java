package org.jkasan.bench.memory;

import org.jkasan.bench.turn.Turn;
import org.jkasan.config.KasanConfig;
import org.jkasan.report.Track;
import org.jkasan.report.TrackDepot;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Stacks that the depot knows. */
@State(Scope.Thread)
public class RecordStack extends Turn {

    private static final int DEPTH = 16;

    private final TrackDepot depot = new TrackDepot(KasanConfig.defaults(), text -> {});

    private int below = -1;

    /** A stack of 16 frames, or of as many as JMH itself has, if they are more. */
    @Benchmark
    public Track sixteenFrames() {
        if (below < 0) {
            below = Math.max(0, DEPTH - 1 - new Throwable().getStackTrace().length);
        }
        return descend(below);
    }

    private Track descend(int more) {
        return more == 0 ? depot.here() : descend(more - 1);
    }
}
