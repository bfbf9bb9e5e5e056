package org.jkasan.bench.memory;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.jkasan.kernel.Kernel;

/**
 * How many times the throughput of one thread two have together, as a program that prints it: for
 * {@code vmalloc} and {@code vfree}, and on a machine that gives two threads twice the throughput
 * of one. What the machine does give is measured between, by a loop in registers.
 */
public final class TwoCpus {

    private static final long SIZE = 3 * 4096;

    private static final int WARM_UP = 60;

    private TwoCpus() {}

    /** Takes the number of rounds. */
    public static void main(String[] args) {
        int rounds = Integer.parseInt(args[0]);
        try (Kernel kernel = Kernel.boot();
                Slices slices = new Slices()) {
            System.out.println(median(rounds, round -> scaling(slices, kernel, round)));
        }
    }

    /** Both ratios of a round next to each other, as the machine changes from moment to moment. */
    private static double scaling(Slices slices, Kernel kernel, int round) {
        LongSupplier pair = () -> pair(kernel);
        int alone = round & 1;
        double loop = slices.one(alone, PureLoop::turn);
        double one = slices.one(alone, pair);
        double two = slices.both(pair);
        double loops = slices.both(PureLoop::turn);
        return 2 * (two / one) / (loops / loop);
    }

    private static long pair(Kernel kernel) {
        long address = kernel.vmalloc().vmalloc(SIZE);
        kernel.vmalloc().vfree(address);
        return address;
    }

    /** A measurement of one round. */
    interface Round {

        double measure(int number);
    }

    /** The median of rounds, after some that warm up. */
    static double median(int rounds, Round round) {
        for (int i = 0; i < Math.min(WARM_UP, 2 * rounds); i++) {
            round.measure(i);
        }
        double[] values = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            values[i] = round.measure(i);
        }
        Arrays.sort(values);
        return values[rounds / 2];
    }
}
