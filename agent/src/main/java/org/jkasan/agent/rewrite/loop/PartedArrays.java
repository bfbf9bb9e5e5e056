package org.jkasan.agent.rewrite.loop;

import static org.objectweb.asm.Opcodes.AALOAD;
import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.POP;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jkasan.agent.rewrite.flow.Constants;
import org.jkasan.agent.rewrite.flow.FrameTypes;
import org.jkasan.agent.rewrite.hook.Hook;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The code that has the arrays of a nest be values of their own behind the calls that look at their
 * shadow. What C2 needs across a call it keeps in the frame, and would load it from there in the
 * innermost loop, too.
 */
final class PartedArrays {

    /** So many arrays the hook takes; others stay as they are. */
    private static final int MOST = 4;

    private PartedArrays() {}

    /**
     * Adds the code at the end of a method.
     *
     * @param frame what holds where the nest is entered
     * @param copy where to go on, with the arrays in their variables
     * @return where the code begins; the copy where there is none
     */
    static LabelNode add(MethodNode method, LoopVersion version, FrameNode frame, LabelNode copy) {
        List<Integer> arrays = arrays(version, frame);
        if (arrays.isEmpty()) {
            return copy;
        }
        LabelNode begin = new LabelNode();
        InsnList code = method.instructions;
        code.add(begin);
        code.add(LoopEntries.copy(frame));
        for (int i = 0; i < MOST; i++) {
            boolean used = i < arrays.size();
            code.add(used ? new VarInsnNode(ALOAD, arrays.get(i)) : new InsnNode(ACONST_NULL));
        }
        code.add(Hook.APART.call());
        // STACK: ..., arrays
        for (int i = 0; i < Math.min(arrays.size(), MOST); i++) {
            code.add(new InsnNode(DUP));
            code.add(Constants.push(i));
            code.add(new InsnNode(AALOAD));
            // STACK: ..., arrays, array
            String type = (String) FrameTypes.entry(frame, arrays.get(i));
            code.add(new TypeInsnNode(CHECKCAST, type));
            code.add(new VarInsnNode(ASTORE, arrays.get(i)));
        }
        code.add(new InsnNode(POP));
        code.add(new JumpInsnNode(GOTO, copy));
        return begin;
    }

    /** The variables that hold arrays, or their rows, which are looked at in whole. */
    private static List<Integer> arrays(LoopVersion version, FrameNode frame) {
        TreeSet<Integer> arrays = new TreeSet<>();
        for (Whole whole : version.wholes()) {
            if (FrameTypes.isArray(frame, whole.root())) {
                arrays.add(whole.root());
            }
        }
        return new ArrayList<>(arrays);
    }
}
