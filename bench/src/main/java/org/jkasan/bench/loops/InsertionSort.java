package org.jkasan.bench.loops;

import java.util.Random;
import org.jkasan.bench.turn.CodeShift;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Insertion sort: dependent loads and stores behind branches, nothing to vectorise. */
@State(Scope.Thread)
public class InsertionSort extends LoopMemory {

    private static final int LENGTH = 512;

    private int[] unsorted;
    private int[] values;

    @Override
    void fill() {
        unsorted = new Random(1).ints(LENGTH).toArray();
        values = ints(LENGTH);
    }

    /** Over a copy of the same {@code int[]}. */
    @Benchmark
    public int[] ints() {
        CodeShift.apply();
        System.arraycopy(unsorted, 0, values, 0, LENGTH);
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
