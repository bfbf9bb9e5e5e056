package org.jkasan.agent.rewrite.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.jkasan.agent.rewrite.ClassRewriter;
import org.jkasan.agent.rewrite.Variant;
import org.jkasan.agent.rewrite.flow.CodeSize;
import org.jkasan.check.Hooks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Which hooks large methods call where a loop is entered, and in the loop with checks. */
class CalledHooksTest {

    /** Bytes up to which C1 inlines what it is not told to: MaxInlineSize. */
    private static final int C1_INLINES = 35;

    @ParameterizedTest
    @ValueSource(ints = {0, 80})
    void method_thatCanBeInlined_callsWhatIsInlined(int padding) {
        assertThat(hooks(padding))
                .contains("maybe4", "maybe8", "turns", "handle4", "handle8", "load4(IJ)V")
                .doesNotContain("tracked4", "tracked8", "countTurns", "handle", "load(IJI)V");
    }

    @ParameterizedTest
    @ValueSource(ints = {110, 2000})
    void method_thatCannot_callsWhatIsNot(int padding) {
        assertThat(hooks(padding))
                .contains("tracked4", "tracked8", "countTurns", "handle", "load(IJI)V")
                .contains("store(IJI)V")
                .doesNotContain("maybe4", "maybe8", "turns", "handle4", "handle8", "load4(IJ)V");
    }

    @ParameterizedTest
    @ValueSource(strings = {"load", "store"})
    void calledCheck_isLargerThanWhatC1Inlines(String name) {
        MethodNode method = method(Variant.classFile(Hooks.class), name, "(IJI)V");
        assertThat(CodeSize.of(method.instructions)).isGreaterThan(C1_INLINES);
    }

    /** Names of the hooks that the method calls; with the descriptor, those of elements. */
    private static Set<String> hooks(int padding) {
        byte[] rewritten = new ClassRewriter().rewrite(target(padding)).orElseThrow().classFile();
        Set<String> hooks = new TreeSet<>();
        for (AbstractInsnNode each : method(rewritten, "run", "([I[JI)V").instructions) {
            if (each instanceof MethodInsnNode call) {
                boolean element = Type.getReturnType(call.desc) == Type.VOID_TYPE;
                hooks.add(element ? call.name + call.desc : call.name);
            }
        }
        return hooks;
    }

    private static MethodNode method(byte[] classFile, String name, String descriptor) {
        ClassNode node = new ClassNode();
        new ClassReader(classFile).accept(node, 0);
        return node.methods.stream()
                .filter(each -> each.name.equals(name) && each.desc.equals(descriptor))
                .findFirst()
                .orElseThrow();
    }

    /**
     * {@code for (int i = 0; i < n; i++) b[i] = a[i];}, and before it the padding, 3 bytes each.
     */
    private static byte[] target(int padding) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "Target", null, "java/lang/Object", null);
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
        MethodVisitor code = writer.visitMethod(access, "run", "([I[JI)V", null, null);
        code.visitCode();
        code.visitInsn(Opcodes.ICONST_0);
        code.visitVarInsn(Opcodes.ISTORE, 3);
        for (int i = 0; i < padding; i++) {
            code.visitIincInsn(2, 1);
        }
        Label again = new Label();
        Label end = new Label();
        code.visitLabel(again);
        code.visitVarInsn(Opcodes.ILOAD, 3);
        code.visitVarInsn(Opcodes.ILOAD, 2);
        code.visitJumpInsn(Opcodes.IF_ICMPGE, end);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitVarInsn(Opcodes.ILOAD, 3);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ILOAD, 3);
        code.visitInsn(Opcodes.IALOAD);
        code.visitInsn(Opcodes.I2L);
        code.visitInsn(Opcodes.LASTORE);
        code.visitIincInsn(3, 1);
        code.visitJumpInsn(Opcodes.GOTO, again);
        code.visitLabel(end);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(4, 4);
        code.visitEnd();
        return writer.toByteArray();
    }
}
