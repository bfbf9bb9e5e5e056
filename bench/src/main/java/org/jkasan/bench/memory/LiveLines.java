package org.jkasan.bench.memory;

import org.jkasan.bench.turn.Turn;
import org.jkasan.kernel.Kernel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The least that replacing any of many live areas ({@link LiveAreas}) can cost where the caches
 * have none of them: a pair in a kernel without others, and loads from as many lines of memory,
 * each of which tells where the next one is, as the replacement has to touch.
 *
 * <p>Those are the benchmark's own address of the area; the area's entry in the table, the area,
 * its use, and the page's entry in the page table for the free; and of the area that is allocated,
 * which thousands of frees ago was the last to be touched, the area and the page's entry.
 */
@State(Scope.Thread)
public class LiveLines extends Turn {

    private static final long SIZE = 4096;

    private static final int LINES = 7;

    /** Of what there is in memory for an area: 48 bytes of it, 48 of its use, and its entries. */
    private static final int LONGS_PER_AREA = 14;

    /** As many as {@link LiveAreas} has. */
    @Param("1000")
    public int areas;

    private Kernel kernel;
    private long[] memory;
    private long random = 1;

    /** Boots, and has the host commit the memory. */
    @Setup(Level.Trial)
    public void boot() {
        kernel = Kernel.boot();
        memory = new long[areas * LONGS_PER_AREA];
        for (int i = 0; i < memory.length; i++) {
            memory[i] = i & 1;
        }
    }

    /** Gives the kernel's memory back. */
    @TearDown(Level.Trial)
    public void shutDown() {
        kernel.close();
    }

    /** The pair, and the lines. */
    @Benchmark
    public long pairAndLines() {
        long sum = 0;
        for (int line = 0; line < LINES; line++) {
            random ^= random << 13;
            random ^= random >>> 7;
            random ^= random << 17;
            int i = (int) ((random >>> 33) * (memory.length - 1) >>> 31);
            sum = memory[i + (int) (sum & 1)];
        }
        long address = kernel.vmalloc().vmalloc(SIZE);
        kernel.vmalloc().vfree(address);
        return address + sum;
    }
}
