package org.jkasan.mm;

/** Areas that do not overlap, in the order of their addresses. No locking. */
class VmapTree extends RedBlackTree<VmapArea> {

    /** No path of a tree with fewer than 2^62 areas is longer. */
    private static final int DEEPEST = 2 * Long.SIZE;

    /**
     * Inserts an area.
     *
     * @throws IllegalStateException if it overlaps another: the caller's bookkeeping is broken
     */
    final void insert(VmapArea area) {
        insert(area, floor(area.start), ceiling(area.start));
    }

    /** Inserts an area between the two that lie around it, each null if there is none. */
    final void insert(VmapArea area, VmapArea before, VmapArea after) {
        requireApart(before, area);
        requireApart(area, after);
        if (before != null && before.right == null) {
            link(area, before, false);
        } else {
            // Either there is nothing before it, or what follows "before" is the lowest area in its
            // right subtree; both have no left child.
            link(area, after, true);
        }
    }

    /** Throws if the first area, where there is one, reaches into the second. */
    static void requireApart(VmapArea before, VmapArea after) {
        if (before != null && after != null && Long.compareUnsigned(before.end, after.start) > 0) {
            throw new IllegalStateException("vmalloc bug: " + before + " overlaps with " + after);
        }
    }

    /** The area with the highest start that is not above the address, or null. */
    final VmapArea floor(long addr) {
        VmapArea found = null;
        VmapArea node = root();
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

    /** The area with the lowest start above the address, or null. */
    final VmapArea ceiling(long addr) {
        VmapArea found = null;
        VmapArea node = root();
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

    /**
     * What {@link #find} finds, or anything, if the tree changes meanwhile: the caller has to know.
     * It ends even then.
     */
    final VmapArea glimpse(long addr) {
        VmapArea found = null;
        VmapArea node = root();
        for (int depth = 0; node != null && depth < DEEPEST; depth++) {
            if (Long.compareUnsigned(node.start, addr) <= 0) {
                found = node;
                node = node.right;
            } else {
                node = node.left;
            }
        }
        return found != null && found.contains(addr) ? found : null;
    }

    /** The area that contains the address, or null. */
    final VmapArea find(long addr) {
        VmapArea area = floor(addr);
        return area != null && area.contains(addr) ? area : null;
    }
}
