package org.jkasan.agent.rewrite.loop;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.I2L;
import static org.objectweb.asm.Opcodes.IFEQ;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.LADD;
import static org.objectweb.asm.Opcodes.LCMP;
import static org.objectweb.asm.Opcodes.LCONST_0;
import static org.objectweb.asm.Opcodes.LCONST_1;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.LMUL;
import static org.objectweb.asm.Opcodes.LOR;
import static org.objectweb.asm.Opcodes.LSTORE;
import static org.objectweb.asm.Opcodes.LSUB;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jkasan.agent.rewrite.flow.Constants;
import org.jkasan.agent.rewrite.flow.OwnFields;
import org.jkasan.agent.rewrite.hook.Hook;
import org.jkasan.agent.rewrite.symbolic.Affine;
import org.jkasan.agent.rewrite.symbolic.Terms;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The code where a loop with a {@link LoopVersion} is entered. In Java it equals this, for a copied
 * loop over a[i] and b[x], of which only the first has a range:
 *
 * <pre>
 *   if ((handleA | handleB) == 0) goto copy;
 *   turns = LoopHooks.turns(i, n, -1, 1);
 *   refinedA = LoopHooks.range(handleA, i, 1, turns - 1, 1, 2);
 *   if ((refinedA | handleB) == 0) goto copy;
 * </pre>
 */
final class VersionCode {

    /** Operand stack slots that it needs on top of what is there. */
    static final int EXTRA_STACK = 20;

    // the forms of LoopHooks.range
    private static final int INEXACT = 4;
    private static final int EARLY = 8;

    /** The steps of a loop whose turns nobody can count. */
    private static final long UNKNOWN = Long.MAX_VALUE;

    private final LoopVersion version;
    private final HandlePlan handles;
    private final int turns;
    private final OwnFields fields;
    private final InsnList code = new InsnList();

    /**
     * The code for one entry.
     *
     * @param handles the spare variables of the array variables
     * @param turns a variable that nothing else uses, two slots
     * @param fields of the method's class
     */
    VersionCode(LoopVersion version, HandlePlan handles, int turns, OwnFields fields) {
        this.version = version;
        this.handles = handles;
        this.turns = turns;
        this.fields = fields;
    }

    /**
     * Makes it; behind it the loop is entered.
     *
     * @param loop the label where the loop is entered
     * @param copy the same of its copy; not used where it has none
     * @param looked where to go on instead after a look at shadow
     */
    InsnList make(LabelNode loop, LabelNode copy, LabelNode looked) {
        if (!version.copied()) {
            for (Map.Entry<Integer, Integer> refined : version.refined().entrySet()) {
                refine(handles.slot(refined.getKey()), refined.getValue());
            }
        }
        List<ElementRange> memory = version.copied() ? version.ranges().memory() : List.of();
        boolean buffers = !version.buffers().isEmpty();
        if (memory.isEmpty() && !buffers) {
            decide(false, memory, false, version.copied() ? copy : loop);
        }
        boolean wholes = buffers || !version.wholes().isEmpty();
        if (!version.refined().isEmpty() || !memory.isEmpty() || wholes) {
            countTurns();
            ranges();
            if (version.copied()) {
                decide(true, memory, wholes, looked);
            }
        }
        return code;
    }

    private void refine(int from, int to) {
        code.add(new VarInsnNode(LLOAD, from));
        code.add(new VarInsnNode(LSTORE, to));
    }

    /** The refined handle of an array that has one, and of whose elements no others are touched. */
    private int refined(int array) {
        return version.others().contains(array)
                ? handles.slot(array)
                : version.refined().get(array);
    }

    /** Jumps where all that has to be 0 is, the refined handles or those that there were. */
    private void decide(
            boolean refined, List<ElementRange> memory, boolean looks, LabelNode target) {
        boolean any = false;
        Set<Integer> arrays = new TreeSet<>(version.refined().keySet());
        if (version.copied()) {
            arrays.addAll(version.others());
        }
        for (int array : arrays) {
            code.add(new VarInsnNode(LLOAD, refined ? refined(array) : handles.slot(array)));
            any = or(any);
        }
        if (version.copied()) {
            for (Hook question : version.questions()) {
                code.add(question.call());
                any = or(any);
            }
        }
        if (version.copied()) {
            for (Whole whole : version.wholes()) {
                if (looks || !memory.isEmpty()) {
                    look(whole);
                } else {
                    ask(whole);
                }
                any = or(any);
            }
        }
        for (int buffer : version.buffers()) {
            code.add(new VarInsnNode(ALOAD, buffer));
            code.add(new VarInsnNode(LLOAD, turns));
            // STACK: ..., buffer, turns
            code.add(Hook.WHOLE_BUFFER.call());
            any = or(any);
        }
        for (ElementRange range : memory) {
            memory(range);
            any = or(any);
        }
        if (hasAddresses(memory)) {
            for (LoopRanges.Cast cast : version.ranges().casts()) {
                fits(cast);
                any = or(any);
            }
        }
        // STACK: ..., bits
        code.add(new InsnNode(LCONST_0));
        code.add(new InsnNode(LCMP));
        code.add(new JumpInsnNode(IFEQ, target));
        // STACK: ...
    }

    private static boolean hasAddresses(List<ElementRange> memory) {
        for (ElementRange range : memory) {
            if (range.kind() == ElementRange.Kind.KERNEL) {
                return true;
            }
        }
        return false;
    }

    private void ask(Whole whole) {
        code.add(
                whole.handle() < 0
                        ? whole.tracked().call()
                        : new VarInsnNode(LLOAD, whole.handle()));
        // STACK: ..., bits
    }

