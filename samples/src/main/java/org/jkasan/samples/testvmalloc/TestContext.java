package org.jkasan.samples.testvmalloc;

import java.util.SplittableRandom;
import org.jkasan.kernel.Kernel;
import org.jkasan.mm.MemoryLayout;

/**
 * What a test works with.
 *
 * @param pages what some tests allocate at a time; 0 is as many as they do by themselves
 * @param random the worker's own
 */
record TestContext(Kernel kernel, int loops, int pages, boolean useHuge, SplittableRandom random) {

    static final long PAGE_SIZE = MemoryLayout.PAGE_SIZE;

    int cpus() {
        return kernel.percpu().cpus();
    }
}
