package org.jkasan.agent.rewrite.loop;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.LCONST_1;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.LSUB;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import org.jkasan.agent.rewrite.flow.Constants;
import org.jkasan.agent.rewrite.hook.Hook;
import org.jkasan.agent.rewrite.symbolic.Affine;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** The code that looks at the elements that a loop is going to touch, where it is entered. */
final class RangesCode {

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
    private final Bits bits;
    private final InsnList code;

    /**
     * The code for one entry.
     *
     * @param handles the spare variables of the array variables
     * @param late the array variables whose handles are not there yet
     * @param turns the variable with the turns of the loop
     * @param quantities of the method
     * @param bits with the code that it is added to
     */
    RangesCode(
            LoopVersion version,
            HandlePlan handles,
            SortedMap<Integer, Hook> late,
            int turns,
            Quantities quantities,
            Bits bits) {
        this.version = version;
        this.handles = handles;
        this.late = late;
        this.turns = turns;
        this.quantities = quantities;
        this.bits = bits;
        this.code = bits.code();
    }

    /** Looks at all ranges but those of arrays of which other elements are touched as well. */
    void look(List<ElementRange> ranges) {
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

    void look(ElementRange range) {
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
        bits.or();
    }

    void memory(ElementRange range) {
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
        bits.or();
    }

    void fits(LoopRanges.Cast cast) {
        push(cast.value());
        push(cast.slope());
        steps(false);
        push((int) (cast.value().high() - cast.value().low()));
        // STACK: ..., first, slope, steps, width
        code.add(Hook.FITS.call());
        // STACK: ..., bits
        bits.or();
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
