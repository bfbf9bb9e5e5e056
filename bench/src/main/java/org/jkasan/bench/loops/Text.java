package org.jkasan.bench.loops;

import java.util.Random;
import org.jkasan.bench.turn.CodeShift;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Numbers written as text: a call in each turn, and loads between calls. */
@State(Scope.Thread)
public class Text extends LoopMemory {

    private static final int LENGTH = 512;

    private int[] numbers;

    @Override
    void fill() {
        numbers = ints(LENGTH);
        Random random = new Random(1);
        for (int i = 0; i < LENGTH; i++) {
            numbers[i] = random.nextInt(100_000);
        }
    }

    /** Of an {@code int[]}, by a {@code StringBuilder}. */
    @Benchmark
    public String builder() {
        CodeShift.apply();
        return join(numbers);
    }

    private static String join(int[] numbers) {
        StringBuilder text = new StringBuilder(8 * numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            text.append(numbers[i]).append(',');
        }
        return text.toString();
    }
}
