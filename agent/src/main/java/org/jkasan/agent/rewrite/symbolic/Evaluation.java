package org.jkasan.agent.rewrite.symbolic;

import org.jkasan.agent.rewrite.flow.StackEffect;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** What each instruction makes of a {@link TurnState}. */
public final class Evaluation {

    private Evaluation() {}

    /** Executes an instruction, but for where control goes. */
    public static void execute(AbstractInsnNode instruction, TurnState state) {
        int opcode = instruction.getOpcode();
        switch (opcode) {
            case Opcodes.ILOAD, Opcodes.ALOAD -> state.push(state.local(local(instruction)));
            case Opcodes.LLOAD -> state.pushWide(state.local(local(instruction)));
            case Opcodes.ISTORE, Opcodes.ASTORE -> state.setLocal(local(instruction), state.pop());
            case Opcodes.FSTORE -> {
                state.pop();
                state.setLocal(local(instruction), null);
            }
            case Opcodes.LSTORE -> {
                state.pop();
                state.setLocal(local(instruction), state.pop());
                state.setLocal(local(instruction) + 1, null);
            }
            case Opcodes.DSTORE -> {
                state.pop(2);
                state.setLocal(local(instruction), null);
                state.setLocal(local(instruction) + 1, null);
            }
            case Opcodes.IINC -> increment((IincInsnNode) instruction, state);
            case Opcodes.DUP,
                    Opcodes.DUP_X1,
                    Opcodes.DUP_X2,
                    Opcodes.DUP2,
                    Opcodes.DUP2_X1,
                    Opcodes.DUP2_X2,
                    Opcodes.SWAP ->
                    state.shuffle(opcode);
            default -> {
                Object result = Arithmetic.result(instruction, state);
                int slots = StackEffect.pushes(instruction);
                state.pop(StackEffect.pops(instruction));
                if (result == null) {
                    state.pushUnknown(slots);
                } else if (slots == 1) {
                    state.push(result);
                } else {
                    state.pushWide(result);
                }
            }
        }
    }

    private static void increment(IincInsnNode increment, TurnState state) {
        Object value = state.local(increment.var);
        state.setLocal(
                increment.var,
                value instanceof Affine affine
                        ? affine.plus(Affine.constant(increment.incr))
                        : null);
    }

    private static int local(AbstractInsnNode instruction) {
        return ((VarInsnNode) instruction).var;
    }
}
