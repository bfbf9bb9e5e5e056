package org.jkasan.mm;

/**
 * How an allocation may get its memory and what it finds in it: the part of the kernel's gfp mask
 * that vmalloc looks at.
 *
 * @param mayBlock whether it may wait, and so purge where the address space is exhausted
 * @param zero __GFP_ZERO: the memory is set to zero
 * @param quiet __GFP_NOWARN: a failure is not logged
 * @param dma32 GFP_DMA32: the pages lie below 4 GiB of RAM
 */
public record Gfp(boolean mayBlock, boolean zero, boolean quiet, boolean dma32) {

    /** GFP_KERNEL: may do everything. */
    public static final Gfp KERNEL = new Gfp(true, false, false, false);

    /** GFP_NOWAIT: waits for nothing, fails without a word. */
    public static final Gfp NOWAIT = new Gfp(false, false, true, false);

    /** GFP_ATOMIC: waits for nothing. */
    public static final Gfp ATOMIC = new Gfp(false, false, false, false);

    /** The same, and the memory is set to zero. */
    public Gfp zeroed() {
        return new Gfp(mayBlock, true, quiet, dma32);
    }

    /** The same, and a failure is not logged. */
    public Gfp silent() {
        return new Gfp(mayBlock, zero, true, dma32);
    }

    /** The same, from below 4 GiB of RAM. */
    public Gfp below4GiB() {
        return new Gfp(mayBlock, zero, quiet, true);
    }
}
