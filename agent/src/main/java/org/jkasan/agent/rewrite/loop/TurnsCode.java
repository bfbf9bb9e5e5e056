package org.jkasan.agent.rewrite.loop;

import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.LSTORE;

import java.util.List;
import org.jkasan.agent.rewrite.flow.Constants;
import org.jkasan.agent.rewrite.hook.Hook;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** The code that counts the turns of a loop where it is entered. */
final class TurnsCode {

    /** The turns of a loop that nobody can count. */
    static final long UNKNOWN = Long.MAX_VALUE;

    private final Quantities quantities;
    private final InsnList code = new InsnList();

    private TurnsCode(Quantities quantities) {
        this.quantities = quantities;
    }

    /**
     * The code that sets a variable to the turns; none where nobody needs them.
     *
     * @param turns the variable
     * @param quantities of the method
     */
    static InsnList of(LoopVersion version, int turns, Quantities quantities) {
        InsnList code = pushing(version, quantities);
        if (code.size() != 0) {
            code.add(new VarInsnNode(LSTORE, turns));
        }
        return code;
    }

    /** The code that pushes them; none where nobody needs them. */
    static InsnList pushing(LoopVersion version, Quantities quantities) {
        TurnsCode turns = new TurnsCode(quantities);
        turns.push(version);
        return turns.code;
    }

    private void push(LoopVersion version) {
        if (version.nest() && !version.countsTurns()) {
            code.add(new LdcInsnNode(UNKNOWN));
        } else if (countTurns(version.ranges().bounds())) {
            for (List<LoopRanges.Bound> inner : version.inner()) {
                countTurns(inner);
                code.add(Hook.TIMES.call());
            }
        }
        // STACK: ..., [turns]
    }

    /** Pushes how many turns the bounds allow; whether there are any. */
    private boolean countTurns(List<LoopRanges.Bound> bounds) {
        boolean any = false;
        for (LoopRanges.Bound bound : bounds) {
            AffineCode.push(bound.first(), quantities, code);
            AffineCode.push(bound.fixed(), quantities, code);
            if (bound.stay() == Relation.OTHER) {
                code.add(Constants.push(bound.step()));
                // STACK: ..., first, fixed, step
                code.add(quantities.call(bound.wide() ? Hook.WIDE_TURNS_UNTIL : Hook.TURNS_UNTIL));
            } else {
                code.add(Constants.push(bound.stay().toLast()));
                code.add(Constants.push(bound.step()));
                // STACK: ..., first, fixed, to last, step
                code.add(quantities.call(bound.wide() ? Hook.WIDE_TURNS : Hook.TURNS));
            }
            if (any) {
                code.add(new MethodInsnNode(INVOKESTATIC, "java/lang/Math", "min", "(JJ)J", false));
            }
            any = true;
            // STACK: ..., turns
        }
        return any;
    }
}
