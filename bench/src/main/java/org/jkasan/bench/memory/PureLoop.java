package org.jkasan.bench.memory;

/**
 * How many times the throughput of one thread two have together in a loop that needs nothing but a
 * processor, as a program that prints it: what the machine gives.
 */
public final class PureLoop {

    private static final int TURNS = 256;

    private PureLoop() {}

    /** Takes the number of rounds. */
    public static void main(String[] args) {
        try (Slices slices = new Slices()) {
            int rounds = Integer.parseInt(args[0]);
            System.out.println(TwoCpus.median(rounds, round -> scaling(slices, round)));
        }
    }

    private static double scaling(Slices slices, int round) {
        double one = slices.one(round & 1, PureLoop::turn);
        return slices.both(PureLoop::turn) / one;
    }

    /** A few hundred nanoseconds of arithmetic. */
    static long turn() {
        long x = 1;
        for (int i = 0; i < TURNS; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        return x;
    }
}
