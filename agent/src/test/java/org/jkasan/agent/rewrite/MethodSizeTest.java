package org.jkasan.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.jkasan.agent.rewrite.flow.CodeSize;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/** Methods at the size limits get smaller checks, or none, and are counted. */
class MethodSizeTest {

    private static final String NAME = "LargeTarget";

    /** Bytes of one {@code sum += a[x]}; a check makes them 9, one with a handle 10. */
    private static final int PLAIN = 5;

    @ParameterizedTest
    @CsvSource({
        // a loop with so many accesses; then methods with short checks and with none
        "1, 0, 0",
        "500, 0, 0",
        // 8000 bytes: compiled with short checks only
        "800, 1, 0",
        // larger than that anyway
        "2000, 0, 0",
        "5000, 0, 0",
        // 64 KiB: only short checks fit
        "6900, 1, 0",
        // not even they do
        "9000, 0, 1",
        "13000, 0, 1"
    })
    void loop_ofThatSize_isCheckedAsFits(int accesses, int outlined, int unchecked) {
        byte[] original = loop(accesses);
        RewrittenClass rewritten = new ClassRewriter().rewrite(original).orElseThrow();
        assertThat(rewritten.outlinedMethods()).isEqualTo(outlined);
        assertThat(rewritten.uncheckedMethods()).isEqualTo(unchecked);
        assertThat(rewritten.checks()).isEqualTo(unchecked == 1 ? 0 : accesses);

        int[] array = {1, 2, 3, 4};
        String expected = run(Variant.ORIGINAL, original, array);
        RecordingHooks.reset();
        RecordingHooks.know(array, "a");
        assertThat(run(Variant.HANDLES, original, array)).isEqualTo(expected);
        assertThat(RecordingHooks.events()).hasSize(unchecked == 1 ? 0 : 3 * accesses);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 700, 8000})
    void codeSize_isAnUpperBoundAndClose(int accesses) {
        MethodNode method = new MethodNode();
        emit(method, accesses);
        int size = CodeSize.of(method.instructions);
        assertThat(size).isBetween(PLAIN * accesses, PLAIN * accesses + 64);
    }

    private static String run(Variant variant, byte[] classFile, int[] array) {
        return Variant.outcome(Variant.method(variant.define(NAME, classFile), "run"), array, 3);
    }

    private static byte[] loop(int accesses) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, NAME, null, "java/lang/Object", null);
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
        MethodVisitor code = writer.visitMethod(access, "run", "([II)I", null, null);
        emit(code, accesses);
        return writer.toByteArray();
    }

    /** {@code int sum = 0; do { sum += a[x]; ... x--; } while (x != 0); return sum;} */
    private static void emit(MethodVisitor code, int accesses) {
        code.visitCode();
        code.visitInsn(Opcodes.ICONST_0);
        code.visitVarInsn(Opcodes.ISTORE, 2);
        Label again = new Label();
        Label end = new Label();
        code.visitLabel(again);
        code.visitVarInsn(Opcodes.ILOAD, 2);
        for (int i = 0; i < accesses; i++) {
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitVarInsn(Opcodes.ILOAD, 1);
            // or it would be seen that it is the same index again
            code.visitInsn(Opcodes.I2S);
            code.visitInsn(Opcodes.IALOAD);
            code.visitInsn(Opcodes.IADD);
        }
        code.visitVarInsn(Opcodes.ISTORE, 2);
        code.visitIincInsn(1, -1);
        code.visitVarInsn(Opcodes.ILOAD, 1);
        code.visitJumpInsn(Opcodes.IFEQ, end);
        code.visitJumpInsn(Opcodes.GOTO, again);
        code.visitLabel(end);
        code.visitVarInsn(Opcodes.ILOAD, 2);
        code.visitInsn(Opcodes.IRETURN);
        code.visitMaxs(3, 3);
        code.visitEnd();
    }
}
