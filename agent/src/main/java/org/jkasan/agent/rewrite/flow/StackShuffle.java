package org.jkasan.agent.rewrite.flow;

import org.objectweb.asm.Opcodes;

/** The instructions that shuffle the operand stack, on an array of its slots of whatever type. */
public final class StackShuffle {

    /** Slots above the stack that a shuffle may use meanwhile. */
    public static final int SPARE = 1;

    private StackShuffle() {}

    /**
     * Applies DUP to DUP2_X2, or SWAP.
     *
     * @param slots the slots, bottom first
     * @param size of the stack before
     * @return its size after
     */
    public static int apply(int opcode, Object slots, int size) {
        return switch (opcode) {
            case Opcodes.DUP -> duplicate(slots, size, 1, 0);
            case Opcodes.DUP_X1 -> duplicate(slots, size, 1, 1);
            case Opcodes.DUP_X2 -> duplicate(slots, size, 1, 2);
            case Opcodes.DUP2 -> duplicate(slots, size, 2, 0);
            case Opcodes.DUP2_X1 -> duplicate(slots, size, 2, 1);
            case Opcodes.DUP2_X2 -> duplicate(slots, size, 2, 2);
            case Opcodes.SWAP -> duplicate(slots, size, 1, 1) - 1;
            default -> throw new IllegalArgumentException("No stack shuffle: " + opcode);
        };
    }

    /** Inserts a copy of the upper slots beneath as many others as said. */
    private static int duplicate(Object slots, int size, int upper, int others) {
        int from = size - upper - others;
        System.arraycopy(slots, from, slots, from + upper, upper + others);
        System.arraycopy(slots, size, slots, from, upper);
        return size + upper;
    }
}
