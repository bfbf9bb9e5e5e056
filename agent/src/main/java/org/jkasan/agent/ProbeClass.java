package org.jkasan.agent;

import static org.objectweb.asm.Opcodes.AALOAD;
import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.ACC_SUPER;
import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.BALOAD;
import static org.objectweb.asm.Opcodes.BIPUSH;
import static org.objectweb.asm.Opcodes.CHECKCAST;
import static org.objectweb.asm.Opcodes.INVOKESPECIAL;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.LCONST_1;
import static org.objectweb.asm.Opcodes.POP;
import static org.objectweb.asm.Opcodes.RETURN;
import static org.objectweb.asm.Opcodes.V17;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;

/**
 * The class file of the self-test's class, as if it were the application's:
 *
 * <pre>
 * public final class Probe implements Consumer {
 *     public void accept(Object bad) {
 *         ((ByteBuffer) ((Object[]) bad)[BUFFER]).get(BUFFER_INDEX);
 *         byte b = ((byte[]) ((Object[]) bad)[ARRAY])[ARRAY_INDEX];
 *         ((KernelMemory) ((Object[]) bad)[MEMORY]).loadByte(ADDRESS);
 *     }
 * }
 * </pre>
 */
final class ProbeClass {

    /** Never that of an application's class: the dollar comes first. */
    static final String NAME = "$jkasan.Probe";

    /** The index that is read of the buffer. */
    static final int BUFFER_INDEX = 5;

    /** The index that is read of the array. */
    static final int ARRAY_INDEX = 13;

    /** The kernel address that is read. */
    static final long ADDRESS = 1;

    static final int BUFFER = 0;
    static final int ARRAY = 1;
    static final int MEMORY = 2;

    private static final String KERNEL_MEMORY = "org/jkasan/mm/KernelMemory";

    private ProbeClass() {}

    static byte[] classFile() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(
                V17,
                ACC_PUBLIC | ACC_FINAL | ACC_SUPER,
                NAME.replace('.', '/'),
                null,
                "java/lang/Object",
                new String[] {"java/util/function/Consumer"});
        constructor(writer.visitMethod(ACC_PUBLIC, "<init>", "()V", null, null));
        accept(writer.visitMethod(ACC_PUBLIC, "accept", "(Ljava/lang/Object;)V", null, null));
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void constructor(MethodVisitor method) {
        method.visitVarInsn(ALOAD, 0);
        method.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        method.visitInsn(RETURN);
        method.visitMaxs(1, 1);
    }

    private static void accept(MethodVisitor method) {
        load(method, BUFFER, "java/nio/ByteBuffer"); // STACK: buffer
        method.visitIntInsn(BIPUSH, BUFFER_INDEX); // STACK: buffer, index
        method.visitMethodInsn(INVOKEVIRTUAL, "java/nio/ByteBuffer", "get", "(I)B", false);
        method.visitInsn(POP); // STACK:
        load(method, ARRAY, "[B"); // STACK: array
        method.visitIntInsn(BIPUSH, ARRAY_INDEX); // STACK: array, index
        method.visitInsn(BALOAD); // STACK: byte
        method.visitInsn(POP); // STACK:
        load(method, MEMORY, KERNEL_MEMORY); // STACK: memory
        method.visitInsn(LCONST_1); // STACK: memory, address
        method.visitMethodInsn(INVOKEVIRTUAL, KERNEL_MEMORY, "loadByte", "(J)B", false);
        method.visitInsn(POP); // STACK:
        method.visitInsn(RETURN);
        method.visitMaxs(3, 2);
    }

    private static void load(MethodVisitor method, int element, String type) {
        method.visitVarInsn(ALOAD, 1); // STACK: bad
        method.visitTypeInsn(CHECKCAST, "[Ljava/lang/Object;"); // STACK: objects
        method.visitIntInsn(BIPUSH, element); // STACK: objects, index
        method.visitInsn(AALOAD); // STACK: object
        method.visitTypeInsn(CHECKCAST, type); // STACK: typed object
    }
}
