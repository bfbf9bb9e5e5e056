package org.jkasan.bench.loops;

import java.util.Random;
import org.jkasan.bench.turn.Turn;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The sum of an array: one load in each turn and nothing to hide a check behind. */
@State(Scope.Thread)
public class Sum extends Turn {

    private static final int LENGTH = 4096;

    private final int[] ints = new Random(1).ints(LENGTH).toArray();
    private final long[] longs = new Random(2).longs(LENGTH).toArray();

    /** Over {@code int[]}. */
    @Benchmark
    public int ints() {
        return sum(ints);
    }

    /** Over {@code long[]}. */
    @Benchmark
    public long longs() {
        return sum(longs);
    }

    private static int sum(int[] values) {
        int sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i];
        }
        return sum;
    }

    private static long sum(long[] values) {
        long sum = 0;
        for (long value : values) {
            sum += value;
        }
        return sum;
    }
}
