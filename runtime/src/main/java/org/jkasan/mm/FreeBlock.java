package org.jkasan.mm;

/** A range of free addresses, in the free tree. */
final class FreeBlock extends VmapArea {

    /** The largest size in the subtree, unsigned. */
    long subtreeMaxSize;

    FreeBlock(long start, long end) {
        super(start, end);
    }
}
