package org.jkasan.bench.memory;

import org.jkasan.bench.turn.Turn;
import org.jkasan.kernel.Kconfig;
import org.jkasan.kernel.Kernel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What {@code vmalloc} and {@code vfree} cost in a kernel with many live areas. */
@State(Scope.Thread)
public class LiveAreas extends Turn {

    private static final long SIZE = 4096;

    private static final long MEM = 16L << 30;

    /** How many there are. */
    @Param("1000")
    public int areas;

    private Kernel kernel;
    private long[] addresses;
    private long random = 1;

    /** Boots, and allocates all. */
    @Setup(Level.Trial)
    public void boot() {
        kernel = Kernel.boot(Kconfig.defaults().withMem(MEM));
        addresses = new long[areas];
        for (int i = 0; i < areas; i++) {
            addresses[i] = kernel.vmalloc().vmalloc(SIZE);
        }
    }

    /** Gives the kernel's memory back. */
    @TearDown(Level.Trial)
    public void shutDown() {
        kernel.close();
    }

    /** One more, and away with it. */
    @Benchmark
    public long another() {
        long address = kernel.vmalloc().vmalloc(SIZE);
        kernel.vmalloc().vfree(address);
        return address;
    }

    /** Any of them replaced by a new one. */
    @Benchmark
    public long replaced() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        int i = (int) ((random >>> 33) * areas >>> 31);
        kernel.vmalloc().vfree(addresses[i]);
        addresses[i] = kernel.vmalloc().vmalloc(SIZE);
        return addresses[i];
    }
}
