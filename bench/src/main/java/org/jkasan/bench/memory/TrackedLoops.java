package org.jkasan.bench.memory;

import java.nio.ByteBuffer;
import java.util.Random;
import org.jkasan.bench.turn.Turn;
import org.jkasan.kernel.Kernel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Loops over memory from {@code vmalloc}, each of whose accesses the agent checks. */
@State(Scope.Thread)
public class TrackedLoops extends Turn {

    private static final int LENGTH = 4096;

    private Kernel kernel;
    private int[] ints;
    private ByteBuffer buffer;

    /** Allocates. */
    @Setup(Level.Trial)
    public void boot() {
        kernel = Kernel.boot();
        ints = kernel.vmalloc().vmallocInts(LENGTH);
        buffer = kernel.vmalloc().vmallocBuffer((long) LENGTH * Integer.BYTES);
        Random random = new Random(1);
        for (int i = 0; i < LENGTH; i++) {
            ints[i] = random.nextInt();
            buffer.putInt(i * Integer.BYTES, ints[i]);
        }
    }

    /** Frees. */
    @TearDown(Level.Trial)
    public void shutDown() {
        kernel.vmalloc().vfree(ints);
        kernel.vmalloc().vfree(buffer);
        kernel.close();
    }

    /** The sum of an {@code int[]}. */
    @Benchmark
    public int array() {
        return sum(ints);
    }

    /** The sum of the same through a {@code ByteBuffer}. */
    @Benchmark
    public int buffer() {
        return sum(buffer);
    }

    private static int sum(int[] values) {
        int sum = 0;
        for (int value : values) {
            sum += value;
        }
        return sum;
    }

    private static int sum(ByteBuffer values) {
        int sum = 0;
        for (int at = 0; at < LENGTH * Integer.BYTES; at += Integer.BYTES) {
            sum += values.getInt(at);
        }
        return sum;
    }
}
