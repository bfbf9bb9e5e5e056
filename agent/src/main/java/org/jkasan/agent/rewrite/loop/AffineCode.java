package org.jkasan.agent.rewrite.loop;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.I2L;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.LADD;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.LMUL;

import org.jkasan.agent.rewrite.flow.Constants;
import org.jkasan.agent.rewrite.flow.OwnFields;
import org.jkasan.agent.rewrite.hook.Hook;
import org.jkasan.agent.rewrite.symbolic.Affine;
import org.jkasan.agent.rewrite.symbolic.Terms;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** The code that computes a polynomial of variables. */
final class AffineCode {

    private AffineCode() {}

    /** Pushes a value, a long, where the loop begins whose variables and fields it is made of. */
    static void push(Affine value, OwnFields fields, InsnList code) {
        Terms terms = value.terms();
        boolean any = value.low() != 0 || terms.isEmpty();
        if (any) {
            Constants.push(value.low(), code);
        }
        for (int i = 0; i < terms.size(); i++) {
            long product = terms.product(i);
            push(Affine.first(product), fields, code);
            if (Affine.isProduct(product)) {
                push(Affine.second(product), fields, code);
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

    private static void push(int quantity, OwnFields fields, InsnList code) {
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
}
