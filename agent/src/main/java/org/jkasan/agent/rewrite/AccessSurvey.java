package org.jkasan.agent.rewrite;

import java.util.BitSet;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A quick first reading of a class: which of its methods access anything that is checked. */
final class AccessSurvey extends ClassVisitor {

    private final BitSet accessing = new BitSet();
    private int methods;

    private final MethodVisitor survey =
            new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitInsn(int opcode) {
                    if (ArrayAccess.of(opcode) != null) {
                        accessing.set(methods - 1);
                    }
                }

                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String name, String desc, boolean isInterface) {
                    if (Catalogue.find(owner, name, desc) != null) {
                        accessing.set(methods - 1);
                    }
                }
            };

    AccessSurvey() {
        super(Opcodes.ASM9);
    }

    /**
     * The form of checks for each method to begin with, by their order in the class file.
     *
     * @param form for methods that access something
     */
    CheckForm[] forms(CheckForm form) {
        CheckForm[] forms = new CheckForm[methods];
        for (int i = 0; i < methods; i++) {
            forms[i] = accessing.get(i) ? form : CheckForm.NONE;
        }
        return forms;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        methods++;
        return survey;
    }
}
