package org.jkasan.mm;

import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

/** The free part of the kernel's address space, from which areas are carved. No locking. */
final class FreeVmapTree extends RedBlackTree<FreeBlock> {

    /*
     *              [1000,9000) max 8000
     *              /                  \
     *   [0,500) max 500         [c000,e000) max 2000
     *
     * Every node knows the largest free size in its subtree, so the search for the lowest block that
     * fits goes left only where something large enough is there: O(log n). All of the address space
     * is one tree, and each request brings its own range, as in the kernel: vmalloc space, modules
     * and whatever else is a window use the same tree.
     *
     * Invariants: no two blocks touch, for they would have been merged; subtreeMaxSize is exact.
     * Sizes and addresses are unsigned. Source: mm/vmalloc.c since Linux 5.2, with the rule for
     * aligned requests of 5.16.
     */

    /** What allocate answers when nothing fits: never an address, for page 0 is never free. */
    static final long NONE = 0;

    /** How a request lies in the free block that it is carved out of, by the kernel's names. */
    private enum Fit {
        /** FL_FIT: all of it. */
        FULL,
        /** LE_FIT: at its left edge. */
        LEFT_EDGE,
        /** RE_FIT: at its right edge. */
        RIGHT_EDGE,
        /** NE_FIT: at no edge. */
        NO_EDGE
    }

    /** A tree in which all addresses are free but the first and the last. */
    static FreeVmapTree wholeAddressSpace() {
        FreeVmapTree tree = new FreeVmapTree();
        tree.insert(new FreeBlock(1, -1), null, null);
        return tree;
    }

    /** Inserts a block between the two that lie around it, each null if there is none. */
    private void insert(FreeBlock block, FreeBlock before, FreeBlock after) {
        if (before != null && before.right == null) {
            link(block, before, false);
        } else {
            // Either there is nothing before it, or what follows "before" is the lowest block in
            // its
            // right subtree; both have no left child.
            link(block, after, true);
        }
    }

    /** The block with the highest start that is not above the address, or null. */
    FreeBlock floor(long addr) {
        FreeBlock found = null;
        FreeBlock node = root();
        while (node != null) {
            if (Long.compareUnsigned(node.start, addr) <= 0) {
                found = node;
                node = node.right;
            } else {
                node = node.left;
            }
        }
        return found;
    }

    /** The block with the lowest start above the address, or null. */
    FreeBlock ceiling(long addr) {
        FreeBlock found = null;
        FreeBlock node = root();
        while (node != null) {
            if (Long.compareUnsigned(node.start, addr) > 0) {
                found = node;
                node = node.left;
            } else {
                node = node.right;
            }
        }
        return found;
    }

    @Override
    boolean refresh(FreeBlock node) {
        long max = maxUnsigned(node.size(), maxUnsigned(maxSize(node.left), maxSize(node.right)));
        boolean changed = max != node.subtreeMaxSize;
        node.subtreeMaxSize = max;
        return changed;
    }

    /**
     * Takes the lowest range that fits out of the tree.
     *
     * @param size bytes, positive
     * @param align a power of two
     * @param from the range's start is not below it
     * @param to the range's end is not above it
     * @return its first address, or {@link #NONE}
     */
    long allocate(long size, long align, long from, long to) {
        FreeBlock block = lowestMatch(size, align, from, to);
        if (block == null) {
            return NONE;
        }
        long start = startWithin(block, align, from);
        if (Long.compareUnsigned(start, to) >= 0 || Long.compareUnsigned(size, to - start) > 0) {
            return NONE;
        }
        carve(block, start, size);
        return start;
    }

    /**
     * The lowest block that fits the request. With an alignment above a page, blocks that only fit
     * because they happen to be aligned may be passed over, as they are in the kernel; except where
     * the request is for exactly one range.
     */
    FreeBlock lowestMatch(long size, long align, long from, long to) {
        boolean exact = align <= PAGE_SIZE || to - from == size;
        long length = exact ? size : size + align - 1;
        long low = from;
        FreeBlock node = root();
        while (node != null) {
            if (hasRoom(node.left, length) && Long.compareUnsigned(low, node.start) < 0) {
                node = node.left;
            } else if (fits(node, size, align, low)) {
                return node;
            } else if (hasRoom(node.right, length)) {
                node = node.right;
            } else {
                // Nothing in this subtree: back up to where something may lie further right.
                node = node.parent;
                while (node != null) {
                    if (fits(node, size, align, low)) {
                        return node;
                    }
                    if (hasRoom(node.right, length) && Long.compareUnsigned(low, node.start) <= 0) {
                        // Past its start, so that the way back up never enters it again.
                        low = node.start + 1;
                        node = node.right;
                        break;
                    }
                    node = node.parent;
                }
            }
        }
        return null;
    }

