package org.jkasan.agent.rewrite.loop;

import org.objectweb.asm.Opcodes;

/** How two ints compare. */
enum Relation {
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST,
    EQUAL,
    OTHER;

    /** The one in which a conditional jump jumps; null for jumps that compare none. */
    static Relation of(int opcode) {
        return switch (opcode) {
            case Opcodes.IFLT, Opcodes.IF_ICMPLT -> LESS;
            case Opcodes.IFLE, Opcodes.IF_ICMPLE -> AT_MOST;
            case Opcodes.IFGT, Opcodes.IF_ICMPGT -> GREATER;
            case Opcodes.IFGE, Opcodes.IF_ICMPGE -> AT_LEAST;
            case Opcodes.IFEQ, Opcodes.IF_ICMPEQ -> EQUAL;
            case Opcodes.IFNE, Opcodes.IF_ICMPNE -> OTHER;
            default -> null;
        };
    }

    /** The one that holds where this one does not. */
    Relation opposite() {
        return switch (this) {
            case LESS -> AT_LEAST;
            case AT_MOST -> GREATER;
            case GREATER -> AT_MOST;
            case AT_LEAST -> LESS;
            case EQUAL -> OTHER;
            case OTHER -> EQUAL;
        };
    }

    /** The one that holds between the two in the other order. */
    Relation mirrored() {
        return switch (this) {
            case LESS -> GREATER;
            case AT_MOST -> AT_LEAST;
            case GREATER -> LESS;
            case AT_LEAST -> AT_MOST;
            default -> this;
        };
    }

    /** Whether a left side that moves so ends it, if it began in it. */
    boolean endsBy(long step) {
        return switch (this) {
            case LESS, AT_MOST -> step > 0;
            case GREATER, AT_LEAST -> step < 0;
            case OTHER -> step != 0;
            case EQUAL -> false;
        };
    }

    /** What is added to the right side for the last left side that is in this relation. */
    int toLast() {
        return switch (this) {
            case LESS -> -1;
            case GREATER -> 1;
            default -> 0;
        };
    }
}
