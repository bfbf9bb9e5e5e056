package org.jkasan.bench.loops;

import java.util.ArrayList;
import java.util.List;
import org.jkasan.bench.turn.Turn;
import org.jkasan.kernel.Kernel;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Where a loop has its arrays from: plain ones that nobody tracks, or arrays of vmalloc. */
@State(Scope.Thread)
public abstract class LoopMemory extends Turn {

    /** The name of {@link #tracked}. */
    public static final String TRACKED = "tracked";

    /** 1: from vmalloc; 0: plain. */
    @Param("0")
    public int tracked;

    private final List<Object> arrays = new ArrayList<>();
    private Kernel kernel;

    /** Makes the arrays. */
    @Setup(Level.Trial)
    public void prepare() {
        if (tracked != 0) {
            kernel = Kernel.boot();
        }
        fill();
    }

    /** Frees them. */
    @TearDown(Level.Trial)
    public void shutDown() {
        if (kernel != null) {
            arrays.forEach(kernel.vmalloc()::vfree);
            kernel.close();
        }
    }

    /** Makes and fills the arrays of the loop. */
    abstract void fill();

    byte[] bytes(int length) {
        return tracked == 0 ? new byte[length] : keep(kernel.vmalloc().vmallocBytes(length));
    }

    int[] ints(int length) {
        return tracked == 0 ? new int[length] : keep(kernel.vmalloc().vmallocInts(length));
    }

    long[] longs(int length) {
        return tracked == 0 ? new long[length] : keep(kernel.vmalloc().vmallocLongs(length));
    }

    double[] doubles(int length) {
        return tracked == 0 ? new double[length] : keep(kernel.vmalloc().vmallocDoubles(length));
    }

    private <T> T keep(T array) {
        arrays.add(array);
        return array;
    }
}
