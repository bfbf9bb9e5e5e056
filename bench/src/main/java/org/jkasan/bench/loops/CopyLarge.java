package org.jkasan.bench.loops;

import java.util.Random;
import org.jkasan.bench.turn.CodeShift;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** {@link Copy} of 64 KiB: what it costs where a loop is entered counts less here. */
@State(Scope.Thread)
public class CopyLarge extends LoopMemory {

    private static final int LENGTH = 64 << 10;

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
        Copy.copy(from, to);
        return to;
    }
}
