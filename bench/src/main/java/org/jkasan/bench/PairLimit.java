package org.jkasan.bench;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** How many pairs of JVMs run a program: at most so many, and none begins after so long. */
record PairLimit(int most, Duration patience) {

    /** That many, however long they take. */
    static PairLimit of(int pairs) {
        return new PairLimit(pairs, ChronoUnit.FOREVER.getDuration());
    }

    /** Whether the pairs taken suffice; there is at least one. */
    boolean suffices(int taken, Duration spent) {
        return taken >= most || taken > 0 && spent.compareTo(patience) >= 0;
    }
}
