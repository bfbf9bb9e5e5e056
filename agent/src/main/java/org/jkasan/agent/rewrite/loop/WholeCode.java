package org.jkasan.agent.rewrite.loop;

import static org.objectweb.asm.Opcodes.AALOAD;
import static org.objectweb.asm.Opcodes.ACONST_NULL;
import static org.objectweb.asm.Opcodes.ASTORE;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.GOTO;
import static org.objectweb.asm.Opcodes.IFNULL;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.POP;

import java.util.ArrayList;
import java.util.List;
import org.jkasan.agent.rewrite.flow.Constants;
import org.jkasan.agent.rewrite.flow.FrameTypes;
import org.jkasan.agent.rewrite.hook.Hook;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The code that looks at arrays in whole where a loop is entered, and takes them back from the hook
 * that has looked. In Java:
 *
 * <pre>
 *   Object[] looked = (Object[]) LoopHooks.whole(a, b, null, null, turns);
 *   if (looked != null) {
 *       a = (int[]) looked[0];
 *       b = (int[]) looked[1];
 *       goto copy;
 *   }
 * </pre>
 *
 * <p>They are the same arrays. But what C2 needs across a call it keeps in the frame, and loads
 * from there at each use, in the innermost loop too; what comes out of a call is another value.
 *
 * <p>The hook returns an object, of which nobody knows that it is an array of arrays. So it must be
 * cast, and where C2 compiles a cast that has not seen null yet it leaves null to the interpreter.
 * It does not, so, compile the checked loop before that has run, which the jump alone, taken too
 * seldom to count, would have it do.
 */
final class WholeCode {

    /** So many arrays the hook takes. */
    private static final int MOST = 4;

    private static final String ARRAYS = "[Ljava/lang/Object;";

    private final LoopVersion version;
    private final FrameNode frame;
    private final int turns;
    private final Quantities quantities;
    private final LabelNode refused = new LabelNode();
    private final InsnList code = new InsnList();

    private WholeCode(LoopVersion version, FrameNode frame, int turns, Quantities quantities) {
        this.version = version;
        this.frame = frame;
        this.turns = turns;
        this.quantities = quantities;
    }

    /**
     * The code; behind it not all of the arrays are accessible.
     *
     * @param frame what holds where the loop is entered
     * @param turns the variable with the turns of the loop, if it {@link #sharesTurns}
     * @param quantities of the method
     * @param copy where to go on if they are
     */
    static InsnList of(
            LoopVersion version,
            FrameNode frame,
            int turns,
            Quantities quantities,
            LabelNode copy) {
        List<Whole> wholes = new ArrayList<>(version.wholes());
        WholeCode whole = new WholeCode(version, frame, turns, quantities);
        for (int i = 0; i < wholes.size(); i += MOST) {
            whole.look(wholes.subList(i, Math.min(i + MOST, wholes.size())));
        }
        whole.end(copy);
        return whole.code;
    }

    /** Whether the turns are needed by more than one call. */
    static boolean sharesTurns(LoopVersion version) {
        return !version.nest() || !version.buffers().isEmpty() || version.wholes().size() > MOST;
    }

    private void look(List<Whole> wholes) {
        for (int i = 0; i < MOST; i++) {
            if (i < wholes.size()) {
                quantities.array(wholes.get(i).origin(), code);
            } else {
                code.add(new InsnNode(ACONST_NULL));
            }
        }
        if (sharesTurns(version)) {
            code.add(new VarInsnNode(LLOAD, turns));
        } else {
            code.add(TurnsCode.pushing(version, quantities));
        }
        // STACK: ..., array, array, array, array, turns
        code.add(Hook.WHOLE.call());
        code.add(new TypeInsnNode(CHECKCAST, ARRAYS));
        // STACK: ..., looked
        code.add(new InsnNode(DUP));
        code.add(new JumpInsnNode(IFNULL, refused));
        take(wholes);
    }

    /** Sets the variables that held the arrays, or their rows, to what the hook returned. */
    private void take(List<Whole> wholes) {
        int last = wholes.size() - 1;
        while (last >= 0 && !isTaken(wholes.get(last))) {
            last--;
        }
        // STACK: ..., looked
        for (int i = 0; i <= last; i++) {
            if (isTaken(wholes.get(i))) {
                if (i < last) {
                    code.add(new InsnNode(DUP));
                }
                code.add(Constants.push(i));
                code.add(new InsnNode(AALOAD));
                // STACK: ..., [looked,] array
                int local = wholes.get(i).root();
                code.add(new TypeInsnNode(CHECKCAST, (String) FrameTypes.entry(frame, local)));
                code.add(new VarInsnNode(ASTORE, local));
                // STACK: ..., [looked]
            }
        }
        if (last < 0) {
            code.add(new InsnNode(POP));
        }
        // STACK: ...
    }

    /**
     * Whether a variable holds the array whose type names no class. One that does might be of an
     * interface, which the verifier takes for Object, or of a class that is not to be had.
     */
    private boolean isTaken(Whole whole) {
        return FrameTypes.entry(frame, whole.root()) instanceof String type
                && type.startsWith("[")
                && (type.charAt(type.length() - 1) != ';' || type.equals(ARRAYS));
    }

    private void end(LabelNode copy) {
        code.add(new JumpInsnNode(GOTO, copy));
        code.add(refused);
        FrameNode looked = LoopEntries.copy(frame);
        looked.stack.add(ARRAYS);
        code.add(looked);
        code.add(new InsnNode(POP));
        // STACK: ...
    }
}
