package org.jkasan.agent.rewrite.loop;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jkasan.agent.rewrite.catalogue.ArrayAccess;
import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.jkasan.agent.rewrite.symbolic.ArrayOrigin;
import org.jkasan.agent.rewrite.symbolic.TurnState;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;

/**
 * Where the arrays that a loop accesses come from: variables, fields of its own class, and rows of
 * arrays in these, as long as the loop sets none of them.
 */
final class Origins {

    private final MethodFlow flow;
    private final Map<Integer, ArrayOrigin> found = new HashMap<>();
    private final Set<String> fieldsSet = new HashSet<>();
    private boolean setsRows;

    Origins(MethodFlow flow) {
        this.flow = flow;
    }

    /**
     * Passes an instruction.
     *
     * @return the origin of what it is going to push, where that is the array of a field, or null
     */
    ArrayOrigin pass(int position, AbstractInsnNode instruction, TurnState state) {
        ArrayAccess access = ArrayAccess.of(instruction.getOpcode());
        if (access != null && state.peek(access.arrayDepth()) instanceof ArrayOrigin origin) {
            found.put(position, origin);
        }
        return switch (instruction.getOpcode()) {
            case Opcodes.AASTORE -> {
                setsRows = true;
                yield null;
            }
            case Opcodes.PUTFIELD, Opcodes.PUTSTATIC -> {
                fieldsSet.add(((FieldInsnNode) instruction).name);
                yield null;
            }
            case Opcodes.GETFIELD, Opcodes.GETSTATIC -> field((FieldInsnNode) instruction, state);
            default -> null;
        };
    }

    private ArrayOrigin field(FieldInsnNode load, TurnState state) {
        boolean known = load.getOpcode() == Opcodes.GETSTATIC || isThis(state.peek(0));
        return known && flow.isOwnArray(load)
                ? new ArrayOrigin.Field(load.getOpcode(), load.owner, load.name, load.desc)
                : null;
    }

    private boolean isThis(Object reference) {
        return flow.keepsThis() && reference instanceof ArrayOrigin.Held held && held.local() == 0;
    }

    /** That of the array which is accessed at a position; null where it is not known. */
    ArrayOrigin at(int position) {
        return settled(found.get(position));
    }

    private ArrayOrigin settled(ArrayOrigin origin) {
        if (origin instanceof ArrayOrigin.Row row) {
            return setsRows || settled(row.of()) == null ? null : row;
        }
        return origin instanceof ArrayOrigin.Field field && fieldsSet.contains(field.name())
                ? null
                : origin;
    }
}
