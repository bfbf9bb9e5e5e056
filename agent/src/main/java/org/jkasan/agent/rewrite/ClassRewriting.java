package org.jkasan.agent.rewrite;

import org.jkasan.agent.rewrite.flow.CodeSize;
import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.jkasan.agent.rewrite.flow.OwnFields;
import org.jkasan.agent.rewrite.hook.CallSiteCode;
import org.jkasan.agent.rewrite.hook.CallSiteNumbers;
import org.jkasan.agent.rewrite.loop.UncommonCode;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/**
 * One reading of a class that writes it anew, with the checks of each method in the form given.
 * Methods without checks are copied as bytes.
 */
final class ClassRewriting extends ClassVisitor {

    /**
     * The exceptions that a method is said to throw which is copied: none. ASM compares by indexes
     * of constants, and javac has two for a class that is both thrown and caught; it would read and
     * write such a method again. Of none it copies what there is.
     */
    private static final String[] COPIED = null;

    private final ClassWriter writer;
    private final CheckForm[] forms;
    private final CallSiteNumbers numbers;
    private CallSiteCode callSites;
    private OwnFields fields;
    private UncommonCode uncommon;
    private boolean hasCompressedFrames;
    private String className;
    private String file;
    private int current = -1;
    private int checks;
    private boolean tooLarge;

    /**
     * A reading.
     *
     * @param reader the class
     * @param forms by the methods' order in the class file; a method that turns out too large gets
     *     the next smaller form here, for another reading
     * @param numbers of the places that call the runtime, or null if these calls stay as they are
     */
    ClassRewriting(ClassReader reader, CheckForm[] forms, CallSiteNumbers numbers) {
        // the stack map frames are kept up by hand: to compute them would load classes
        this(new ClassWriter(reader, 0), forms, numbers);
    }

    private ClassRewriting(ClassWriter writer, CheckForm[] forms, CallSiteNumbers numbers) {
        super(Opcodes.ASM9, writer);
        this.writer = writer;
        this.forms = forms;
        this.numbers = numbers;
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
    public void visit(
            int version,
            int access,
            String name,
            String signature,
            String superName,
            String[] interfaces) {
        super.visit(version, access, name, signature, superName, interfaces);
        // before Java 6 there were none, or others
        hasCompressedFrames = (version & 0xFFFF) >= Opcodes.V1_6;
        className = name;
        fields = new OwnFields(name);
        uncommon = new UncommonCode(version, name);
    }

    @Override
    public FieldVisitor visitField(
            int access, String name, String descriptor, String signature, Object value) {
        fields.add(access, name, descriptor);
        return super.visitField(access, name, descriptor, signature, value);
    }

    @Override
    public void visitSource(String source, String debug) {
        super.visitSource(source, debug);
        file = source;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        current++;
        if (forms[current] == CheckForm.NONE) {
            return super.visitMethod(access, name, descriptor, signature, COPIED);
        }
        MethodVisitor written = super.visitMethod(access, name, descriptor, signature, exceptions);
        MethodVisitor compressed =
                hasCompressedFrames
                        ? new CompressedFrames(written, className, access, name, descriptor)
                        : written;
        return new MethodNode(Opcodes.ASM9, access, name, descriptor, signature, exceptions) {
            @Override
            public void visitEnd() {
                if (rewrite(this)) {
                    accept(compressed);
                }
            }
        };
    }

    /** Inserts the checks; whether the method still has a size that is allowed. */
    private boolean rewrite(MethodNode method) {
        CheckForm form = forms[current];
        MethodFlow flow = new MethodFlow(method, fields);
        int before = flow.codeSize();
        checks += MethodRewriter.rewrite(method, flow, form, callSites(form), uncommon);
        int after = CodeSize.of(method.instructions);
        boolean compiledNoMore =
                before <= CodeSize.COMPILED_LIMIT && after > CodeSize.COMPILED_LIMIT;
        boolean fits =
                after <= CodeSize.METHOD_LIMIT
                        && method.maxLocals <= CodeSize.SLOT_LIMIT
                        && method.maxStack <= CodeSize.SLOT_LIMIT;
        if (!fits || compiledNoMore && form != CheckForm.SHORT) {
            forms[current] = form.smaller();
            tooLarge = true;
            return false;
        }
        return true;
    }

    /** Those of the class; null where there is no room for them, or nobody who numbers them. */
    private CallSiteCode callSites(CheckForm form) {
        if (numbers == null || form == CheckForm.SHORT) {
            return null;
        }
        if (callSites == null) {
            callSites = new CallSiteCode(numbers, className, file);
        }
        return callSites;
    }
}
