package org.jkasan.agent.rewrite.loop;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.I2L;
import static org.objectweb.asm.Opcodes.ILOAD;
import static org.objectweb.asm.Opcodes.LLOAD;

import org.jkasan.agent.rewrite.flow.OwnFields;
import org.jkasan.agent.rewrite.hook.Hook;
import org.jkasan.agent.rewrite.symbolic.Affine;
import org.jkasan.agent.rewrite.symbolic.ArrayOrigin;
import org.jkasan.agent.rewrite.symbolic.RowLengths;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Where code at the entry of a method's loops finds the arrays, and what polynomials are made of.
 *
 * @param callsHooks see {@link HandlePlan#callsHooks}
 */
record Quantities(OwnFields fields, RowLengths rowLengths, boolean callsHooks) {

    /** The call of a hook. */
    MethodInsnNode call(Hook hook) {
        return (callsHooks ? hook.called() : hook).call();
    }

    /** Pushes an array; of a row, the array that it is a row of. */
    void array(ArrayOrigin origin, InsnList code) {
        if (origin instanceof ArrayOrigin.Row row) {
            array(row.of(), code);
        } else if (origin instanceof ArrayOrigin.Held held) {
            code.add(new VarInsnNode(ALOAD, held.local()));
        } else if (origin instanceof ArrayOrigin.Field field) {
            fields.load(field.number(), code);
        }
        // STACK: ..., array
    }

    /** Pushes a quantity, a long. */
    void push(int quantity, InsnList code) {
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
            case Affine.ROW_LENGTH -> length(rowLengths.row(number), code);
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

    private void length(ArrayOrigin.Row row, InsnList code) {
        array(row.of(), code);
        if (row.index() == null) {
            code.add(Hook.LONGEST_ROW.call());
        } else {
            AffineCode.push(row.index(), this, code);
            // STACK: ..., rows, index
            code.add(Hook.ROW_LENGTH.call());
        }
        // STACK: ..., length
    }
}
