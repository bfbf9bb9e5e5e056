package org.jkasan.agent.rewrite.symbolic;

import java.util.Arrays;
import java.util.BitSet;
import org.jkasan.agent.rewrite.flow.FrameTypes;
import org.jkasan.agent.rewrite.flow.StackShuffle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.FrameNode;

/**
 * What is known of local variables and of the operand stack at a point of a loop's turn: of each
 * slot an {@link Affine}, the {@link ArrayOrigin} of a reference, two longs {@link Compared}, or
 * null.
 *
 * <p>A long or double takes two slots, and what is known of a long stands in the lower one.
 */
public final class TurnState {

    /** What LCMP left of two longs. */
    public record Compared(Affine left, Affine right) {}

    private final Object[] locals;
    private final Object[] stack;
    private int size;

    private TurnState(Object[] locals, Object[] stack, int size) {
        this.locals = locals;
        this.stack = stack;
        this.size = size;
    }

    /**
     * The beginning of a turn.
     *
     * @param frame what holds there
     * @param unknown local variables of which nothing is to be known
     */
    public static TurnState at(FrameNode frame, int maxLocals, int maxStack, boolean[] unknown) {
        Object[] locals = new Object[maxLocals];
        int slot = 0;
        for (Object entry : frame.local) {
            if (slot < maxLocals && !unknown[slot]) {
                if (entry == Opcodes.INTEGER) {
                    locals[slot] = Affine.of(slot, Affine.VALUE);
                } else if (entry == Opcodes.LONG) {
                    locals[slot] = Affine.of(slot, Affine.WIDE);
                } else if (entry instanceof String) {
                    locals[slot] = new ArrayOrigin.Held(slot);
                }
            }
            slot += FrameTypes.slots(entry);
        }
        return new TurnState(
                locals, new Object[maxStack + StackShuffle.SPARE], FrameTypes.slots(frame.stack));
    }

    public TurnState copy() {
        return new TurnState(locals.clone(), stack.clone(), size);
    }

    public Object local(int local) {
        return locals[local];
    }

    void setLocal(int local, Object value) {
        locals[local] = value;
    }

    public void push(Object value) {
        stack[size++] = value;
    }

    /** Pushes a long. */
    void pushWide(Object value) {
        push(value);
        push(null);
    }

    public Object pop() {
        return stack[--size];
    }

    /** A slot by its depth; 0 is the top. */
    public Object peek(int depth) {
        return stack[size - 1 - depth];
    }

    void pop(int count) {
        size -= count;
    }

    void pushUnknown(int count) {
        Arrays.fill(stack, size, size + count, null);
        size += count;
    }

    /** Keeps what holds in the other state as well; false where the stacks differ in size. */
    public boolean merge(TurnState other) {
        if (size != other.size) {
            return false;
        }
        for (int i = 0; i < locals.length; i++) {
            locals[i] = merged(locals[i], other.locals[i]);
        }
        for (int i = 0; i < size; i++) {
            stack[i] = merged(stack[i], other.stack[i]);
        }
        return true;
    }

    private static Object merged(Object one, Object other) {
        if (one instanceof Affine a && other instanceof Affine b) {
            return a.or(b);
        }
        return one instanceof ArrayOrigin array && other instanceof ArrayOrigin another
                ? ArrayOrigin.either(array, another)
                : null;
    }

    /** Forgets what is known of some variables, and of the operand stack. */
    public void forget(BitSet variables) {
        for (int i = variables.nextSetBit(0); i >= 0; i = variables.nextSetBit(i + 1)) {
            locals[i] = null;
        }
        Arrays.fill(stack, null);
    }

    /** Applies DUP to DUP2_X2, or SWAP. */
    void shuffle(int opcode) {
        size = StackShuffle.apply(opcode, stack, size);
    }
}
