package org.jkasan.agent.rewrite.catalogue;

import java.util.BitSet;
import java.util.Set;
import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * The instructions that may run code which tracks an array or frees one, so that handles do not
 * live across them: calls, object creation, locks. Calls that only compute are none, nor are those
 * which the catalogue says are none.
 */
public final class Barriers {

    private static final Set<String> COMPUTING =
            Set.of(
                    "java/lang/Math",
                    "java/lang/StrictMath",
                    "java/lang/Byte",
                    "java/lang/Short",
                    "java/lang/Character",
                    "java/lang/Integer",
                    "java/lang/Long",
                    "java/lang/Float",
                    "java/lang/Double");

    private static final Set<String> BUFFER_GETTERS =
            Set.of("position", "limit", "remaining", "hasRemaining", "capacity", "isDirect");

    private static final String STRING = "java/lang/String";
    private static final String STRING_BUILDER = "java/lang/StringBuilder";

    /** Of primitives and strings they run nobody's code, nor do they wait for anybody. */
    private static final Set<String> STRING_METHODS =
            Set.of(
                    "charAt",
                    "compareTo",
                    "endsWith",
                    "equals",
                    "hashCode",
                    "indexOf",
                    "isEmpty",
                    "lastIndexOf",
                    "length",
                    "startsWith",
                    "substring");

    /** The same; those of StringBuffer take a lock. */
    private static final Set<String> STRING_BUILDER_METHODS =
            Set.of("append", "charAt", "length", "setCharAt", "setLength");

    private Barriers() {}

    /** Their positions in a method. */
    public static BitSet in(MethodFlow flow) {
        BitSet barriers = new BitSet();
        for (int i = 0; i < flow.size(); i++) {
            if (isBarrier(flow.at(i))) {
                barriers.set(i);
            }
        }
        return barriers;
    }

    /** Whether an instruction is one. */
    public static boolean isBarrier(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.INVOKEDYNAMIC,
                    Opcodes.NEW,
                    Opcodes.MONITORENTER,
                    Opcodes.MONITOREXIT,
                    Opcodes.JSR,
                    Opcodes.RET ->
                    true;
            default -> instruction instanceof MethodInsnNode call && !onlyComputes(call);
        };
    }

    private static boolean onlyComputes(MethodInsnNode call) {
        if (worksOnText(call)) {
            return true;
        }
        if (COMPUTING.contains(call.owner)) {
            return call.getOpcode() == Opcodes.INVOKESTATIC
                    && takesOnlyPrimitives(call.desc, false);
        }
        if (call.owner.startsWith("java/nio/")
                && call.desc.startsWith("()")
                && BUFFER_GETTERS.contains(call.name)) {
            return true;
        }
        InterceptedCall row = Catalogue.find(call);
        return row != null && !row.isBarrier();
    }

    private static boolean worksOnText(MethodInsnNode call) {
        return switch (call.owner) {
            case STRING ->
                    STRING_METHODS.contains(call.name)
                            && (takesOnlyPrimitives(call.desc, true) || call.name.equals("equals"));
            case STRING_BUILDER ->
                    STRING_BUILDER_METHODS.contains(call.name)
                            && takesOnlyPrimitives(call.desc, true);
            default -> false;
        };
    }

    private static boolean takesOnlyPrimitives(String descriptor, boolean orStrings) {
        for (Type type : Type.getArgumentTypes(descriptor)) {
            boolean string = orStrings && type.getSort() == Type.OBJECT;
            if (type.getSort() >= Type.ARRAY
                    && !(string && type.getInternalName().equals(STRING))) {
                return false;
            }
        }
        return true;
    }
}
