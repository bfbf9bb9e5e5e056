package org.jkasan.bench.mutant;

/** What a mutant's loops consume, so that one without an end has one. Static, as the oracle is. */
public final class Fuel {

    private static final int TANK = 3_000_000;

    private static int left;

    private Fuel() {}

    static void fill() {
        left = TANK;
    }

    static void drain() {
        left = 0;
    }

    /** Called at each jump backwards. */
    public static void burn() {
        if (--left < 0) {
            throw new EndlessException();
        }
    }

    /** A loop that goes on for too long. */
    static final class EndlessException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        EndlessException() {
            super("a loop does not end");
        }
    }
}