    private void look(Whole whole) {
        if (whole.handle() >= 0) {
            code.add(new VarInsnNode(LLOAD, whole.handle()));
        }
        whole.load(fields, code);
        code.add(new VarInsnNode(LLOAD, turns));
        // STACK: ..., [handle,] array, turns
        Hook array = whole.handle() < 0 ? Hook.WHOLE_UNASKED : Hook.WHOLE;
        code.add((whole.isRows() ? Hook.ROWS : array).call());
        // STACK: ..., bits
    }

    private boolean or(boolean any) {
        if (any) {
            code.add(new InsnNode(LOR));
        }
        return true;
    }

    private void countTurns() {
        if (version.nest() && !version.countsTurns()) {
            code.add(new LdcInsnNode(UNKNOWN));
            code.add(new VarInsnNode(LSTORE, turns));
            return;
        }
        if (countTurns(version.ranges().bounds())) {
            for (List<LoopRanges.Bound> inner : version.inner()) {
                countTurns(inner);
                code.add(Hook.TIMES.call());
            }
            code.add(new VarInsnNode(LSTORE, turns));
        }
    }

    /** Pushes how many turns the bounds allow; whether there are any. */
    private boolean countTurns(List<LoopRanges.Bound> bounds) {
        boolean any = false;
        for (LoopRanges.Bound bound : bounds) {
            push(bound.first());
            push(bound.fixed());
            if (bound.stay() == Relation.OTHER) {
                push(bound.step());
                // STACK: ..., first, fixed, step
                code.add((bound.wide() ? Hook.WIDE_TURNS_UNTIL : Hook.TURNS_UNTIL).call());
            } else {
                push(bound.stay().toLast());
                push(bound.step());
                // STACK: ..., first, fixed, to last, step
                code.add((bound.wide() ? Hook.WIDE_TURNS : Hook.TURNS).call());
            }
            if (any) {
                code.add(new MethodInsnNode(INVOKESTATIC, "java/lang/Math", "min", "(JJ)J", false));
            }
            any = true;
            // STACK: ..., turns
        }
        return any;
    }

    private void ranges() {
        Set<Integer> begun = new HashSet<>();
        for (ElementRange range : version.ranges().ranges()) {
            int refined = version.refined().get(range.array());
            code.add(new VarInsnNode(LLOAD, handles.slot(range.array())));
            push(range.first());
            push(range.slope());
            steps(range);
            push(range.width());
            push(form(range));
            // STACK: ..., handle, first, slope, steps, width, form
            code.add(Hook.RANGE.call());
            if (!begun.add(range.array())) {
                code.add(new VarInsnNode(LLOAD, refined));
                code.add(new InsnNode(LOR));
            }
            // STACK: ..., refined handle
            code.add(new VarInsnNode(LSTORE, refined));
        }
    }

    private void memory(ElementRange range) {
        code.add(new VarInsnNode(ALOAD, range.array()));
        if (range.kind() == ElementRange.Kind.REST) {
            push(range.width());
            steps(range);
            push(form(range));
            // STACK: ..., buffer, per turn, steps, form
            code.add(Hook.BUFFER_REST.call());
        } else {
            push(range.first());
            push(range.slope());
            steps(range);
            push(range.width());
            push(form(range));
            // STACK: ..., memory, first, slope, steps, width, form
            boolean kernel = range.kind() == ElementRange.Kind.KERNEL;
            code.add((kernel ? Hook.KERNEL_RANGE : Hook.BUFFER_RANGE).call());
        }
        // STACK: ..., bits
    }

    private void fits(LoopRanges.Cast cast) {
        push(cast.value());
        push(cast.slope());
        steps(false);
        push((int) (cast.value().high() - cast.value().low()));
        // STACK: ..., first, slope, steps, width
        code.add(Hook.FITS.call());
        // STACK: ..., bits
    }

    private void steps(ElementRange range) {
        steps(range.tested());
    }

    private void steps(boolean tested) {
        if (version.ranges().bounds().isEmpty()) {
            code.add(new LdcInsnNode(UNKNOWN));
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
        Terms terms = value.terms();
        boolean any = value.low() != 0 || terms.isEmpty();
        if (any) {
            code.add(value.low() == 0 ? new InsnNode(LCONST_0) : new LdcInsnNode(value.low()));
        }
        for (int i = 0; i < terms.size(); i++) {
            long product = terms.product(i);
            pushQuantity(Affine.first(product));
            if (Affine.isProduct(product)) {
                pushQuantity(Affine.second(product));
                code.add(new InsnNode(LMUL));
            }
            if (terms.coefficient(i) != 1) {
                code.add(new LdcInsnNode(terms.coefficient(i)));
                code.add(new InsnNode(LMUL));
            }
            if (any) {
                code.add(new InsnNode(LADD));
            }
            any = true;
        }
        // STACK: ..., value
    }

    private void pushQuantity(int quantity) {
        int number = Affine.number(quantity);
        switch (Affine.kind(quantity)) {
            case Affine.LENGTH -> {
                code.add(new VarInsnNode(ALOAD, number));
                code.add(Hook.LENGTH.call());
            }
            case Affine.FIELD_LENGTH -> {
                fields.load(number, code);
                code.add(Hook.LENGTH.call());
            }
            case Affine.FIELD -> {
                fields.load(number, code);
                code.add(new InsnNode(I2L));
            }
            case Affine.WIDE -> code.add(new VarInsnNode(LLOAD, number));
            default -> {
                code.add(new VarInsnNode(ILOAD, number));
                code.add(new InsnNode(I2L));
            }
        }
        // STACK: ..., quantity
    }

    private void push(int value) {
        code.add(Constants.push(value));
    }
}
