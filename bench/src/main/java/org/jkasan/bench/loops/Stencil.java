package org.jkasan.bench.loops;

import java.util.Random;
import org.jkasan.bench.turn.CodeShift;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The mean of each point of a plane and its four neighbours. */
@State(Scope.Thread)
public class Stencil extends LoopMemory {

    private static final int WIDTH = 128;
    private static final int HEIGHT = 64;

    private double[] from;
    private double[] to;

    @Override
    void fill() {
        from = doubles(WIDTH * HEIGHT);
        to = doubles(WIDTH * HEIGHT);
        Random random = new Random(1);
        for (int i = 0; i < from.length; i++) {
            from[i] = random.nextDouble();
        }
    }

    /** Over {@code double[]}, row by row. */
    @Benchmark
    public double[] plane() {
        CodeShift.apply();
        smooth(from, to, WIDTH, HEIGHT);
        return to;
    }

    private static void smooth(double[] from, double[] to, int width, int height) {
        for (int y = 1; y < height - 1; y++) {
            int row = y * width;
            for (int x = 1; x < width - 1; x++) {
                int at = row + x;
                to[at] =
                        (from[at]
                                        + from[at - 1]
                                        + from[at + 1]
                                        + from[at - width]
                                        + from[at + width])
                                * 0.2;
            }
        }
    }
}
