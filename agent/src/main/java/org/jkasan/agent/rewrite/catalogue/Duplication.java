package org.jkasan.agent.rewrite.catalogue;

import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.DUP2;
import static org.objectweb.asm.Opcodes.DUP2_X1;
import static org.objectweb.asm.Opcodes.DUP2_X2;
import static org.objectweb.asm.Opcodes.DUP_X2;
import static org.objectweb.asm.Opcodes.POP;
import static org.objectweb.asm.Opcodes.POP2;

import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;

/** Code that copies operands from under others to the top of the stack. */
final class Duplication {

    private Duplication() {}

    /** Duplicates one slot from under 0, 1 or 2 others. */
    static void ofOne(InsnList code, int slotsAbove) {
        switch (slotsAbove) {
            case 0 -> {
                // STACK: first
                code.add(new InsnNode(DUP));
                // STACK: first, first
            }
            case 1 -> {
                // STACK: first, a
                code.add(new InsnNode(DUP2));
                // STACK: first, a, first, a
                code.add(new InsnNode(POP));
                // STACK: first, a, first
            }
            default -> {
                // STACK: first, a2
                code.add(new InsnNode(DUP2_X1));
                // STACK: a2, first, a2
                code.add(new InsnNode(POP2));
                // STACK: a2, first
                code.add(new InsnNode(DUP_X2));
                // STACK: first, a2, first
            }
        }
    }

    /** Duplicates two slots from under 0, 1 or 2 others. */
    static void ofTwo(InsnList code, int slotsAbove) {
        switch (slotsAbove) {
            case 0 -> {
                // STACK: first, second
                code.add(new InsnNode(DUP2));
                // STACK: first, second, first, second
            }
            case 1 -> {
                // STACK: first, second, a
                code.add(new InsnNode(DUP_X2));
                // STACK: a, first, second, a
                code.add(new InsnNode(POP));
                // STACK: a, first, second
                code.add(new InsnNode(DUP2_X1));
                // STACK: first, second, a, first, second
            }
            default -> {
                // STACK: first, second, a2
                code.add(new InsnNode(DUP2_X2));
                // STACK: a2, first, second, a2
                code.add(new InsnNode(POP2));
                // STACK: a2, first, second
                code.add(new InsnNode(DUP2_X2));
                // STACK: first, second, a2, first, second
            }
        }
    }
}
