package org.jkasan.bench.loops;

import java.util.Random;
import org.jkasan.bench.turn.CodeShift;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How often each byte occurs: loads in a row, stores anywhere. */
@State(Scope.Thread)
public class Histogram extends LoopMemory {

    private static final int LENGTH = 4096;

    private byte[] data;
    private int[] counts;

    @Override
    void fill() {
        data = bytes(LENGTH);
        counts = ints(256);
        new Random(1).nextBytes(data);
    }

    /** Over {@code byte[]}, counted in an {@code int[]}. */
    @Benchmark
    public int[] bytes() {
        CodeShift.apply();
        count(data, counts);
        return counts;
    }

    private static void count(byte[] data, int[] counts) {
        for (int i = 0; i < data.length; i++) {
            counts[data[i] & 0xFF]++;
        }
    }
}
