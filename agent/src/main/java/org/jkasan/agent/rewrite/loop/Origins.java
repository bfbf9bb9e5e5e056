package org.jkasan.agent.rewrite.loop;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jkasan.agent.rewrite.catalogue.ArrayAccess;
import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.jkasan.agent.rewrite.symbolic.Affine;
import org.jkasan.agent.rewrite.symbolic.ArrayOrigin;
import org.jkasan.agent.rewrite.symbolic.RowLengths;
import org.jkasan.agent.rewrite.symbolic.TurnState;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Where the arrays that a loop accesses come from: variables, fields of its own class, and rows of
 * arrays in these; and the ints in such fields; as long as the loop sets none of them.
 */
final class Origins {

    private final MethodFlow flow;
    private final RowLengths rowLengths;
    private final Map<Integer, ArrayOrigin> found = new HashMap<>();
    private final Set<String> fieldsSet = new HashSet<>();
    private boolean setsRows;

    Origins(LoopWalks walks, LoopTurn turn) {
        flow = walks.flow();
        rowLengths = walks.rowLengths();
        for (int i = turn.loop().head(); i <= turn.last(); i++) {
            int opcode = flow.opcode(i);
            setsRows |= setsReferences(flow.at(i));
            if (opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC) {
                fieldsSet.add(((FieldInsnNode) flow.at(i)).name);
            }
        }
    }

    /** Whether an instruction may set elements of an array of references. */
    private static boolean setsReferences(AbstractInsnNode instruction) {
        if (instruction instanceof MethodInsnNode call) {
            for (Type parameter : Type.getArgumentTypes(call.desc)) {
                boolean array = parameter.getSort() == Type.ARRAY;
                if (array && "L[".indexOf(parameter.getDescriptor().charAt(1)) >= 0
                        || parameter.getDescriptor().equals("Ljava/lang/Object;")) {
                    return true;
                }
            }
        }
        return instruction.getOpcode() == Opcodes.AASTORE;
    }

    /**
     * Passes an instruction.
     *
     * @return what it is going to push, where that is the array or the int of a field or the length
     *     of a row, or null
     */
    Object pass(int position, AbstractInsnNode instruction, TurnState state) {
        ArrayAccess access = ArrayAccess.of(instruction.getOpcode());
        if (access != null && state.peek(access.arrayDepth()) instanceof ArrayOrigin origin) {
            found.put(position, origin);
        }
        return switch (instruction.getOpcode()) {
            case Opcodes.GETFIELD, Opcodes.GETSTATIC -> field((FieldInsnNode) instruction, state);
            case Opcodes.ARRAYLENGTH -> length(state.peek(0));
            default -> null;
        };
    }

    private Object field(FieldInsnNode load, TurnState state) {
        boolean known = load.getOpcode() == Opcodes.GETSTATIC || isThis(state.peek(0));
        int number = known ? flow.ownFields().number(load) : -1;
        if (number < 0 || fieldsSet.contains(load.name)) {
            return null;
        }
        return flow.ownFields().isArray(number)
                ? new ArrayOrigin.Field(number)
                : Affine.of(number, Affine.FIELD);
    }

    private Affine length(Object array) {
        return !setsRows && array instanceof ArrayOrigin.Row row && row.index() != null
                ? rowLengths.of(row)
                : null;
    }

    private boolean isThis(Object reference) {
        return flow.keepsThis() && reference instanceof ArrayOrigin.Held held && held.local() == 0;
    }

    /** That of the array which is accessed at a position; null where it is not known. */
    ArrayOrigin at(int position) {
        ArrayOrigin origin = found.get(position);
        return setsRows && origin instanceof ArrayOrigin.Row ? null : origin;
    }
}
