package org.jkasan.agent.rewrite.symbolic;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;

/** What instructions push that compute ints and longs, as far as it is known of their operands. */
final class Arithmetic {

    private static final int LARGEST_SHIFT = 24;

    private Arithmetic() {}

    /** What an instruction pushes, or null where nothing is known of it. */
    static Object result(AbstractInsnNode instruction, TurnState state) {
        int opcode = instruction.getOpcode();
        return switch (opcode) {
            case Opcodes.ICONST_M1,
                    Opcodes.ICONST_0,
                    Opcodes.ICONST_1,
                    Opcodes.ICONST_2,
                    Opcodes.ICONST_3,
                    Opcodes.ICONST_4,
                    Opcodes.ICONST_5 ->
                    Affine.constant(opcode - Opcodes.ICONST_0);
            case Opcodes.LCONST_0, Opcodes.LCONST_1 -> Affine.constant(opcode - Opcodes.LCONST_0);
            case Opcodes.BIPUSH, Opcodes.SIPUSH ->
                    Affine.constant(((IntInsnNode) instruction).operand);
            case Opcodes.LDC -> constant(((LdcInsnNode) instruction).cst);
            case Opcodes.ARRAYLENGTH -> length(state.peek(0));
            case Opcodes.AALOAD -> row(state.peek(1), state.peek(0));
            case Opcodes.LCMP -> compared(state);
            case Opcodes.BALOAD -> Affine.between(Byte.MIN_VALUE, Byte.MAX_VALUE);
            case Opcodes.CALOAD -> Affine.between(Character.MIN_VALUE, Character.MAX_VALUE);
            case Opcodes.I2L -> state.peek(0) instanceof Affine value ? value : null;
            case Opcodes.I2B -> narrowed(state, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case Opcodes.I2C -> narrowed(state, Character.MIN_VALUE, Character.MAX_VALUE);
            case Opcodes.IAND -> masked(state);
            case Opcodes.IUSHR -> shiftedDown(state);
            case Opcodes.INEG -> negated(state.peek(0));
            case Opcodes.LNEG -> negated(state.peek(1));
            case Opcodes.IADD, Opcodes.ISUB, Opcodes.IMUL ->
                    ofTwo(opcode, state.peek(1), state.peek(0));
            case Opcodes.LADD, Opcodes.LSUB, Opcodes.LMUL ->
                    ofTwo(opcode - 1, state.peek(3), state.peek(1));
            case Opcodes.ISHL -> shiftedUp(state.peek(1), state.peek(0));
            case Opcodes.LSHL -> shiftedUp(state.peek(2), state.peek(0));
            default -> null;
        };
    }

    private static ArrayOrigin row(Object rows, Object index) {
        // what lies between bounds is another value each time
        Affine which = index instanceof Affine value && value.isExact() ? value : null;
        return rows instanceof ArrayOrigin of ? new ArrayOrigin.Row(of, which) : null;
    }

    private static Affine length(Object array) {
        if (array instanceof ArrayOrigin.Held held) {
            return Affine.of(held.local(), Affine.LENGTH);
        }
        return array instanceof ArrayOrigin.Field field
                ? Affine.of(field.number(), Affine.FIELD_LENGTH)
                : null;
    }

    private static Affine constant(Object value) {
        return value instanceof Integer || value instanceof Long
                ? Affine.constant(((Number) value).longValue())
                : null;
    }

    private static Object compared(TurnState state) {
        return state.peek(3) instanceof Affine left && state.peek(1) instanceof Affine right
                ? new TurnState.Compared(left, right)
                : null;
    }

    private static Affine negated(Object slot) {
        return slot instanceof Affine value ? Affine.constant(0).minus(value) : null;
    }

    private static Affine ofTwo(int opcode, Object one, Object other) {
        if (!(one instanceof Affine left) || !(other instanceof Affine right)) {
            return null;
        }
        return switch (opcode) {
            case Opcodes.IADD -> left.plus(right);
            case Opcodes.ISUB -> left.minus(right);
            default -> left.times(right);
        };
    }

    private static Affine shiftedUp(Object slot, Object by) {
        Affine shift = constant(by, 0, LARGEST_SHIFT);
        return slot instanceof Affine value && shift != null
                ? value.times(Affine.constant(1L << shift.low()))
                : null;
    }

    private static Affine shiftedDown(TurnState state) {
        Affine shift = constant(state.peek(0), 1, Integer.SIZE - 1);
        return shift == null ? null : Affine.between(0, -1 >>> (int) shift.low());
    }

    private static Affine narrowed(TurnState state, int least, int most) {
        boolean same =
                state.peek(0) instanceof Affine value
                        && value.terms().isEmpty()
                        && value.low() >= least
                        && value.high() <= most;
        return same ? (Affine) state.peek(0) : Affine.between(least, most);
    }

    private static Affine masked(TurnState state) {
        Affine mask = constant(state.peek(0), 0, Integer.MAX_VALUE);
        if (mask == null) {
            mask = constant(state.peek(1), 0, Integer.MAX_VALUE);
        }
        return mask == null ? null : Affine.between(0, mask.low());
    }

    /** A slot that is known to be one int in the bounds, or null. */
    private static Affine constant(Object slot, long least, long most) {
        return slot instanceof Affine value
                        && value.isConstant()
                        && value.low() >= least
                        && value.low() <= most
                ? value
                : null;
    }
}
