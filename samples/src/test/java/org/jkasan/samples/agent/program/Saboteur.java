package org.jkasan.samples.agent.program;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** An agent that takes the array accesses out of every class before others see it. */
public final class Saboteur implements ClassFileTransformer {

    private Saboteur() {}

    public static void premain(String arguments, Instrumentation instrumentation) {
        instrumentation.addTransformer(new Saboteur());
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
        if (name == null || !name.contains("jkasan/Probe")) {
            return null;
        }
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(bytes).accept(new WithoutAccesses(writer), 0);
        return writer.toByteArray();
    }

    private static final class WithoutAccesses extends ClassVisitor {

        WithoutAccesses(ClassWriter writer) {
            super(Opcodes.ASM9, writer);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String type, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, type, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitInsn(int opcode) {
                    if (opcode == Opcodes.BALOAD) {
                        super.visitInsn(Opcodes.POP2);
                        super.visitInsn(Opcodes.ICONST_0);
                    } else {
                        super.visitInsn(opcode);
                    }
                }
            };
        }
    }
}
