package org.jkasan.mm;

import java.util.function.Consumer;

/** Checks that a tree is balanced, linked and ordered, and that its augmentation is right. */
final class TreeCheck {

    private final FreeVmapTree tree;
    private final Consumer<String> violations;
    private FreeBlock previous;

    private TreeCheck(FreeVmapTree tree, Consumer<String> violations) {
        this.tree = tree;
        this.violations = violations;
    }

    /** Tells of every violation in a tree, in one sentence each. */
    static void check(FreeVmapTree tree, Consumer<String> violations) {
        TreeCheck check = new TreeCheck(tree, violations);
        FreeBlock root = tree.root();
        if (root != null) {
            check.expect(!root.red, root, "is a red root");
            check.expect(root.parent == null, root, "is a root with a parent");
        }
        check.subtree(root);
    }

    /** Walks a subtree in order; its black height. */
    private int subtree(FreeBlock node) {
        if (node == null) {
            return 0;
        }
        int left = subtree(node.left);
        visit(node);
        int right = subtree(node.right);
        expect(
                left == right,
                node,
                "has " + left + " black nodes on the left, " + right + " right");
        return left + (node.red ? 0 : 1);
    }

    private void visit(FreeBlock node) {
        expect(Long.compareUnsigned(node.start, node.end) < 0, node, "is empty");
        if (previous != null) {
            boolean apart = Long.compareUnsigned(previous.end, node.start) <= 0;
            expect(apart, node, "overlaps or precedes " + previous);
        }
        previous = node;
        child(node, node.left);
        child(node, node.right);
        expect(!tree.refresh(node), node, "had a stale largest size");
    }

    private void child(FreeBlock node, FreeBlock child) {
        if (child != null) {
            expect(child.parent == node, child, "does not know its parent");
            expect(!node.red || !child.red, child, "is red below red");
        }
    }

    private void expect(boolean holds, FreeBlock node, String otherwise) {
        if (!holds) {
            violations.accept("free tree: " + node + " " + otherwise);
        }
    }
}
