package org.jkasan.samples.agent.program;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import org.jkasan.kernel.Kernel;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Reads one element too far in a class of each version of the class file format that this JVM
 * loads, the first ones included; the old ones do so in a subroutine, which Java 7 ended.
 */
public final class ClassVersions extends ClassLoader {

    private static final int SIZE = 13;

    /** The last version that may have subroutines, and needs no stack map frames. */
    private static final int LAST_WITH_SUBROUTINES = Opcodes.V1_6;

    private ClassVersions() {
        super(ClassVersions.class.getClassLoader());
    }

    public static void main(String[] args) throws ReflectiveOperationException {
        ClassVersions loader = new ClassVersions();
        try (Kernel kernel = Kernel.boot()) {
            byte[] array = kernel.vmalloc().vmallocBytes(SIZE);
            for (int version : versions()) {
                loader.read(version, array);
            }
        }
        System.out.println(versions().size());
    }

    private static List<Integer> versions() {
        List<Integer> versions = new ArrayList<>(List.of(Opcodes.V1_1));
        for (int v = Opcodes.V1_2; v <= Runtime.version().feature() + Opcodes.V1_8 - 8; v++) {
            versions.add(v);
        }
        return versions;
    }

    private void read(int version, byte[] array) throws ReflectiveOperationException {
        String name = "V" + (version & 0xffff);
        byte[] classFile = classFile(version, name);
        Class<?> reader = defineClass(name, classFile, 0, classFile.length);
        try {
            reader.getMethod("read", byte[].class).invoke(null, (Object) array);
            System.out.println("Java has not seen it in " + name);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof ArrayIndexOutOfBoundsException)) {
                throw e;
            }
        }
    }

    private static byte[] classFile(int version, String name) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(
                version,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER,
                name,
                null,
                "java/lang/Object",
                null);
        MethodVisitor method =
                writer.visitMethod(
                        Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "read", "([B)I", null, null);
        method.visitCode();
        if ((version & 0xffff) <= LAST_WITH_SUBROUTINES) {
            Label subroutine = new Label();
            method.visitJumpInsn(Opcodes.JSR, subroutine);
            method.visitVarInsn(Opcodes.ILOAD, 2);
            method.visitInsn(Opcodes.IRETURN);
            method.visitLabel(subroutine); // STACK: return address
            method.visitVarInsn(Opcodes.ASTORE, 1);
            access(method); // STACK: byte
            method.visitVarInsn(Opcodes.ISTORE, 2);
            method.visitVarInsn(Opcodes.RET, 1);
        } else {
            access(method); // STACK: byte
            method.visitInsn(Opcodes.IRETURN);
        }
        method.visitMaxs(2, 3);
        method.visitEnd();
        return writer.toByteArray();
    }

    private static void access(MethodVisitor method) {
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitIntInsn(Opcodes.BIPUSH, SIZE);
        method.visitInsn(Opcodes.BALOAD);
    }
}
