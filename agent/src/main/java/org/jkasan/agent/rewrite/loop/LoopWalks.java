package org.jkasan.agent.rewrite.loop;

import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.jkasan.agent.rewrite.symbolic.RowLengths;

/** The walks through the loops of one method, which number what they find in the same way. */
record LoopWalks(MethodFlow flow, int maxLocals, int maxStack, RowLengths rowLengths) {

    /**
     * The walk through a loop.
     *
     * @param inner the loops in it
     * @return null where the loop cannot be followed
     */
    LoopWalk of(LoopTurn turn, InnerLoops inner) {
        return LoopWalk.of(this, turn, inner);
    }
}
