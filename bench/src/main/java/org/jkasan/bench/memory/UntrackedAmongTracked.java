package org.jkasan.bench.memory;

import org.jkasan.bench.loops.MatrixProduct;
import org.jkasan.bench.loops.Xor;
import org.jkasan.bench.turn.Turn;
import org.jkasan.kernel.Kernel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Loops over untracked arrays in a program that tracks arrays of every size elsewhere. */
@State(Scope.Thread)
public class UntrackedAmongTracked extends Turn {

    private final Xor xor = new Xor();
    private final MatrixProduct product = new MatrixProduct();
    private Kernel kernel;
    private Object[] tracked;

    /** Tracks others. */
    @Setup(Level.Trial)
    public void boot() {
        xor.prepare();
        product.prepare();
        kernel = Kernel.boot();
        tracked =
                new Object[] {
                    kernel.vmalloc().vmallocBytes(1),
                    kernel.vmalloc().vmallocShorts(1),
                    kernel.vmalloc().vmallocInts(1),
                    kernel.vmalloc().vmallocDoubles(1)
                };
    }

    /** Frees. */
    @TearDown(Level.Trial)
    public void shutDown() {
        for (Object array : tracked) {
            kernel.vmalloc().vfree(array);
        }
        kernel.close();
    }

    /** {@code c[i] = a[i] ^ b[i]}. */
    @Benchmark
    public int[] xor() {
        return xor.ints();
    }

    /** The matrix product over rows. */
    @Benchmark
    public double[][] rows() {
        return product.rows();
    }
}
