package org.jkasan.agent.rewrite.loop;

import static org.objectweb.asm.Opcodes.LOR;

import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;

/**
 * Code that asks one question after the other, and the bits that they come to, 0 if all is well.
 */
final class Bits {

    private final InsnList code = new InsnList();

    /** Whether there are bits on the stack. */
    private boolean pending;

    InsnList code() {
        return code;
    }

    boolean pending() {
        return pending;
    }

    /** To be called when bits have been pushed. */
    void or() {
        if (pending) {
            code.add(new InsnNode(LOR));
        }
        pending = true;
        // STACK: ..., bits
    }

    /** To be called when they have been popped. */
    void taken() {
        pending = false;
    }
}
