package org.jkasan.agent.rewrite.loop;

import java.util.Random;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Ints that {@link RandomCountedLoops} compares its counters with, and by which it indexes. */
final class RandomTerms implements Opcodes {

    private final Random random;
    private final MethodVisitor code;

    RandomTerms(Random random, MethodVisitor code) {
        this.random = random;
        this.code = code;
    }

    /** Pushes what ends a loop. */
    void bound() {
        switch (random.nextInt(9)) {
            case 8 -> {
                code.visitFieldInsn(GETSTATIC, RandomCountedLoops.NAME, "field", "[I");
                code.visitInsn(ARRAYLENGTH);
            }
            case 7 -> code.visitFieldInsn(GETSTATIC, RandomCountedLoops.NAME, "count", "I");
            case 6 -> {
                code.visitVarInsn(ALOAD, RandomCountedLoops.ROWS);
                code.visitInsn(ARRAYLENGTH);
            }
            case 0 -> {
                code.visitVarInsn(ALOAD, random.nextInt(3));
                code.visitInsn(ARRAYLENGTH);
            }
            case 1 -> code.visitVarInsn(ILOAD, RandomCountedLoops.M);
            case 2 -> push(random.nextInt(40));
            case 3 -> {
                code.visitVarInsn(ILOAD, RandomCountedLoops.N);
                push(1 + random.nextInt(4));
                code.visitInsn(ISUB);
            }
            case 4 -> {
                code.visitVarInsn(ALOAD, random.nextInt(3));
                code.visitInsn(ARRAYLENGTH);
                code.visitInsn(ICONST_1);
                code.visitInsn(ISUB);
            }
            default -> code.visitVarInsn(ILOAD, RandomCountedLoops.N);
        }
    }

    /** Pushes an index in a loop with a counter, in so many loops. */
    void index(int counter, int depth) {
        switch (random.nextInt(10)) {
            case 9 -> {
                code.visitFieldInsn(GETSTATIC, RandomCountedLoops.NAME, "count", "I");
                code.visitVarInsn(ILOAD, counter);
                code.visitInsn(ISUB);
            }
            case 0 -> {
                code.visitVarInsn(ILOAD, counter);
                push(random.nextInt(5) - 2);
                code.visitInsn(IADD);
            }
            case 1 -> {
                code.visitVarInsn(ILOAD, RandomCountedLoops.COUNTERS + random.nextInt(depth));
                code.visitVarInsn(ILOAD, RandomCountedLoops.M);
                code.visitInsn(IMUL);
                code.visitVarInsn(ILOAD, counter);
                code.visitInsn(IADD);
            }
            case 2 -> {
                code.visitVarInsn(ILOAD, RandomCountedLoops.SUM);
                push(7);
                code.visitInsn(IAND);
            }
            case 3 -> code.visitVarInsn(ILOAD, RandomCountedLoops.OTHER);
            case 4 -> {
                code.visitVarInsn(ILOAD, counter);
                code.visitInsn(ICONST_1);
                code.visitInsn(ISHL);
                code.visitInsn(ICONST_1);
                code.visitInsn(ISUB);
            }
            case 5 -> {
                code.visitVarInsn(ILOAD, RandomCountedLoops.N);
                code.visitVarInsn(ILOAD, counter);
                code.visitInsn(ISUB);
            }
            case 6 -> code.visitVarInsn(ILOAD, RandomCountedLoops.INDEX);
            default -> code.visitVarInsn(ILOAD, counter);
        }
    }

    private void push(int value) {
        code.visitIntInsn(SIPUSH, value);
    }
}
