package org.jkasan.mm;

import static org.jkasan.mm.Faults.hex;

/** A range [start, end) of kernel addresses, free or in use: the kernel's vmap_area. */
final class VmapArea extends RedBlackNode<VmapArea> {

    long start;
    long end;

    /** In the free tree: the largest size in the subtree, unsigned. */
    long subtreeMaxSize;

    /** What it is used for; null while it is free. */
    final VmStruct vm;

    VmapArea(long start, long end, VmStruct vm) {
        this.start = start;
        this.end = end;
        this.vm = vm;
    }

    /** Bytes, unsigned, the guard page among them. */
    long size() {
        return end - start;
    }

    boolean contains(long addr) {
        return Long.compareUnsigned(addr - start, size()) < 0;
    }

    @Override
    public String toString() {
        return "[" + hex(start) + ", " + hex(end) + ")";
    }
}
