package org.jkasan.bench.loops;

import java.util.Random;
import org.jkasan.bench.turn.CodeShift;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** {@code to[i] = from[i]}, element by element. */
@State(Scope.Thread)
public class Copy extends LoopMemory {

    private static final int LENGTH = 4096;

    private byte[] from;
    private byte[] to;

    @Override
    void fill() {
        from = bytes(LENGTH);
        to = bytes(LENGTH);
        new Random(1).nextBytes(from);
    }

    /** Over {@code byte[]}. */
    @Benchmark
    public byte[] bytes() {
        CodeShift.apply();
        copy(from, to);
        return to;
    }

    static void copy(byte[] from, byte[] to) {
        for (int i = 0; i < from.length; i++) {
            to[i] = from[i];
        }
    }
}
