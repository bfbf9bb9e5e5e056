package org.jkasan.agent.rewrite.loop;

import java.util.Arrays;
import org.jkasan.agent.rewrite.catalogue.ArrayAccess;
import org.jkasan.agent.rewrite.flow.AbstractStack;
import org.jkasan.agent.rewrite.flow.FrameTypes;
import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.jkasan.agent.rewrite.flow.StackEffect;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Which local variable holds the array that an instruction accesses or stores: the result of one
 * linear pass over an {@link AbstractStack}.
 *
 * <p>Where stacks meet only what all agree on is kept; at the target of a backward jump, which the
 * pass reaches before it has seen the jump, nothing is. Stack map frames say the rest, so methods
 * without them (before version 50) cannot be followed.
 */
final class ArraySources {

    private final MethodFlow flow;
    private final AbstractStack stack;
    private final int[][] arriving;
    private final boolean[] loopHeads;
    private final int[] sources;
    private boolean reachable = true;

    private ArraySources(MethodFlow flow, int maxStack) {
        this.flow = flow;
        stack = new AbstractStack(maxStack);
        arriving = new int[flow.size()][];
        loopHeads = new boolean[flow.size()];
        sources = new int[flow.size()];
        Arrays.fill(sources, AbstractStack.UNKNOWN);
    }

    /**
     * The sources by position of the instruction: for an array access the local variable that the
     * array came from, for ASTORE where the stored value came from, and {@link
     * AbstractStack#UNKNOWN} else. Null where the code cannot be followed.
     */
    static int[] of(MethodFlow flow, int maxStack) {
        ArraySources pass = new ArraySources(flow, maxStack);
        return pass.run() ? pass.sources : null;
    }

    private boolean run() {
        for (MethodFlow.TryBlock block : flow.tryBlocks()) {
            arriving[block.handler()] = new int[] {AbstractStack.UNKNOWN};
        }
        for (int i : flow.jumps()) {
            for (int target : flow.targets(i)) {
                loopHeads[target] |= target <= i;
            }
        }
        for (int i = 0; i < flow.size(); i++) {
            if (!step(i)) {
                return false;
            }
        }
        return true;
    }

    /** Passes one instruction; false where the code cannot be followed. */
    private boolean step(int position) {
        if (flow.at(position) instanceof LabelNode) {
            return arriveAt(position);
        }
        if (flow.at(position) instanceof FrameNode frame) {
            return meet(frame);
        }
        int opcode = flow.opcode(position);
        if (opcode < 0) {
            return true;
        }
        if (!reachable || opcode == Opcodes.JSR || opcode == Opcodes.RET) {
            return false;
        }
        execute(position, opcode);
        for (int target : flow.targets(position)) {
            if (!leaveFor(target)) {
                return false;
            }
        }
        reachable = flow.fallsThrough(position);
        return true;
    }

    private boolean arriveAt(int label) {
        int[] other = arriving[label];
        if (other != null) {
            if (!reachable) {
                stack.restore(other);
                reachable = true;
            } else if (!stack.merge(other)) {
                return false;
            }
        }
        if (loopHeads[label]) {
            stack.forgetAll();
        }
        return true;
    }

    private boolean leaveFor(int label) {
        int[] now = stack.snapshot();
        if (arriving[label] != null) {
            if (arriving[label].length != now.length) {
                return false;
            }
            for (int i = 0; i < now.length; i++) {
                if (arriving[label][i] != now[i]) {
                    now[i] = AbstractStack.UNKNOWN;
                }
            }
        }
        arriving[label] = now;
        return true;
    }

    private boolean meet(FrameNode frame) {
        if (!reachable) {
            stack.clear();
            for (Object entry : frame.stack) {
                if (entry instanceof LabelNode) {
                    stack.push(AbstractStack.NEW_OBJECT);
                } else {
                    stack.pushUnknown(FrameTypes.slots(entry));
                }
            }
            reachable = true;
            return true;
        }
        for (int i = 0; i < stack.size(); i++) {
            int local = stack.slot(i);
            if (local >= 0 && !FrameTypes.isArrayOrNull(frame, local)) {
                stack.forget(local);
            }
        }
        return stack.size() == FrameTypes.slots(frame.stack);
    }

    private void execute(int position, int opcode) {
        ArrayAccess access = ArrayAccess.of(opcode);
        if (access != null) {
            sources[position] = stack.peek(access.arrayDepth());
        }
        switch (opcode) {
            case Opcodes.ALOAD -> stack.push(local(position));
            case Opcodes.ASTORE -> {
                sources[position] = stack.peek(0);
                stack.pop(1);
                stack.forget(local(position));
            }
            case Opcodes.NEW -> stack.push(AbstractStack.NEW_OBJECT);
            case Opcodes.DUP,
                    Opcodes.DUP_X1,
                    Opcodes.DUP_X2,
                    Opcodes.DUP2,
                    Opcodes.DUP2_X1,
                    Opcodes.DUP2_X2,
                    Opcodes.SWAP ->
                    stack.shuffle(opcode);
            default -> {
                stack.pop(StackEffect.pops(flow.at(position)));
                stack.pushUnknown(StackEffect.pushes(flow.at(position)));
            }
        }
    }

    private int local(int position) {
        return ((VarInsnNode) flow.at(position)).var;
    }
}
