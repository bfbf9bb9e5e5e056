package org.jkasan.report;

import org.jkasan.config.StackMode;

/** Depots that no report needs. */
final class Depots {

    private Depots() {}

    /** One as it comes, but for its mode. */
    static TrackDepot of(StackMode mode) {
        return new TrackDepot(mode, 64, TrackDepot.CHUNKS, text -> {});
    }

    /** One that keeps every stack, so deep. */
    static TrackDepot deep(int depth) {
        return new TrackDepot(StackMode.FULL, depth, TrackDepot.CHUNKS, text -> {});
    }
}
