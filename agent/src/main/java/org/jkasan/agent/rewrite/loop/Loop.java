package org.jkasan.agent.rewrite.loop;

import java.util.BitSet;

/**
 * A loop of a method.
 *
 * @param head position of the label where its code begins and jumps lead back to
 * @param members positions of the instructions from which that label can be reached again without
 *     leaving the code between it and the last such jump. Code in between that only leaves the loop
 *     (to throw, to return) is not part of it.
 */
record Loop(int head, BitSet members) {

    boolean contains(int position) {
        return members.get(position);
    }
}
