package org.jkasan.agent.rewrite;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/**
 * One reading of a class that writes it anew, with the checks of each method in the form given.
 * Methods without checks are copied as bytes.
 */
final class ClassRewriting extends ClassVisitor {

    private final ClassWriter writer;
    private final CheckForm[] forms;
    private int current = -1;
    private int checks;
    private boolean tooLarge;

    /**
     * A reading.
     *
     * @param reader the class
     * @param forms by the methods' order in the class file; a method that turns out too large gets
     *     the next smaller form here, for another reading
     */
    ClassRewriting(ClassReader reader, CheckForm[] forms) {
        // the stack map frames are kept up by hand: to compute them would load classes
        this(new ClassWriter(reader, 0), forms);
    }

    private ClassRewriting(ClassWriter writer, CheckForm[] forms) {
        super(Opcodes.ASM9, writer);
        this.writer = writer;
        this.forms = forms;
    }

    /** Whether a method became too large, so that the class must be read once more. */
    boolean isTooLarge() {
        return tooLarge;
    }

    int checks() {
        return checks;
    }

    byte[] classFile() {
        return writer.toByteArray();
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor written = super.visitMethod(access, name, descriptor, signature, exceptions);
        current++;
        if (forms[current] == CheckForm.NONE) {
            return written;
        }
        return new MethodNode(Opcodes.ASM9, access, name, descriptor, signature, exceptions) {
            @Override
            public void visitEnd() {
                if (rewrite(this)) {
                    accept(written);
                }
            }
        };
    }

    /** Inserts the checks; whether the method still has a size that is allowed. */
    private boolean rewrite(MethodNode method) {
        CheckForm form = forms[current];
        int before = CodeSize.of(method.instructions);
        checks += MethodRewriter.rewrite(method, form);
        int after = CodeSize.of(method.instructions);
        boolean compiledNoMore =
                before <= CodeSize.COMPILED_LIMIT && after > CodeSize.COMPILED_LIMIT;
        boolean fits =
                after <= CodeSize.METHOD_LIMIT
                        && method.maxLocals <= CodeSize.SLOT_LIMIT
                        && method.maxStack <= CodeSize.SLOT_LIMIT;
        if (!fits || compiledNoMore && form == CheckForm.HANDLES) {
            forms[current] = form.smaller();
            tooLarge = true;
            return false;
        }
        return true;
    }
}
