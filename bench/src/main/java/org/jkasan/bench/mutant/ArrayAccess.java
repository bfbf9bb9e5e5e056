package org.jkasan.bench.mutant;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;

/**
 * A load or store of an element of a primitive array.
 *
 * @param array the array's type, as its descriptor
 * @param stored the type of what is stored, or null for a load
 */
record ArrayAccess(String array, Type stored) {

    /** The access; null for any other instruction. */
    static ArrayAccess of(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.BALOAD -> new ArrayAccess("[B", null);
            case Opcodes.IALOAD -> new ArrayAccess("[I", null);
            case Opcodes.LALOAD -> new ArrayAccess("[J", null);
            case Opcodes.BASTORE -> new ArrayAccess("[B", Type.INT_TYPE);
            case Opcodes.IASTORE -> new ArrayAccess("[I", Type.INT_TYPE);
            case Opcodes.LASTORE -> new ArrayAccess("[J", Type.LONG_TYPE);
            default -> null;
        };
    }
}
