package org.jkasan.agent.rewrite.loop;

import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.objectweb.asm.tree.FrameNode;

/**
 * One turn of an innermost loop: its instructions in the order in which control passes them, from
 * the one place where the loop is entered on.
 */
final class LoopTurn {

    /*
     * Compilers lay out loops in one of two ways, and a turn begins where the loop is entered:
     *
     *     head: condition, exit      a turn: head .. last
     *           body
     *     last: goto head
     *
     *           goto entry
     *     head: body                 a turn: entry .. last, head .. entry - 1
     *     entry: condition
     *     last: jump to head
     *
     * All jumps in the loop but those back to the entry lead forward in that order.
     */

    private final MethodFlow flow;
    private final Loop loop;
    private final int last;
    private final int entry;

    private LoopTurn(MethodFlow flow, Loop loop, int entry) {
        this.flow = flow;
        this.loop = loop;
        this.last = loop.members().length() - 1;
        this.entry = entry;
    }

    /** The turn of a loop, or null where it is entered in more than one place, or by a throw. */
    static LoopTurn of(MethodFlow flow, Loop loop) {
        int entry = -1;
        for (int i : flow.jumps()) {
            if (!loop.contains(i)) {
                for (int target : flow.targets(i)) {
                    if (loop.contains(target)) {
                        if (entry >= 0 && entry != target) {
                            return null;
                        }
                        entry = target;
                    }
                }
            }
        }
        if (flow.reachedFromAbove(loop.head())) {
            if (entry >= 0 && entry != loop.head()) {
                return null;
            }
            entry = loop.head();
        }
        LoopTurn turn = entry < 0 ? null : new LoopTurn(flow, loop, entry);
        return turn == null || turn.catches() || flow.frameAt(entry) == null ? null : turn;
    }

    private boolean catches() {
        for (MethodFlow.TryBlock block : flow.tryBlocks()) {
            if (block.handler() >= loop.head() && block.handler() <= last) {
                return true;
            }
        }
        return false;
    }

    Loop loop() {
        return loop;
    }

    /** Position of the label where the loop is entered. */
    int entry() {
        return entry;
    }

    /** Position of the last instruction. */
    int last() {
        return last;
    }

    /** What holds where the loop is entered. */
    FrameNode frame() {
        return flow.frameAt(entry);
    }

    /** Number of positions in a turn. */
    int size() {
        return last - loop.head() + 1;
    }

    /** The position that comes so far in a turn. */
    int position(int index) {
        int position = entry + index;
        return position <= last ? position : position - size();
    }

    /** How far in a turn a position comes. */
    int index(int position) {
        return position >= entry ? position - entry : position - entry + size();
    }

    /** How many jumps of the loop lead to each position, by how far in a turn it comes. */
    int[] ways() {
        int[] ways = new int[size()];
        for (int index = 0; index < ways.length; index++) {
            if (contains(position(index))) {
                for (int target : flow.targets(position(index))) {
                    if (contains(target)) {
                        ways[index(target)]++;
                    }
                }
            }
        }
        return ways;
    }

    /**
     * Whether every turn comes to the code between two positions of the loop, unless it leaves the
     * loop before.
     */
    boolean comesAlwaysTo(int from, int to) {
        int first = index(from);
        for (int index = 0; index < first; index++) {
            int position = position(index);
            for (int target : flow.targets(position)) {
                if (contains(position)
                        && contains(target)
                        && (target == entry || index(target) > index(to))) {
                    return false;
                }
            }
        }
        return true;
    }

    boolean contains(int position) {
        return loop.contains(position);
    }
}
