package org.jkasan.mm;

/** What a {@link RedBlackTree} needs of its nodes; the tree alone changes it. */
abstract class RedBlackNode<N extends RedBlackNode<N>> {

    N parent;
    N left;
    N right;
    boolean red;
}
