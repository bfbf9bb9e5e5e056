package org.jkasan.agent.rewrite;

import java.util.BitSet;
import org.jkasan.agent.rewrite.catalogue.ArrayAccess;
import org.jkasan.agent.rewrite.catalogue.Catalogue;
import org.jkasan.agent.rewrite.hook.CallerMethods;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** What {@link AccessScan} must find, by way of ASM's own reading. */
final class AccessSurvey extends ClassVisitor {

    private final BitSet accessing = new BitSet();
    private final BitSet calling = new BitSet();
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
                    } else if (CallerMethods.contains(owner, name, desc)) {
                        calling.set(methods - 1);
                    }
                }
            };

    AccessSurvey() {
        super(Opcodes.ASM9);
    }

    /** As {@link AccessScan#forms}, calls of the runtime among them. */
    static CheckForm[] forms(ClassReader reader, CheckForm form) {
        AccessSurvey survey = new AccessSurvey();
        reader.accept(survey, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        CheckForm[] forms = new CheckForm[survey.methods];
        for (int i = 0; i < forms.length; i++) {
            CheckForm unchecked = survey.calling.get(i) ? CheckForm.CALLS : CheckForm.NONE;
            forms[i] = survey.accessing.get(i) ? form : unchecked;
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
