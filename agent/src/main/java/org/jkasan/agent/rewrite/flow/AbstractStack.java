package org.jkasan.agent.rewrite.flow;

import java.util.Arrays;

/**
 * An operand stack that knows of each slot which local variable it was loaded from and still
 * equals. Longs and doubles take two slots, so the stack shuffles need no types.
 */
public final class AbstractStack {

    /** A slot of which nothing is known. */
    public static final int UNKNOWN = -1;

    /** A slot with an object made by {@code new}, so no array, and perhaps not yet constructed. */
    public static final int NEW_OBJECT = -2;

    private int[] slots;
    private int size;

    public AbstractStack(int capacity) {
        slots = new int[capacity + StackShuffle.SPARE];
    }

    public int size() {
        return size;
    }

    /** A slot by its depth; 0 is the top. */
    public int peek(int depth) {
        return slots[size - 1 - depth];
    }

    public void push(int slot) {
        slots[size++] = slot;
    }

    public void pushUnknown(int count) {
        for (int i = 0; i < count; i++) {
            push(UNKNOWN);
        }
    }

    public void pop(int count) {
        size -= count;
    }

    public void clear() {
        size = 0;
    }

    /** What is on the stack, bottom first. */
    public int[] snapshot() {
        return Arrays.copyOf(slots, size);
    }

    public void restore(int[] snapshot) {
        System.arraycopy(snapshot, 0, slots, 0, snapshot.length);
        size = snapshot.length;
    }

    /** Forgets what the other stack does not agree with; whether the two are of the same size. */
    public boolean merge(int[] other) {
        for (int i = 0; i < Math.min(size, other.length); i++) {
            if (slots[i] != other[i]) {
                slots[i] = UNKNOWN;
            }
        }
        return size == other.length;
    }

    /** Forgets that slots equal a local variable. */
    public void forget(int local) {
        for (int i = 0; i < size; i++) {
            if (slots[i] == local) {
                slots[i] = UNKNOWN;
            }
        }
    }

    /** Forgets all local variables that slots equal. */
    public void forgetAll() {
        for (int i = 0; i < size; i++) {
            slots[i] = Math.min(slots[i], UNKNOWN);
        }
    }

    public int slot(int position) {
        return slots[position];
    }

    /** Applies DUP to DUP2_X2, or SWAP. */
    public void shuffle(int opcode) {
        size = StackShuffle.apply(opcode, slots, size);
    }
}
