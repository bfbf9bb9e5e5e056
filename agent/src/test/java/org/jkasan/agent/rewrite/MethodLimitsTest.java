package org.jkasan.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Methods at the limits of the class file format, and of old versions of it, still run. */
class MethodLimitsTest {

    private static final String NAME = "Limits";
    private static final int LENGTH = 100;
    private static final int MOST_SLOTS = 65535;

    @ParameterizedTest
    @ValueSource(ints = {10, 1100, 5000, 7000, 9300})
    void straightCode_ofAnySize(int stores) throws ReflectiveOperationException {
        assertRunsAsBefore(
                Opcodes.V17, ClassWriter.COMPUTE_FRAMES, method -> stores(method, stores));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1000, 2500, 4700, 6000, 9300})
    void loop_ofAnySize(int stores) throws ReflectiveOperationException {
        assertRunsAsBefore(
                Opcodes.V17,
                ClassWriter.COMPUTE_FRAMES,
                method -> loop(method, 2, () -> stores(method, stores)));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 5000, 9300})
    void loop_withoutFrames(int stores) throws ReflectiveOperationException {
        assertRunsAsBefore(
                Opcodes.V1_4,
                ClassWriter.COMPUTE_MAXS,
                method -> loop(method, 2, () -> stores(method, stores)));
    }

    @Test
    void loops_deeplyNested() throws ReflectiveOperationException {
        assertRunsAsBefore(Opcodes.V17, ClassWriter.COMPUTE_FRAMES, method -> nest(method, 2, 12));
    }

    @ParameterizedTest
    @ValueSource(ints = {Opcodes.V1_1, Opcodes.V1_4, Opcodes.V1_5})
    void subroutine_inLoop(int version) throws ReflectiveOperationException {
        assertRunsAsBefore(
                version,
                ClassWriter.COMPUTE_MAXS,
                method -> {
                    Label subroutine = new Label();
                    Label end = new Label();
                    loop(method, 2, () -> method.visitJumpInsn(Opcodes.JSR, subroutine));
                    method.visitJumpInsn(Opcodes.GOTO, end);
                    method.visitLabel(subroutine);
                    method.visitVarInsn(Opcodes.ASTORE, 3);
                    stores(method, 3);
                    method.visitVarInsn(Opcodes.RET, 3);
                    method.visitLabel(end);
                });
    }

    @Test
    void localVariables_asManyAsThereCanBe() throws ReflectiveOperationException {
        assertRunsAsBefore(
                Opcodes.V1_4,
                0,
                method -> {
                    loop(method, 2, () -> stores(method, 3));
                    arraycopy(method);
                },
                MOST_SLOTS,
                LENGTH);
    }

    @Test
    void operandStack_asDeepAsItCanBe() throws ReflectiveOperationException {
        assertRunsAsBefore(
                Opcodes.V1_4,
                0,
                method -> {
                    stores(method, 3);
                    arraycopy(method);
                },
                LENGTH,
                MOST_SLOTS);
    }

    private static void assertRunsAsBefore(int version, int flags, Consumer<MethodVisitor> body)
            throws ReflectiveOperationException {
        assertRunsAsBefore(version, flags, body, 0, 0);
    }

    private static void assertRunsAsBefore(
            int version, int flags, Consumer<MethodVisitor> body, int locals, int stack)
            throws ReflectiveOperationException {
        byte[] original = classFile(version, flags, body, locals, stack);
        byte[] rewritten = new ClassRewriter().rewrite(original).orElseThrow().classFile();

        int[] after = run(rewritten);

        assertThat(after).isEqualTo(run(original)).isNotEqualTo(new int[LENGTH]);
    }

    private static int[] run(byte[] classFile) throws ReflectiveOperationException {
        int[] array = new int[LENGTH];
        new RewritingLoader(MethodLimitsTest.class.getClassLoader())
                .with(NAME, classFile)
                .loadClass(NAME)
                .getMethod("run", int[].class)
                .invoke(null, (Object) array);
        return array;
    }

    private static byte[] classFile(
            int version, int flags, Consumer<MethodVisitor> body, int locals, int stack) {
        ClassWriter writer = new ClassWriter(flags);
        writer.visit(version, Opcodes.ACC_PUBLIC, NAME, null, "java/lang/Object", null);
        MethodVisitor method =
                writer.visitMethod(
                        Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", "([I)V", null, null);
        method.visitCode();
        body.accept(method);
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(stack, locals);
        method.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** {@code array[i % LENGTH] = i + 1}, so many times. */
    private static void stores(MethodVisitor method, int count) {
        for (int i = 0; i < count; i++) {
            method.visitVarInsn(Opcodes.ALOAD, 0);
            method.visitIntInsn(Opcodes.BIPUSH, i % LENGTH);
            method.visitIntInsn(Opcodes.SIPUSH, i + 1);
            method.visitInsn(Opcodes.IASTORE);
        }
    }

    private static void arraycopy(MethodVisitor method) {
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitInsn(Opcodes.ICONST_0);
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitInsn(Opcodes.ICONST_3);
        method.visitInsn(Opcodes.ICONST_2);
        method.visitMethodInsn(
                Opcodes.INVOKESTATIC,
                "java/lang/System",
                "arraycopy",
                "(Ljava/lang/Object;ILjava/lang/Object;II)V",
                false);
    }

    private static void nest(MethodVisitor method, int counter, int depth) {
        loop(
                method,
                counter,
                depth == 0 ? () -> stores(method, 3) : () -> nest(method, counter + 1, depth - 1));
    }

    /** Runs the body twice. */
    private static void loop(MethodVisitor method, int counter, Runnable body) {
        Label head = new Label();
        Label end = new Label();
        method.visitInsn(Opcodes.ICONST_0);
        method.visitVarInsn(Opcodes.ISTORE, counter);
        method.visitLabel(head);
        method.visitVarInsn(Opcodes.ILOAD, counter);
        method.visitInsn(Opcodes.ICONST_2);
        method.visitJumpInsn(Opcodes.IF_ICMPGE, end);
        body.run();
        method.visitIincInsn(counter, 1);
        method.visitJumpInsn(Opcodes.GOTO, head);
        method.visitLabel(end);
    }
}
