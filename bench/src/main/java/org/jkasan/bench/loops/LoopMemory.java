package org.jkasan.bench.loops;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jkasan.bench.turn.Turn;
import org.jkasan.kernel.Kernel;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Where a loop has its arrays from: plain ones that nobody tracks, or arrays of vmalloc. They are
 * others in each iteration, at other distances: a vectorised loop takes up to twice its time where
 * a store and the loads behind it agree in the low bits of their addresses, and an agent that
 * allocates in between would be measured by that.
 */
@State(Scope.Thread)
public abstract class LoopMemory extends Turn {

    /** The name of {@link #tracked}. */
    public static final String TRACKED = "tracked";

    /** 1: from vmalloc; 0: plain. */
    @Param("0")
    public int tracked;

    /** Most bytes between two arrays. */
    private static final int MOST_BETWEEN = 4096;

    private final Random distances = new Random(1);
    private final List<Object> arrays = new ArrayList<>();
    private final List<byte[]> between = new ArrayList<>();
    private Kernel kernel;

    /** Boots the kernel of tracked arrays. */
    @Setup(Level.Trial)
    public void boot() {
        if (tracked != 0) {
            kernel = Kernel.boot();
        }
    }

    /** Makes the arrays. */
    @Setup(Level.Iteration)
    public void prepare() {
        free();
        fill();
    }

    private void free() {
        between.clear();
        arrays.forEach(array -> kernel.vmalloc().vfree(array));
        arrays.clear();
    }

    /** Frees them. */
    @TearDown(Level.Trial)
    public void shutDown() {
        if (kernel != null) {
            free();
            kernel.close();
        }
    }

    /** Makes and fills the arrays of the loop. */
    abstract void fill();

    byte[] bytes(int length) {
        keepDistance();
        return tracked == 0 ? new byte[length] : keep(kernel.vmalloc().vmallocBytes(length));
    }

    int[] ints(int length) {
        keepDistance();
        return tracked == 0 ? new int[length] : keep(kernel.vmalloc().vmallocInts(length));
    }

    long[] longs(int length) {
        keepDistance();
        return tracked == 0 ? new long[length] : keep(kernel.vmalloc().vmallocLongs(length));
    }

    double[] doubles(int length) {
        keepDistance();
        return tracked == 0 ? new double[length] : keep(kernel.vmalloc().vmallocDoubles(length));
    }

    private void keepDistance() {
        between.add(new byte[distances.nextInt(MOST_BETWEEN)]);
    }

    private <T> T keep(T array) {
        arrays.add(array);
        return array;
    }
}
