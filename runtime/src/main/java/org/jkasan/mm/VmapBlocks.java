package org.jkasan.mm;

import java.util.function.Consumer;

/** The vmap blocks of all CPUs: the one to map from, and the one that an address is in. */
final class VmapBlocks {

    /*
     *   block number   n     n+1   n+2   n+3        address / block size
     *   looked up by   CPU0  CPU1  CPU0  CPU1       number % CPUs
     *
     * A mapping is made from a block of the CPU on which it is asked for; it is unmapped on any. So
     * that two CPUs hardly ever meet, the table for the look-up is split as well, by address.
     *
     * Source: vmap_block_queue and addr_to_vb_xa of Linux 6.3.
     */

    /** Pages of a block, at most and at least. */
    private static final long MOST_PAGES = 1024;

    private static final long LEAST_PAGES = 2 * VmapRam.MAX_ALLOC;

    /** VMALLOC_SPACE: what is thought of as vmalloc space where blocks are measured. */
    private static final long MOST_SPACE = 128L << 30;

    /** Blocks of all CPUs, if each had one, take no more than one in so many pages of the space. */
    private static final long SHARE = 16;

    private final Cpus cpus;
    private final VmapBlockQueue[] queues;
    private final long blockPages;
    private final int blockShift;

    /** No block so far, for so many CPUs and so many bytes of vmalloc space. */
    VmapBlocks(Cpus cpus, long space) {
        this.cpus = cpus;
        this.queues = new VmapBlockQueue[cpus.count()];
        for (int cpu = 0; cpu < queues.length; cpu++) {
            queues[cpu] = new VmapBlockQueue();
        }
        this.blockPages = pages(cpus.count(), space);
        this.blockShift = Long.numberOfTrailingZeros(blockPages) + MemoryLayout.PAGE_SHIFT;
    }

    /** Pages of a block, a power of two: VMAP_BBMAP_BITS. */
    static long pages(int cpus, long space) {
        long spacePages = Math.min(MOST_SPACE, space) >>> MemoryLayout.PAGE_SHIFT;
        long cpusUp = Long.highestOneBit(2L * cpus - 1);
        long share = Long.highestOneBit(Math.max(spacePages / cpusUp / SHARE, 1));
        return Math.min(MOST_PAGES, Math.max(LEAST_PAGES, share));
    }

    /** Bytes of a block, a multiple of which it begins at: VMAP_BLOCK_SIZE. */
    long blockSize() {
        return 1L << blockShift;
    }

    /** The queue of the CPU that, so to speak, the current thread runs on. */
    VmapBlockQueue queue() {
        return queues[cpus.current()];
    }

    /** Makes a block known of which pages are free, and from which the first mapping was made. */
    void add(VmapBlock block, VmapBlockQueue queue) {
        long number = number(block.area.start);
        table(number).blocks().put(number, block);
        queue.add(block);
    }

    private void remove(VmapBlock block) {
        long number = number(block.area.start);
        table(number).blocks().remove(number);
    }

    /** The block that an address is in, or null. */
    VmapBlock find(long addr) {
        long number = number(addr);
        return table(number).blocks().get(number);
    }

    private long number(long addr) {
        return addr >>> blockShift;
    }

    private VmapBlockQueue table(long number) {
        return queues[(int) (number % queues.length)];
    }

    /**
     * Frees those blocks in which nothing is live: purge_fragmented_blocks_allcpus.
     *
     * @param force even those of which a quarter or more is still free
     * @param areas where their areas wait then
     */
    void purgeFragmented(boolean force, VmapAreas areas) {
        for (VmapBlockQueue queue : queues) {
            for (VmapBlock block : queue.free()) {
                if (block.purge(force)) {
                    free(block, areas);
                }
            }
        }
    }

    /** Undoes on the host what is still mapped there of what was unmapped in live blocks. */
    void flushDirty(PageBinder binder) {
        for (VmapBlockQueue queue : queues) {
            queue.blocks().values().forEach(block -> block.flushDirty(binder));
        }
    }

    /**
     * Frees a dead block, as the one who made it so does.
     *
     * @return whether more waits for a purge than may
     */
    boolean free(VmapBlock block, VmapAreas areas) {
        remove(block);
        block.area.vm.end(null);
        return areas.retire(block.area);
    }

    /** Tells of everything that does not hold, while nothing else happens, in one sentence each. */
    void check(Consumer<String> violations) {
        for (VmapBlockQueue queue : queues) {
            for (VmapBlock block : queue.free()) {
                if (find(block.area.start) != block) {
                    violations.accept(block.area + " is in a queue and in no table");
                }
            }
            queue.blocks()
                    .forEach(
                            (number, block) -> {
                                if (number(block.area.start) != number || table(number) != queue) {
                                    violations.accept(block.area + " is in the wrong table");
                                }
                                block.check(violations);
                            });
        }
    }
}
