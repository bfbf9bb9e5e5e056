package org.jkasan.mm;

import org.jkasan.host.HostMemory;

/**
 * What the windows of one kernel share.
 *
 * @param gate whether they are still there
 * @param host where they live
 * @param ram the pages that they take
 * @param map where all of RAM is seen
 * @param frames the pages of it that have an identity
 * @param cpus its CPUs
 * @param hugeVmalloc whether there may be huge pages
 * @param lazyMaxPages pages of freed areas that may wait in each window, and be kept
 * @param interrupts which threads are in one
 * @param work does later what cannot be done in an interrupt
 * @param log where the kernel prints
 * @param purges all that can give something back
 * @param cleanup what is to be given back
 */
record VmallocMachine(
        Gate gate,
        HostMemory host,
        PageAllocator ram,
        DirectMap map,
        PageFrames frames,
        Cpus cpus,
        boolean hugeVmalloc,
        long lazyMaxPages,
        Interrupts interrupts,
        DeferredWork work,
        KernelLog log,
        Purges purges,
        Cleanup cleanup) {}
