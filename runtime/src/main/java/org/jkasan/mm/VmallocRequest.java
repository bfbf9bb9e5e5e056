package org.jkasan.mm;

import org.jkasan.report.CallSite;

/**
 * What is asked of vmalloc: the parameters of the kernel's __vmalloc_node_range. {@link
 * Vmalloc#request} makes the plain one, from which the others are derived.
 *
 * @param size bytes, unsigned
 * @param align a power of two: the address is a multiple of it, and of the page size
 * @param start the area does not begin below this address
 * @param end nor does it, its guard page included, reach beyond this one
 * @param gfp how the memory is got
 * @param vmFlags of {@link VmFlags}
 * @param node the memory's NUMA node, 0 being the only one, or {@link #ANY_NODE}
 * @param caller who asks; null if that is not known without the stack
 * @param exposed whether code will have host addresses in it, such as a buffer's, or write its
 *     shadow
 */
public record VmallocRequest(
        long size,
        long align,
        long start,
        long end,
        Gfp gfp,
        int vmFlags,
        int node,
        CallSite caller,
        boolean exposed) {

    /** NUMA_NO_NODE: no node is preferred. */
    public static final int ANY_NODE = -1;

    /** The same at a multiple of so many bytes, a power of two. */
    public VmallocRequest aligned(long bytes) {
        return new VmallocRequest(size, bytes, start, end, gfp, vmFlags, node, caller, exposed);
    }

    /** The same within [from, to). */
    public VmallocRequest within(long from, long to) {
        return new VmallocRequest(size, align, from, to, gfp, vmFlags, node, caller, exposed);
    }

    /** The same, got in this way. */
    public VmallocRequest with(Gfp how) {
        return new VmallocRequest(size, align, start, end, how, vmFlags, node, caller, exposed);
    }

    /** The same, set to zero. */
    public VmallocRequest zeroed() {
        return with(gfp.zeroed());
    }

    /** The same with further flags. */
    public VmallocRequest flagged(int flags) {
        return new VmallocRequest(
                size, align, start, end, gfp, vmFlags | flags, node, caller, exposed);
    }

    /** The same with these flags alone. */
    VmallocRequest withFlags(int flags) {
        return new VmallocRequest(size, align, start, end, gfp, flags, node, caller, exposed);
    }

    /** The same on a node. */
    public VmallocRequest onNode(int number) {
        return new VmallocRequest(size, align, start, end, gfp, vmFlags, number, caller, exposed);
    }

    /** The same, asked for at a place; null if that is not known. */
    VmallocRequest from(CallSite place) {
        return new VmallocRequest(size, align, start, end, gfp, vmFlags, node, place, exposed);
    }

    /**
     * The same for code that will have host addresses in it, or write its shadow: whoever frees it,
     * the shadow is poisoned byte by byte.
     */
    public VmallocRequest exposedToHost() {
        return new VmallocRequest(size, align, start, end, gfp, vmFlags, node, caller, true);
    }

    /** The same in whole huge pages at a multiple of them, or else quietly not at all. */
    VmallocRequest ofHugePages() {
        long whole = size + MemoryLayout.HUGE_SIZE - 1 & -MemoryLayout.HUGE_SIZE;
        long multiple = Math.max(align, MemoryLayout.HUGE_SIZE);
        return new VmallocRequest(
                whole, multiple, start, end, gfp.silent(), vmFlags, node, caller, exposed);
    }

    /** The addresses between which it must be met, as the kernel prints them. */
    String range() {
        return "0x" + Faults.hex(start) + " - 0x" + Faults.hex(end);
    }

    boolean hasGuard() {
        return (vmFlags & VmFlags.NO_GUARD) == 0;
    }

    /** Bytes of whole pages and the guard page behind them. */
    long areaSize() {
        return MemoryLayout.pageAlign(size) + (hasGuard() ? MemoryLayout.PAGE_SIZE : 0);
    }
}
