package org.jkasan.mm;

import java.util.function.Consumer;

/** Checks that a tree is balanced, linked and ordered, and that its augmentation is right. */
final class TreeCheck {

    private final VmapTree tree;
    private final String name;
    private final Consumer<String> violations;
    private VmapArea previous;

    private TreeCheck(VmapTree tree, String name, Consumer<String> violations) {
        this.tree = tree;
        this.name = name;
        this.violations = violations;
    }

    /** Tells of every violation in a tree, in one sentence each. */
    static void check(VmapTree tree, String name, Consumer<String> violations) {
        TreeCheck check = new TreeCheck(tree, name, violations);
        VmapArea root = tree.root();
        if (root != null) {
            check.expect(!root.red, root, "is a red root");
            check.expect(root.parent == null, root, "is a root with a parent");
        }
        check.subtree(root);
    }

    /** Walks a subtree in order; its black height. */
    private int subtree(VmapArea node) {
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

    private void visit(VmapArea node) {
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

    private void child(VmapArea node, VmapArea child) {
        if (child != null) {
            expect(child.parent == node, child, "does not know its parent");
            expect(!node.red || !child.red, child, "is red below red");
        }
    }

    private void expect(boolean holds, VmapArea node, String otherwise) {
        if (!holds) {
            violations.accept(name + " tree: " + node + " " + otherwise);
        }
    }
}
