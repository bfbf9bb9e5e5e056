package org.jkasan.samples.modload;

import java.util.List;

/** Runs the sample with each of its bugs, one after the other: in one child JVM, not in eight. */
final class EveryBug {

    private EveryBug() {}

    /** No arguments; the exit status is not 0 where a run's is not. */
    public static void main(String[] arguments) {
        int status = 0;
        for (Bug bug : Bug.all()) {
            status |= new ModLoad().run(List.of("bug=" + bug.key()), System.out, System.err);
        }
        System.exit(status);
    }
}
