package org.jkasan.agent.rewrite.loop;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.IFEQ;
import static org.objectweb.asm.Opcodes.IFNE;
import static org.objectweb.asm.Opcodes.LCMP;
import static org.objectweb.asm.Opcodes.LCONST_0;
import static org.objectweb.asm.Opcodes.LCONST_1;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.LOR;
import static org.objectweb.asm.Opcodes.LSTORE;
import static org.objectweb.asm.Opcodes.LSUB;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jkasan.agent.rewrite.flow.Constants;
import org.jkasan.agent.rewrite.hook.Hook;
import org.jkasan.agent.rewrite.symbolic.Affine;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
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

    // the forms of LoopHooks.range
    private static final int INEXACT = 4;
    private static final int EARLY = 8;

    /** The hooks that look at the same elements of one array, of two, of three. */
    private static final List<Hook> RANGES =
            List.of(Hook.RANGE_OF, Hook.RANGE_OF_TWO, Hook.RANGE_OF_THREE);

    private final LoopVersion version;
    private final HandlePlan handles;
    private final SortedMap<Integer, Hook> late;
    private final int turns;
    private final Quantities quantities;
    private final UncommonCode uncommon;
    private final InsnList code = new InsnList();

    /** Whether there are bits on the stack that a decision is going to ask for. */
    private boolean pending;

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
        if (!pending) {
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
        look(ranges);
        ask(version.questions());
        if (version.inside() != null && InsideCode.add(version.inside(), quantities, code)) {
            or();
        }
        for (int buffer : version.buffers()) {
            buffer(buffer);
        }
        boolean addresses = false;
        for (ElementRange range : memory) {
            memory(range);
            addresses |= range.kind() == ElementRange.Kind.KERNEL;
        }
        if (addresses) {
            for (LoopRanges.Cast cast : version.ranges().casts()) {
                fits(cast);
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
            look(range);
            if (!begun.add(range.array())) {
                code.add(new VarInsnNode(LLOAD, refined));
                or();
            }
            // STACK: ..., refined handle
            code.add(new VarInsnNode(LSTORE, refined));
            pending = false;
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
        pending = false;
    }

    /** To be called when bits have been pushed. */
    private void or() {
        if (pending) {
            code.add(new InsnNode(LOR));
        }
        pending = true;
        // STACK: ..., bits
    }

    private void ask(Set<Hook> questions) {
        for (Hook question : questions) {
            code.add(question.call());
            or();
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
            or();
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
        or();
    }

    private void buffer(int buffer) {
        code.add(new VarInsnNode(ALOAD, buffer));
        code.add(new VarInsnNode(LLOAD, turns));
        // STACK: ..., buffer, turns
        code.add(Hook.WHOLE_BUFFER.call());
        or();
    }

    /** Looks at all ranges but those of arrays of which other elements are touched as well. */
    private void look(List<ElementRange> ranges) {
        List<ElementRange> left = new ArrayList<>();
        for (ElementRange range : ranges) {
            if (!version.others().contains(range.array())) {
                left.add(range);
            }
        }
        while (!left.isEmpty()) {
            ElementRange first = left.get(0);
            if (late.containsKey(first.array())) {
                lookAtSame(first, left);
            } else {
                look(left.remove(0));
            }
        }
    }

    /** Looks at a range, and at the same elements of others that are left, in one call. */
    private void lookAtSame(ElementRange first, List<ElementRange> left) {
        int count = 0;
        Iterator<ElementRange> each = left.iterator();
        while (each.hasNext() && count < RANGES.size()) {
            ElementRange range = each.next();
            if (first.isAsOf(range)) {
                code.add(new VarInsnNode(ALOAD, range.array()));
                each.remove();
                count++;
            }
        }
        // STACK: ..., arrays
        look(first, RANGES.get(count - 1));
    }

    private void look(ElementRange range) {
        code.add(new VarInsnNode(LLOAD, handles.slot(range.array())));
        // STACK: ..., handle
        look(range, Hook.RANGE);
    }

    private void look(ElementRange range, Hook hook) {
        push(range.first());
        push(range.slope());
        steps(range);
        push(range.width());
        push(form(range));
        // STACK: ..., handle, arrays or memory, first, slope, steps, width, form
        code.add(hook.call());
        // STACK: ..., bits
        or();
    }

    private void memory(ElementRange range) {
        code.add(new VarInsnNode(ALOAD, range.array()));
        // STACK: ..., memory
        switch (range.kind()) {
            case REST -> rest(range);
            case KERNEL -> look(range, Hook.KERNEL_RANGE);
            default -> look(range, Hook.BUFFER_RANGE);
        }
    }

    private void rest(ElementRange range) {
        push(range.width());
        steps(range);
        push(form(range));
        // STACK: ..., buffer, per turn, steps, form
        code.add(Hook.BUFFER_REST.call());
        // STACK: ..., bits
        or();
    }

    private void fits(LoopRanges.Cast cast) {
        push(cast.value());
        push(cast.slope());
        steps(false);
        push((int) (cast.value().high() - cast.value().low()));
        // STACK: ..., first, slope, steps, width
        code.add(Hook.FITS.call());
        // STACK: ..., bits
        or();
    }

    private void steps(ElementRange range) {
        steps(range.tested());
    }

    private void steps(boolean tested) {
        if (version.ranges().bounds().isEmpty()) {
            code.add(new LdcInsnNode(TurnsCode.UNKNOWN));
            return;
        }
        code.add(new VarInsnNode(LLOAD, turns));
        if (tested) {
            code.add(new InsnNode(LCONST_1));
            code.add(new InsnNode(LSUB));
        }
        // STACK: ..., steps
    }

    private int form(ElementRange range) {
        boolean whole =
                range.kind() == ElementRange.Kind.REST && version.ranges().goesThroughBuffer();
        return range.shift()
                | (range.exact() ? 0 : INEXACT)
                | (version.ranges().mayEndEarly() && !whole ? EARLY : 0);
    }

    private void push(Affine value) {
        AffineCode.push(value, quantities, code);
    }

    private void push(int value) {
        code.add(Constants.push(value));
    }
}