    /** The highest block of at least so many bytes that begins below an address, or null. */
    FreeBlock highestRoom(long size, long below) {
        return highestRoom(root(), size, below);
    }

    private static FreeBlock highestRoom(FreeBlock node, long size, long below) {
        if (node == null || !hasRoom(node, size)) {
            return null;
        }
        if (Long.compareUnsigned(node.start, below) >= 0) {
            return highestRoom(node.left, size, below);
        }
        FreeBlock higher = highestRoom(node.right, size, below);
        if (higher != null) {
            return higher;
        }
        return Long.compareUnsigned(node.size(), size) >= 0
                ? node
                : highestRoom(node.left, size, below);
    }

    /**
     * Takes exactly a range out of the tree: va_clip.
     *
     * @throws IllegalStateException if not all of it is free
     */
    void take(VmapArea area) {
        FreeBlock block = floor(area.start);
        if (block == null || Long.compareUnsigned(area.end, block.end) > 0) {
            throw new IllegalStateException("vmalloc bug: " + area + " is not free");
        }
        carve(block, area.start, area.size());
    }

    /**
     * Gives an area's range back and joins it with the free blocks that it touches.
     *
     * @return the free block that now holds the range
     * @throws IllegalStateException if some of it is free already
     */
    FreeBlock merge(VmapArea area) {
        FreeBlock before = floor(area.start);
        FreeBlock after = ceiling(area.start);
        boolean isFree =
                before != null && Long.compareUnsigned(before.end, area.start) > 0
                        || after != null && Long.compareUnsigned(area.end, after.start) > 0;
        if (isFree) {
            throw new IllegalStateException("vmalloc bug: " + area + " is free already");
        }
        boolean joinsBefore = before != null && before.end == area.start;
        boolean joinsAfter = after != null && area.end == after.start;
        if (joinsBefore) {
            long end = area.end;
            if (joinsAfter) {
                end = after.end;
                unlink(after);
            }
            before.end = end;
            propagate(before);
            return before;
        }
        if (joinsAfter) {
            after.start = area.start;
            propagate(after);
            return after;
        }
        FreeBlock free = new FreeBlock(area.start, area.end);
        insert(free, before, after);
        return free;
    }

    private void carve(FreeBlock block, long start, long size) {
        long end = start + size;
        switch (fit(block, start, end)) {
            case FULL -> unlink(block);
            case LEFT_EDGE -> {
                block.start = end;
                propagate(block);
            }
            case RIGHT_EDGE -> {
                block.end = start;
                propagate(block);
            }
            case NO_EDGE -> {
                FreeBlock left = new FreeBlock(block.start, start);
                block.start = end;
                propagate(block);
                insert(left, floor(start), block);
            }
            default -> throw new AssertionError();
        }
    }

    private static Fit fit(FreeBlock block, long start, long end) {
        if (block.start == start) {
            return block.end == end ? Fit.FULL : Fit.LEFT_EDGE;
        }
        return block.end == end ? Fit.RIGHT_EDGE : Fit.NO_EDGE;
    }

    /** The kernel's is_within_this_va. */
    private static boolean fits(FreeBlock block, long size, long align, long from) {
        long start = startWithin(block, align, from);
        return Long.compareUnsigned(start, maxUnsigned(block.start, from)) >= 0
                && Long.compareUnsigned(start, block.end) < 0
                && Long.compareUnsigned(size, block.end - start) <= 0;
    }

    private static long startWithin(FreeBlock block, long align, long from) {
        return maxUnsigned(block.start, from) + align - 1 & -align;
    }

    private static boolean hasRoom(FreeBlock subtree, long length) {
        return Long.compareUnsigned(maxSize(subtree), length) >= 0;
    }

    private static long maxSize(FreeBlock subtree) {
        return subtree == null ? 0 : subtree.subtreeMaxSize;
    }

    private static long maxUnsigned(long a, long b) {
        return Long.compareUnsigned(a, b) >= 0 ? a : b;
    }
}
