package org.jkasan.bench.memory;

import org.jkasan.bench.turn.Turn;
import org.jkasan.kernel.Kernel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** {@code vmalloc} and {@code vfree} in turn, purges of the lazily freed areas included. */
@State(Scope.Thread)
public class VmallocPair extends Turn {

    private static final long SIZE = 3 * 4096;

    private Kernel kernel;

    /** Boots. */
    @Setup(Level.Trial)
    public void boot() {
        kernel = Kernel.boot();
    }

    /** Gives the kernel's memory back. */
    @TearDown(Level.Trial)
    public void shutDown() {
        kernel.close();
    }

    /** Three pages. */
    @Benchmark
    public long threePages() {
        long address = kernel.vmalloc().vmalloc(SIZE);
        kernel.vmalloc().vfree(address);
        return address;
    }
}
