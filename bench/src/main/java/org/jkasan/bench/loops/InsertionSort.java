package org.jkasan.bench.loops;

import java.util.Random;
import org.jkasan.bench.turn.Turn;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Insertion sort: dependent loads and stores behind branches, nothing to vectorise. */
@State(Scope.Thread)
public class InsertionSort extends Turn {

    private static final int LENGTH = 512;

    private final int[] unsorted = new Random(1).ints(LENGTH).toArray();

    /** Over a fresh copy of the same {@code int[]}. */
    @Benchmark
    public int[] ints() {
        int[] values = unsorted.clone();
        sort(values);
        return values;
    }

    private static void sort(int[] values) {
        for (int i = 1; i < values.length; i++) {
            int value = values[i];
            int j = i - 1;
            while (j >= 0 && values[j] > value) {
                values[j + 1] = values[j];
                j--;
            }
            values[j + 1] = value;
        }
    }
}
