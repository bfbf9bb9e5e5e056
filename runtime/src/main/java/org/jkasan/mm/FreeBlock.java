package org.jkasan.mm;

import static org.jkasan.mm.Faults.hex;

/** A range [start, end) of free addresses, in the free tree. */
final class FreeBlock extends RedBlackNode<FreeBlock> {

    long start;
    long end;

    /** The largest size in the subtree, unsigned. */
    long subtreeMaxSize;

    FreeBlock(long start, long end) {
        this.start = start;
        this.end = end;
    }

    /** Bytes, unsigned. */
    long size() {
        return end - start;
    }

    @Override
    public String toString() {
        return "[" + hex(start) + ", " + hex(end) + ")";
    }
}
