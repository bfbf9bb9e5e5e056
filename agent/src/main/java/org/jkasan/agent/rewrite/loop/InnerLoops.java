package org.jkasan.agent.rewrite.loop;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The loops in a loop. A walk over a turn of the outer one passes each of them once, as code of
 * which nobody knows how often it runs: behind its begin, nothing is known of the variables that it
 * sets.
 */
final class InnerLoops {

    /**
     * One of them.
     *
     * @param variables that it sets
     */
    record Inner(LoopTurn turn, BitSet variables) {

        boolean contains(int position) {
            return turn.contains(position);
        }
    }

    private final List<Inner> loops;

    private InnerLoops(List<Inner> loops) {
        this.loops = loops;
    }

    static InnerLoops none() {
        return new InnerLoops(List.of());
    }

    /** Those of a loop; null where one of them cannot be followed. */
    static InnerLoops of(MethodFlow flow, Loop outer, List<Loop> within) {
        List<Inner> loops = new ArrayList<>();
        for (Loop loop : within) {
            LoopTurn turn = LoopTurn.of(flow, loop);
            BitSet outside = (BitSet) loop.members().clone();
            outside.andNot(outer.members());
            if (turn == null || !outside.isEmpty()) {
                return null;
            }
            loops.add(new Inner(turn, variables(flow, turn)));
        }
        return new InnerLoops(loops);
    }

    List<Inner> loops() {
        return loops;
    }

    boolean isEmpty() {
        return loops.isEmpty();
    }

    /** Those in one of them. */
    InnerLoops within(Inner outer) {
        List<Inner> inner = new ArrayList<>();
        for (Inner each : loops) {
            if (each != outer && outer.contains(each.turn.loop().head())) {
                inner.add(each);
            }
        }
        return new InnerLoops(inner);
    }

    /** The innermost one that a position is in, or null. */
    Inner around(int position) {
        return around(position, null);
    }

    /** The one that a loop is in, or null. */
    Inner around(Inner loop) {
        return around(loop.turn.loop().head(), loop);
    }

    private Inner around(int position, Inner but) {
        Inner innermost = null;
        for (Inner each : loops) {
            if (each != but
                    && each.contains(position)
                    && (innermost == null || innermost.contains(each.turn.loop().head()))) {
                innermost = each;
            }
        }
        return innermost;
    }

    /** The one whose code begins at a label, or null. */
    Inner withHead(int label) {
        for (Inner inner : loops) {
            if (inner.turn.loop().head() == label) {
                return inner;
            }
        }
        return null;
    }

    /** The one that is entered at a label, or null. */
    Inner withEntry(int label) {
        for (Inner inner : loops) {
            if (inner.turn.entry() == label) {
                return inner;
            }
        }
        return null;
    }

    /** The local variables that the code of a loop sets. */
    static BitSet variables(MethodFlow flow, LoopTurn turn) {
        BitSet variables = new BitSet();
        for (int i = turn.loop().head(); i <= turn.last(); i++) {
            AbstractInsnNode instruction = flow.at(i);
            if (instruction instanceof IincInsnNode increment) {
                variables.set(increment.var);
            } else if (instruction instanceof VarInsnNode store
                    && store.getOpcode() >= Opcodes.ISTORE) {
                variables.set(store.var);
                int opcode = store.getOpcode();
                if (opcode == Opcodes.LSTORE || opcode == Opcodes.DSTORE) {
                    variables.set(store.var + 1);
                }
            }
        }
        return variables;
    }
}
