package org.jkasan.bench.memory;

import java.nio.ByteBuffer;
import java.util.Random;
import org.jkasan.bench.turn.Turn;
import org.jkasan.kernel.Kernel;
import org.jkasan.mm.KernelMemory;
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

    /** Makes of an int an index that nobody foresees. */
    private static final int SCATTER = -1640531535;

    /** What is left of 32 bits indexes the array. */
    private static final int SHIFT = Integer.SIZE - 12;

    private Kernel kernel;
    private int[] ints;
    private ByteBuffer buffer;
    private KernelMemory memory;
    private long address;

    /** Allocates. */
    @Setup(Level.Trial)
    public void boot() {
        kernel = Kernel.boot();
        ints = kernel.vmalloc().vmallocInts(LENGTH);
        buffer = kernel.vmalloc().vmallocBuffer((long) LENGTH * Integer.BYTES);
        memory = kernel.memory();
        address = kernel.vmalloc().vmalloc((long) LENGTH * Integer.BYTES);
        Random random = new Random(1);
        for (int i = 0; i < LENGTH; i++) {
            ints[i] = random.nextInt();
            buffer.putInt(i * Integer.BYTES, ints[i]);
            memory.storeInt(address + (long) i * Integer.BYTES, ints[i]);
        }
    }

    /** Frees. */
    @TearDown(Level.Trial)
    public void shutDown() {
        kernel.vmalloc().vfree(ints);
        kernel.vmalloc().vfree(buffer);
        kernel.vmalloc().vfree(address);
        kernel.close();
    }

    /** The sum of a {@code ByteBuffer}, in order. */
    @Benchmark
    public int buffer() {
        return sum(buffer);
    }

    /** The same by relative gets. */
    @Benchmark
    public int relative() {
        buffer.clear();
        return rest(buffer);
    }

    /** The sum of the kernel's memory, in order. */
    @Benchmark
    public int kernel() {
        return sum(memory, address);
    }

    /** The sum of elements of an {@code int[]} here and there. */
    @Benchmark
    public int arrayAtRandom() {
        return sumAtRandom(ints);
    }

    /** The same of a {@code ByteBuffer}. */
    @Benchmark
    public int bufferAtRandom() {
        return sumAtRandom(buffer);
    }

    /** The same of the kernel's memory. */
    @Benchmark
    public int kernelAtRandom() {
        return sumAtRandom(memory, address);
    }

    private static int sum(ByteBuffer values) {
        int sum = 0;
        for (int at = 0; at < LENGTH * Integer.BYTES; at += Integer.BYTES) {
            sum += values.getInt(at);
        }
        return sum;
    }

    private static int rest(ByteBuffer values) {
        int sum = 0;
        while (values.hasRemaining()) {
            sum += values.getInt();
        }
        return sum;
    }

    private static int sum(KernelMemory memory, long from) {
        int sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            sum += memory.loadInt(from + (long) i * Integer.BYTES);
        }
        return sum;
    }

    private static int sumAtRandom(int[] values) {
        int sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            sum += values[(sum ^ i) * SCATTER >>> SHIFT];
        }
        return sum;
    }

    private static int sumAtRandom(ByteBuffer values) {
        int sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            sum += values.getInt(((sum ^ i) * SCATTER >>> SHIFT) * Integer.BYTES);
        }
        return sum;
    }

    private static int sumAtRandom(KernelMemory memory, long from) {
        int sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            sum += memory.loadInt(from + (long) ((sum ^ i) * SCATTER >>> SHIFT) * Integer.BYTES);
        }
        return sum;
    }
}
