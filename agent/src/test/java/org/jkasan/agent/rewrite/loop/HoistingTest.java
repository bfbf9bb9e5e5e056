package org.jkasan.agent.rewrite.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.jkasan.agent.rewrite.ArrayTarget;
import org.jkasan.agent.rewrite.RecordingHooks;
import org.jkasan.agent.rewrite.Variant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** How often a handle is asked for: once where a loop begins, and where it sets the variable. */
class HoistingTest {

    private static final Class<?> TARGET = Variant.HANDLES.define(ArrayTarget.class);

    @BeforeEach
    void forgetArrays() {
        RecordingHooks.reset();
    }

    @Test
    void loop_asksOnceForEachArray() {
        assertThat(questions("xor", new int[100], new int[100], new int[100])).isEqualTo(3);
    }

    @Test
    void nestedLoops_askAtTheOutermost() {
        assertThat(questions("insertionSort", new int[] {5, 4, 3, 2, 1})).isEqualTo(1);
    }

    @Test
    void variableSetInLoop_isAskedForEachTime() {
        assertThat(questions("rowVariable", (Object) new int[7][3])).isEqualTo(7);
    }

    @Test
    void variablesSwappedInLoop_takeTheirHandlesAlong() {
        assertThat(questions("swap", new int[9], new int[9], 9)).isEqualTo(2);
    }

    @Test
    void loopWithCalls_hasHandlesInItsInnerLoopOnly() {
        assertThat(questions("callsInLoop", new int[5])).isEqualTo(5);
    }

    @Test
    void loopThatThrows_asksOnce() {
        assertThat(questions("throwsInLoop", new int[5])).isEqualTo(1);
    }

    @Test
    void codeWithoutLoops_asksForNone() {
        assertThat(questions("load", new int[1], 0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcodes.V1_1, Opcodes.V1_4, Opcodes.V1_5, Opcodes.V1_6})
    void classWithoutFrames_isCheckedWithoutHandles(int version) {
        int[] array = {1, 2, 3};
        RecordingHooks.know(array, "a");
        Class<?> target = Variant.HANDLES.define("OldTarget", old(version));
        assertThat(Variant.outcome(Variant.method(target, "run"), array)).isEqualTo("returns 6");
        assertThat(RecordingHooks.events())
                .containsExactly("load4 a[2]", "load4 a[1]", "load4 a[0]");
        assertThat(RecordingHooks.questions()).isZero();
    }

    private static int questions(String method, Object... arguments) {
        Variant.outcome(Variant.method(TARGET, method), arguments);
        return RecordingHooks.questions();
    }

    /** {@code int i = a.length, sum = 0; while (--i >= 0) {sum += a[i];} return sum;} */
    private static byte[] old(int version) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(version, Opcodes.ACC_PUBLIC, "OldTarget", null, "java/lang/Object", null);
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
        MethodVisitor code = writer.visitMethod(access, "run", "([I)I", null, null);
        Label again = new Label();
        Label end = new Label();
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitInsn(Opcodes.ARRAYLENGTH);
        code.visitVarInsn(Opcodes.ISTORE, 1);
        code.visitInsn(Opcodes.ICONST_0);
        code.visitVarInsn(Opcodes.ISTORE, 2);
        code.visitLabel(again);
        code.visitIincInsn(1, -1);
        code.visitVarInsn(Opcodes.ILOAD, 1);
        code.visitJumpInsn(Opcodes.IFLT, end);
        code.visitVarInsn(Opcodes.ILOAD, 2);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ILOAD, 1);
        code.visitInsn(Opcodes.IALOAD);
        code.visitInsn(Opcodes.IADD);
        code.visitVarInsn(Opcodes.ISTORE, 2);
        code.visitJumpInsn(Opcodes.GOTO, again);
        code.visitLabel(end);
        code.visitVarInsn(Opcodes.ILOAD, 2);
        code.visitInsn(Opcodes.IRETURN);
        code.visitMaxs(3, 3);
        code.visitEnd();
        return writer.toByteArray();
    }
}
