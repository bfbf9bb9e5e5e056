package org.jkasan.agent.rewrite.loop;

import static org.objectweb.asm.Opcodes.ICONST_0;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.LCONST_0;

import java.util.Map;
import java.util.Set;
import org.jkasan.agent.rewrite.hook.Hook;
import org.jkasan.agent.rewrite.symbolic.Affine;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** The code that finds out whether what is {@link Inside} is so. */
final class InsideCode {

    private static final Affine NOTHING_NEGATIVE = Affine.constant(0);
    private static final Affine NOTHING_TOO_LARGE = Affine.constant(-1);

    private final Quantities quantities;
    private final Bits bits;
    private final InsnList code;

    private InsideCode(Quantities quantities, Bits bits) {
        this.quantities = quantities;
        this.bits = bits;
        this.code = bits.code();
    }

    /** Adds code whose bits are 0 if all is as it has to be. */
    static void add(Inside inside, Quantities quantities, Bits bits) {
        new InsideCode(quantities, bits).add(inside);
    }

    private void add(Inside inside) {
        for (Map.Entry<Whole, Inside.Indexes> each : inside.arrays().entrySet()) {
            Inside.Indexes indexes = each.getValue();
            quantities.array(each.getKey().origin(), code);
            push(indexes.low(), "min", NOTHING_NEGATIVE);
            push(indexes.high(), "max", NOTHING_TOO_LARGE);
            // STACK: ..., array, low, high
            code.add(Hook.INSIDE.call());
            bits.or();
        }
        for (Affine value : inside.ints()) {
            AffineCode.push(value, quantities, code);
            code.add(new InsnNode(LCONST_0));
            code.add(new InsnNode(LCONST_0));
            code.add(new InsnNode(ICONST_0));
            // STACK: ..., value, slope, steps, width
            code.add(Hook.FITS.call());
            bits.or();
        }
    }

    private void push(Set<Affine> values, String method, Affine none) {
        boolean any = false;
        for (Affine value : values.isEmpty() ? Set.of(none) : values) {
            AffineCode.push(value, quantities, code);
            if (any) {
                code.add(new MethodInsnNode(INVOKESTATIC, "java/lang/Math", method, "(JJ)J"));
            }
            any = true;
        }
        // STACK: ..., least or most
    }
}
