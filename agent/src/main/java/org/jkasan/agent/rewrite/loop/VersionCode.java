package org.jkasan.agent.rewrite.loop;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.IFEQ;
import static org.objectweb.asm.Opcodes.IFNE;
import static org.objectweb.asm.Opcodes.LCMP;
import static org.objectweb.asm.Opcodes.LCONST_0;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.LSTORE;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jkasan.agent.rewrite.hook.Hook;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The code where a loop with a {@link LoopVersion} is entered. In Java it equals this, for a copied
 * loop over a[i], b[i] and c[x], of which the first two have a range:
 *
 * <pre>
 *   if ((LoopHooks.maybe4(a) | LoopHooks.maybe4(b) | LoopHooks.maybe4(c)) == 0) goto copy;
 *   turns = LoopHooks.turns(i, n, -1, 1);
 *   if ((LoopHooks.range(a, b, i, 1, turns - 1, 1, 2) | Hooks.handle4(c)) == 0) goto copy;
 * </pre>
 */
final class VersionCode {

    /** Operand stack slots that it needs on top of what is there. */
    static final int EXTRA_STACK = 20;

    private final LoopVersion version;
    private final HandlePlan handles;
    private final SortedMap<Integer, Hook> late;
    private final int turns;
    private final Quantities quantities;
    private final UncommonCode uncommon;
    private final Bits bits = new Bits();
    private final InsnList code = bits.code();
    private final RangesCode elements;

    /**
     * The code for one entry.
     *
     * @param handles the spare variables of the array variables
     * @param late the array variables whose handles are not there yet, each with the hook that
     *     gives it
     * @param turns a variable that nothing else uses, two slots
     * @param quantities of the method
     * @param uncommon marks what comes behind each decision
     */
    VersionCode(
            LoopVersion version,
            HandlePlan handles,
            SortedMap<Integer, Hook> late,
            int turns,
            Quantities quantities,
            UncommonCode uncommon) {
        this.version = version;
        this.handles = handles;
        this.late = late;
        this.turns = turns;
        this.quantities = quantities;
        this.uncommon = uncommon;
        elements = new RangesCode(version, handles, late, turns, quantities, bits);
    }

    /**
     * Makes it; behind it the loop is entered.
     *
     * @param loop the label where the loop is entered, and what holds there
     * @param copy the same of its copy; not used where it has none
     */
    InsnList make(LabelNode loop, FrameNode frame, LabelNode copy) {
        if (version.copied()) {
            choose(frame, copy);
        } else {
            refine(loop);
        }
        return code;
    }

    /** Jumps to the copy where no access needs a check. */
    private void choose(FrameNode frame, LabelNode copy) {
        List<ElementRange> ranges = version.ranges().ranges();
        List<ElementRange> memory = version.ranges().memory();
        boolean asks = memory.isEmpty() && version.buffers().isEmpty();
        if (asks) {
            ask(ranges);
            jumpIfZero(copy);
        }
        boolean others = !late.isEmpty() && !version.others().isEmpty();
        boolean looks = !asks || !ranges.isEmpty() || !version.wholes().isEmpty();
        if (looks || others) {
            if (looks && WholeCode.sharesTurns(version)) {
                code.add(TurnsCode.of(version, turns, quantities));
            }
            look(ranges, memory);
            if (version.wholes().isEmpty()) {
                jumpIfZero(copy);
            } else {
                lookAtWholes(frame, copy);
            }
        }
    }

    /** Looks at arrays in whole, last of all: they come out of the last call. */
    private void lookAtWholes(FrameNode frame, LabelNode copy) {
        if (!bits.pending()) {
            code.add(WholeCode.of(version, frame, turns, quantities, copy));
            return;
        }
        LabelNode checked = new LabelNode();
        jump(IFNE, checked);
        code.add(WholeCode.of(version, frame, turns, quantities, copy));
        code.add(checked);
        code.add(LoopEntries.copy(frame));
        uncommon.begin(code);
    }

