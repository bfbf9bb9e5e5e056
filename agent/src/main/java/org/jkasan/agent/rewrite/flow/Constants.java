package org.jkasan.agent.rewrite.flow;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;

/** The shortest instructions that push constants. */
public final class Constants {

    private Constants() {}

    public static AbstractInsnNode push(int value) {
        if (value >= -1 && value <= 5) {
            return new InsnNode(Opcodes.ICONST_0 + value);
        }
        if (value == (byte) value) {
            return new IntInsnNode(Opcodes.BIPUSH, value);
        }
        return value == (short) value
                ? new IntInsnNode(Opcodes.SIPUSH, value)
                : new LdcInsnNode(value);
    }

    /** Adds what pushes a long. */
    public static void push(long value, InsnList code) {
        if (value == 0 || value == 1) {
            code.add(new InsnNode(value == 0 ? Opcodes.LCONST_0 : Opcodes.LCONST_1));
        } else if (value == (byte) value) {
            code.add(push((int) value));
            code.add(new InsnNode(Opcodes.I2L));
        } else {
            code.add(new LdcInsnNode(value));
        }
    }
}
