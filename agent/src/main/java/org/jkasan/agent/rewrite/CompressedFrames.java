package org.jkasan.agent.rewrite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jkasan.agent.rewrite.flow.FrameTypes;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Hands the stack map frames of a method on by what they differ in from the one before, as they
 * stand in a class file (JVMS 4.7.4), where they come expanded.
 *
 * <p>ASM does so itself. But it makes the descriptor of each type in each frame for it, by a
 * StringBuilder: thousands of calls of {@code toString}, so that HotSpot compiles that method by
 * itself, after which C2 of JDK 17 may inline it no more where the program calls it.
 */
final class CompressedFrames extends MethodVisitor {

    /** By how many local variables a frame may differ from the one before. */
    private static final int MOST_CHANGED = 3;

    private Object[] previous;

    /**
     * A view of a method that is written.
     *
     * @param written takes the frames
     * @param owner internal name of the method's class
     */
    CompressedFrames(
            MethodVisitor written, String owner, int access, String name, String descriptor) {
        super(Opcodes.ASM9, written);
        previous = atStart(owner, access, name, descriptor);
    }

    @Override
    public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
        int more = numLocal - previous.length;
        boolean alike = beginsAlike(local, Math.min(numLocal, previous.length));
        if (alike && more == 0 && numStack == 0) {
            super.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        } else if (alike && more == 0 && numStack == 1) {
            super.visitFrame(Opcodes.F_SAME1, 0, null, 1, stack);
        } else if (alike && more < 0 && more >= -MOST_CHANGED && numStack == 0) {
            super.visitFrame(Opcodes.F_CHOP, -more, null, 0, null);
        } else if (alike && more > 0 && more <= MOST_CHANGED && numStack == 0) {
            Object[] added = Arrays.copyOfRange(local, previous.length, numLocal);
            super.visitFrame(Opcodes.F_APPEND, more, added, 0, null);
        } else {
            super.visitFrame(Opcodes.F_FULL, numLocal, local, numStack, stack);
        }
        previous = Arrays.copyOf(local, numLocal);
    }

    /** Whether the first local variables are those of the frame before. */
    private boolean beginsAlike(Object[] local, int count) {
        for (int i = 0; i < count; i++) {
            if (!local[i].equals(previous[i])) {
                return false;
            }
        }
        return true;
    }

    /** What the first frame is told from: what holds where the method begins. */
    private static Object[] atStart(String owner, int access, String name, String descriptor) {
        List<Object> locals = new ArrayList<>();
        if ((access & Opcodes.ACC_STATIC) == 0) {
            locals.add("<init>".equals(name) ? Opcodes.UNINITIALIZED_THIS : owner);
        }
        for (Type type : Type.getArgumentTypes(descriptor)) {
            locals.add(FrameTypes.of(type));
        }
        return locals.toArray();
    }
}
