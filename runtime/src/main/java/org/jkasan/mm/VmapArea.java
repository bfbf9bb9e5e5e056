package org.jkasan.mm;

import static org.jkasan.mm.Faults.hex;

/** A range [start, end) of kernel addresses, free or in use: the kernel's vmap_area. */
class VmapArea {

    long start;
    long end;

    /** The next one in the list that it waits in, for a purge or for its next use. */
    VmapArea next;

    /** The number of the node to which it returns; a byte, with which the whole has 40. */
    byte home;

    /** Whether its shadow bytes decide about it, and not its page table. */
    boolean bytewise;

    /** Whether somebody may know host addresses in it; then it is bytewise for good. */
    boolean exposed;

    /** What it is or, until a purge, was used for; null while it is free. */
    volatile VmStruct vm;

    VmapArea(long start, long end) {
        this.start = start;
        this.end = end;
    }

    /** Where what it is used for begins, behind a guard page if there is one in front. */
    long object() {
        return start + vm.front();
    }

    /** Bytes, unsigned, the guard pages among them. */
    long size() {
        return end - start;
    }

    /** Pages, the guard pages among them. */
    long pages() {
        return size() >>> MemoryLayout.PAGE_SHIFT;
    }

    boolean contains(long addr) {
        return Long.compareUnsigned(addr - start, size()) < 0;
    }

    /** Whether it is in use, and not merely waiting. */
    boolean isLive() {
        VmStruct use = vm;
        return use != null && use.isLive();
    }

    /** Whether what is in it has its pages, and its shadow open. */
    boolean isBacked() {
        VmStruct use = vm;
        return use != null && use.isBacked();
    }

    @Override
    public String toString() {
        return "[" + hex(start) + ", " + hex(end) + ")";
    }
}
