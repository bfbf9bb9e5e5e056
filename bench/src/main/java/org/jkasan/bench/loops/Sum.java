package org.jkasan.bench.loops;

import java.util.Random;
import org.jkasan.bench.turn.CodeShift;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The sum of an array: one load in each turn and nothing to hide a check behind. */
@State(Scope.Thread)
public class Sum extends LoopMemory {

    private static final int LENGTH = 4096;

    private int[] ints;
    private long[] longs;

    @Override
    void fill() {
        ints = ints(LENGTH);
        longs = longs(LENGTH);
        Random random = new Random(1);
        for (int i = 0; i < LENGTH; i++) {
            ints[i] = random.nextInt();
            longs[i] = random.nextLong();
        }
    }

    /** Over {@code int[]}. */
    @Benchmark
    public int ints() {
        CodeShift.apply();
        return sum(ints);
    }

    /** Over {@code long[]}. */
    @Benchmark
    public long longs() {
        CodeShift.apply();
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
