package org.jkasan.agent.rewrite.loop;

import java.util.Random;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A random class whose one method, {@code int run(...)}, is made of nested loops with counters;
 * what is in it, subclasses say.
 */
abstract class RandomLoops implements Opcodes {

    /** Where a loop is tested, and where it is entered. */
    enum Layout {
        /** As javac does. */
        TESTED_FIRST,
        /** As ecj does: the test is below the body, and entered first. */
        TESTED_BELOW,
        /** do ... while: the body comes first. */
        TESTED_LAST
    }

    /** The test of a loop. */
    interface Test {

        /**
         * Emits it.
         *
         * @param stays whether it jumps to stay in the loop, instead of to leave it
         */
        void emit(boolean stays, Label target);
    }

    protected final Random random;
    protected MethodVisitor code;

    /** How many loops are around what is emitted. */
    protected int depth;

    /** Where the innermost of them ends. */
    protected Label end;

    protected RandomLoops(long seed) {
        random = new Random(seed);
    }

    protected final byte[] generate(String name, String descriptor) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
        writer.visit(V17, ACC_PUBLIC, name, null, "java/lang/Object", null);
        fields(writer);
        code = writer.visitMethod(ACC_PUBLIC | ACC_STATIC, "run", descriptor, null, null);
        body();
        code.visitMaxs(0, 0);
        return writer.toByteArray();
    }

    /** Declares the static fields of the class, if it has any. */
    protected void fields(ClassWriter writer) {}

    /** Emits the method, its return included. */
    protected abstract void body();

    protected final boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Pushes a constant of 16 bits. */
    protected final void push(int value) {
        code.visitIntInsn(SIPUSH, value);
    }

    /** Zeroes the ints from one variable to another. */
    protected final void zero(int first, int last) {
        for (int local = first; local <= last; local++) {
            code.visitInsn(ICONST_0);
            code.visitVarInsn(ISTORE, local);
        }
    }

    /** Emits a loop whose counter is set already. */
    protected final void loop(Layout layout, Test test, Runnable turn) {
        Label outerEnd = end;
        end = new Label();
        Label body = new Label();
        Label condition = new Label();
        depth++;
        if (layout == Layout.TESTED_FIRST) {
            code.visitLabel(condition);
            test.emit(false, end);
            turn.run();
            code.visitJumpInsn(GOTO, condition);
        } else {
            if (layout == Layout.TESTED_BELOW) {
                code.visitJumpInsn(GOTO, condition);
            }
            code.visitLabel(body);
            turn.run();
            code.visitLabel(condition);
            test.emit(true, body);
        }
        code.visitLabel(end);
        depth--;
        end = outerEnd;
    }

    /** Emits a statement that is executed or not, as an int has it. */
    protected final void conditional(int by, Runnable statement) {
        Label over = new Label();
        code.visitVarInsn(ILOAD, by);
        push(3);
        code.visitInsn(IAND);
        code.visitJumpInsn(IFEQ, over);
        statement.run();
        code.visitLabel(over);
    }
}
