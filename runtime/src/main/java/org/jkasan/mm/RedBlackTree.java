package org.jkasan.mm;

/**
 * A balanced tree whose nodes are the caller's own objects. The caller finds the place of a new
 * node and may keep in each node something about its subtree, such as the largest size in it: the
 * tree then tells it whenever that must be computed anew.
 */
abstract class RedBlackTree<N extends RedBlackNode<N>> {

    /*
     * Invariants: the root is black; a red node has no red child; every path from a node down to a
     * missing child passes the same number of black nodes. So no path is more than twice as long as
     * another, and link and unlink take O(log n) steps and at most three rotations.
     *
     * Augmentation: refresh(node) computes node's value from the node itself and its two children.
     * Where a subtree's nodes change, every ancestor is refreshed before anything rotates, so that a
     * rotation, which changes no set of nodes but the lower one's, needs to refresh two nodes only.
     *
     * Source: Cormen, Leiserson, Rivest, Stein, chapters 13 and 14, with missing children as null.
     * No locking.
     */

    private N root;

    final N root() {
        return root;
    }

    final boolean isEmpty() {
        return root == null;
    }

    /**
     * Computes anew what the node keeps about its subtree; a tree that keeps nothing has nothing to
     * do.
     *
     * @return whether it changed
     */
    boolean refresh(N node) {
        return false;
    }

    /** Refreshes a node whose own contribution changed, and the ancestors which that concerns. */
    final void propagate(N changed) {
        N node = changed;
        while (node != null && refresh(node)) {
            node = node.parent;
        }
    }

    /** Links a node in place of a missing child; the parent is null only in an empty tree. */
    final void link(N node, N parent, boolean asLeft) {
        node.parent = parent;
        node.left = null;
        node.right = null;
        node.red = true;
        if (parent == null) {
            root = node;
        } else if (asLeft) {
            parent.left = node;
        } else {
            parent.right = node;
        }
        refresh(node);
        propagate(parent);
        fixAfterLink(node);
    }

    /** Takes a node out. */
    final void unlink(N node) {
        N child;
        N hole;
        boolean lostBlack;
        if (node.left == null || node.right == null) {
            child = node.left == null ? node.right : node.left;
            hole = node.parent;
            lostBlack = !node.red;
            replace(node, child);
        } else {
            N heir = leftmost(node.right);
            child = heir.right;
            lostBlack = !heir.red;
            hole = heir.parent == node ? heir : heir.parent;
            replace(heir, child);
            inherit(heir, node);
        }
        for (N above = hole; above != null; above = above.parent) {
            refresh(above);
        }
        if (lostBlack) {
            fixAfterUnlink(child, hole);
        }
        node.parent = null;
        node.left = null;
        node.right = null;
    }

    /** Puts the heir, which is linked nowhere, where the node is. */
    private void inherit(N heir, N node) {
        heir.left = node.left;
        heir.left.parent = heir;
        heir.right = node.right;
        if (heir.right != null) {
            heir.right.parent = heir;
        }
        heir.red = node.red;
        replace(node, heir);
    }

    /** The node with the lowest place, or null. */
    final N first() {
        return root == null ? null : leftmost(root);
    }

    /** The node behind this one, or null. */
    final N next(N node) {
        if (node.right != null) {
            return leftmost(node.right);
        }
        N child = node;
        N above = node.parent;
        while (above != null && child == above.right) {
            child = above;
            above = above.parent;
        }
        return above;
    }

    private N leftmost(N from) {
        N node = from;
        while (node.left != null) {
            node = node.left;
        }
        return node;
    }

    private void fixAfterLink(N linked) {
        N node = linked;
        while (isRed(node.parent)) {
            N parent = node.parent;
            N grandparent = parent.parent;
            boolean left = parent == grandparent.left;
            N uncle = left ? grandparent.right : grandparent.left;
            if (isRed(uncle)) {
                parent.red = false;
                uncle.red = false;
                grandparent.red = true;
                node = grandparent;
                continue;
            }
            if (node == (left ? parent.right : parent.left)) {
                rotate(parent, left);
                parent = node;
            }
            parent.red = false;
            grandparent.red = true;
            rotate(grandparent, !left);
            break;
        }
        root.red = false;
    }

    /** Restores the black height where the path through a child, which may be missing, lost one. */
    private void fixAfterUnlink(N shortChild, N shortParent) {
        N node = shortChild;
        N parent = shortParent;
        while (parent != null && !isRed(node)) {
            boolean left = node == parent.left;
            N sibling = left ? parent.right : parent.left;
            if (sibling.red) {
                sibling.red = false;
                parent.red = true;
                rotate(parent, left);
                sibling = left ? parent.right : parent.left;
            }
            N near = left ? sibling.left : sibling.right;
            N far = left ? sibling.right : sibling.left;
            if (!isRed(near) && !isRed(far)) {
                sibling.red = true;
                node = parent;
                parent = node.parent;
                continue;
            }
            if (!isRed(far)) {
                near.red = false;
                sibling.red = true;
                rotate(sibling, !left);
                far = sibling;
                sibling = near;
            }
            sibling.red = parent.red;
            parent.red = false;
            far.red = false;
            rotate(parent, left);
            return;
        }
        if (node != null) {
            node.red = false;
        }
    }

    /** Rotates a node down to the left or to the right; its child on the other side comes up. */
    private void rotate(N node, boolean toLeft) {
        N up = toLeft ? node.right : node.left;
        N moved = toLeft ? up.left : up.right;
        if (toLeft) {
            node.right = moved;
            up.left = node;
        } else {
            node.left = moved;
            up.right = node;
        }
        if (moved != null) {
            moved.parent = node;
        }
        replace(node, up);
        node.parent = up;
        refresh(node);
        refresh(up);
    }

    /** Makes another node, or none, the child of a node's parent in its stead. */
    private void replace(N node, N other) {
        N parent = node.parent;
        if (parent == null) {
            root = other;
        } else if (parent.left == node) {
            parent.left = other;
        } else {
            parent.right = other;
        }
        if (other != null) {
            other.parent = parent;
        }
    }

    private static boolean isRed(RedBlackNode<?> node) {
        return node != null && node.red;
    }
}