    /** Asks whether any of the arrays may be tracked. */
    private void ask(List<ElementRange> ranges) {
        Set<Integer> arrays = new TreeSet<>(version.others());
        for (ElementRange range : ranges) {
            arrays.add(range.array());
        }
        Set<Hook> questions = EnumSet.noneOf(Hook.class);
        for (int array : arrays) {
            ask(array, questions);
        }
        questions.addAll(version.questions());
        for (Whole whole : version.wholes()) {
            if (whole.handle() < 0) {
                questions.add(whole.tracked());
            } else {
                ask(whole.local(), questions);
            }
        }
        ask(questions);
    }

    /** Looks at all that the loop touches. */
    private void look(List<ElementRange> ranges, List<ElementRange> memory) {
        for (int array : version.others()) {
            handle(array);
        }
        elements.look(ranges);
        ask(version.questions());
        if (version.inside() != null) {
            InsideCode.add(version.inside(), quantities, bits);
        }
        for (int buffer : version.buffers()) {
            buffer(buffer);
        }
        boolean addresses = false;
        for (ElementRange range : memory) {
            elements.memory(range);
            addresses |= range.kind() == ElementRange.Kind.KERNEL;
        }
        if (addresses) {
            for (LoopRanges.Cast cast : version.ranges().casts()) {
                elements.fits(cast);
            }
        }
    }

    /** Sets the refined handles of a loop that has no copy. */
    private void refine(LabelNode loop) {
        for (Map.Entry<Integer, Integer> refined : version.refined().entrySet()) {
            code.add(new VarInsnNode(LLOAD, handles.slot(refined.getKey())));
            code.add(new VarInsnNode(LSTORE, refined.getValue()));
        }
        for (int array : version.refined().keySet()) {
            handle(array);
        }
        jumpIfZero(loop);
        code.add(TurnsCode.of(version, turns, quantities));
        Set<Integer> begun = new HashSet<>();
        for (ElementRange range : version.ranges().ranges()) {
            int refined = version.refined().get(range.array());
            elements.look(range);
            if (!begun.add(range.array())) {
                code.add(new VarInsnNode(LLOAD, refined));
                bits.or();
            }
            // STACK: ..., refined handle
            code.add(new VarInsnNode(LSTORE, refined));
            bits.taken();
        }
    }

    private void jumpIfZero(LabelNode target) {
        jump(IFEQ, target);
        uncommon.begin(code);
    }

    private void jump(int comparison, LabelNode target) {
        // STACK: ..., bits
        code.add(new InsnNode(LCONST_0));
        code.add(new InsnNode(LCMP));
        code.add(new JumpInsnNode(comparison, target));
        // STACK: ...
        bits.taken();
    }

    private void ask(Set<Hook> questions) {
        for (Hook question : questions) {
            code.add(question.call());
            bits.or();
        }
    }

    /** Asks whether an array may be tracked, or adds a question for it. */
    private void ask(int array, Set<Hook> questions) {
        Hook handle = late.get(array);
        if (handle != null && quantities.callsHooks() && handle.tracked() != null) {
            questions.add(handle.tracked());
        } else if (handle != null) {
            code.add(new VarInsnNode(ALOAD, array));
            code.add(handle.maybe().call());
            bits.or();
        } else {
            handle(array);
        }
    }

    /** Pushes the handle of an array. */
    private void handle(int array) {
        if (late.containsKey(array)) {
            code.add(new VarInsnNode(ALOAD, array));
            code.add(quantities.call(late.get(array)));
        } else {
            code.add(new VarInsnNode(LLOAD, handles.slot(array)));
        }
        bits.or();
    }

    private void buffer(int buffer) {
        code.add(new VarInsnNode(ALOAD, buffer));
        code.add(new VarInsnNode(LLOAD, turns));
        // STACK: ..., buffer, turns
        code.add(Hook.WHOLE_BUFFER.call());
        bits.or();
    }
}
