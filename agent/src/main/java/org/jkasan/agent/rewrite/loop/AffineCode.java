package org.jkasan.agent.rewrite.loop;

import static org.objectweb.asm.Opcodes.LADD;
import static org.objectweb.asm.Opcodes.LMUL;

import org.jkasan.agent.rewrite.flow.Constants;
import org.jkasan.agent.rewrite.symbolic.Affine;
import org.jkasan.agent.rewrite.symbolic.Terms;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;

/** The code that computes a polynomial of variables. */
final class AffineCode {

    private AffineCode() {}

    /** Pushes a value, a long, where the loop begins whose variables and fields it is made of. */
    static void push(Affine value, Quantities quantities, InsnList code) {
        Terms terms = value.terms();
        boolean any = value.low() != 0 || terms.isEmpty();
        if (any) {
            Constants.push(value.low(), code);
        }
        for (int i = 0; i < terms.size(); i++) {
            long product = terms.product(i);
            quantities.push(Affine.first(product), code);
            if (Affine.isProduct(product)) {
                quantities.push(Affine.second(product), code);
                code.add(new InsnNode(LMUL));
            }
            if (terms.coefficient(i) != 1) {
                Constants.push(terms.coefficient(i), code);
                code.add(new InsnNode(LMUL));
            }
            if (any) {
                code.add(new InsnNode(LADD));
            }
            any = true;
        }
        // STACK: ..., value
    }
}
