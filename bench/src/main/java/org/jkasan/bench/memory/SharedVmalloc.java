package org.jkasan.bench.memory;

import org.jkasan.kernel.Kernel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/** {@code vmalloc} and {@code vfree} in turn, from one thread and from two, in one kernel. */
@State(Scope.Benchmark)
public class SharedVmalloc {

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

    /** Alone. */
    @Benchmark
    @Threads(1)
    public long oneThread() {
        return pair();
    }

    /** With another that does the same. */
    @Benchmark
    @Threads(2)
    public long twoThreads() {
        return pair();
    }

    private long pair() {
        long address = kernel.vmalloc().vmalloc(SIZE);
        kernel.vmalloc().vfree(address);
        return address;
    }
}
