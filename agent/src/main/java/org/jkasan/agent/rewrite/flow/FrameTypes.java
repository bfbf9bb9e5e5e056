package org.jkasan.agent.rewrite.flow;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;

/** What an expanded stack map frame says, by slot rather than by entry. */
public final class FrameTypes {

    private static final String OBJECT = "java/lang/Object";

    private FrameTypes() {}

    /** What holds where a method begins; an object of whatever type is one of Object. */
    public static FrameNode atStart(MethodNode method) {
        List<Object> locals = new ArrayList<>();
        if ((method.access & Opcodes.ACC_STATIC) == 0) {
            locals.add(OBJECT);
        }
        for (Type type : Type.getArgumentTypes(method.desc)) {
            Object entry = of(type);
            locals.add(entry instanceof String ? OBJECT : entry);
        }
        return new FrameNode(Opcodes.F_NEW, locals.size(), locals.toArray(), 0, new Object[0]);
    }

    /** The entry for a value of a type: the internal name where that is an object. */
    public static Object of(Type type) {
        return switch (type.getSort()) {
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.LONG -> Opcodes.LONG;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            case Type.ARRAY, Type.OBJECT -> type.getInternalName();
            default -> Opcodes.INTEGER;
        };
    }

    /** Slots that frame entries take. */
    public static int slots(List<Object> entries) {
        int slots = 0;
        for (Object entry : entries) {
            slots += slots(entry);
        }
        return slots;
    }

    /** Whether a local variable holds an array or null here. */
    public static boolean isArrayOrNull(FrameNode frame, int local) {
        return isArray(frame, local) || entry(frame, local) == Opcodes.NULL;
    }

    /** Whether a local variable holds an array here (or null, where the compiler cannot know). */
    public static boolean isArray(FrameNode frame, int local) {
        return entry(frame, local) instanceof String type && type.startsWith("[");
    }

    /** Whether a local variable is known to be null here. */
    public static boolean isNull(FrameNode frame, int local) {
        return entry(frame, local) == Opcodes.NULL;
    }

    /** Its local variables, of which some may hold anything. */
    public static List<Object> without(FrameNode frame, BitSet variables) {
        List<Object> locals = new ArrayList<>();
        int slot = 0;
        for (Object entry : frame.local) {
            int slots = slots(entry);
            int set = variables.nextSetBit(slot);
            boolean kept = set < 0 || set >= slot + slots;
            locals.addAll(Collections.nCopies(kept ? 1 : slots, kept ? entry : Opcodes.TOP));
            slot += slots;
        }
        return locals;
    }

    /** Whether no object here waits for its constructor. */
    public static boolean isInitialized(FrameNode frame) {
        for (Object entry : frame.local) {
            if (entry instanceof LabelNode || entry == Opcodes.UNINITIALIZED_THIS) {
                return false;
            }
        }
        return true;
    }

    /** Adds local variables of type long from a slot on; what lies before them is unused. */
    public static void addLongs(FrameNode frame, int slot, int count) {
        frame.local.addAll(Collections.nCopies(slot - slots(frame.local), Opcodes.TOP));
        frame.local.addAll(Collections.nCopies(count, Opcodes.LONG));
    }

    /** What a local variable holds here. */
    public static Object entry(FrameNode frame, int local) {
        int slot = 0;
        for (Object entry : frame.local) {
            if (slot == local) {
                return entry;
            }
            slot += slots(entry);
            if (slot > local) {
                break;
            }
        }
        return Opcodes.TOP;
    }

    public static int slots(Object entry) {
        return entry == Opcodes.LONG || entry == Opcodes.DOUBLE ? 2 : 1;
    }
}
