package org.jkasan.agent.rewrite.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The fields of a class that hold arrays or ints and are not volatile: what one of its methods
 * finds there it may take to be there until it sets it, or calls something. They are numbered from
 * 0.
 */
public final class OwnFields {

    private final String owner;
    private final List<Field> fields = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    private record Field(int opcode, String name, String descriptor) {}

    /** None yet of a class of that internal name. */
    public OwnFields(String owner) {
        this.owner = owner;
    }

    /** Adds a field, if it is one of these. */
    public void add(int access, String name, String descriptor) {
        boolean kept = descriptor.charAt(0) == '[' || descriptor.equals("I");
        if (kept && (access & Opcodes.ACC_VOLATILE) == 0) {
            boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
            numbers.put(name + ' ' + descriptor, fields.size());
            fields.add(
                    new Field(isStatic ? Opcodes.GETSTATIC : Opcodes.GETFIELD, name, descriptor));
        }
    }

    /** The number of the field that an instruction accesses, or -1. */
    public int number(FieldInsnNode access) {
        return access.owner.equals(owner)
                ? numbers.getOrDefault(access.name + ' ' + access.desc, -1)
                : -1;
    }

    /** Whether a field holds an array. */
    public boolean isArray(int number) {
        return fields.get(number).descriptor.charAt(0) == '[';
    }

    /** Pushes what the class, or {@code this}, has in a field. */
    public void load(int number, InsnList code) {
        Field field = fields.get(number);
        if (field.opcode == Opcodes.GETFIELD) {
            code.add(new VarInsnNode(Opcodes.ALOAD, 0));
        }
        code.add(new FieldInsnNode(field.opcode, owner, field.name, field.descriptor));
        // STACK: ..., value
    }
}
