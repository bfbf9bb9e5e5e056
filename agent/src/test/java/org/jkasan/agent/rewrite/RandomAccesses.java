package org.jkasan.agent.rewrite;

import java.util.Random;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** The array accesses of a {@link RandomMethod}. */
final class RandomAccesses implements Opcodes {

    static final int X = 5;
    static final int SUM = 7;
    static final int SCOPED = 8;

    private static final int INTS_A = 0;
    private static final int INTS_B = 1;
    private static final int BYTES = 2;
    private static final int LONGS = 3;
    private static final int ROWS = 4;
    private static final String SUPPORT = Type.getInternalName(RandomMethodSupport.class);

    private final Random random;
    private final MethodVisitor code;

    /** Variables of type int[] from {@link #SCOPED} on. */
    int scopes;

    RandomAccesses(Random random, MethodVisitor code) {
        this.random = random;
        this.code = code;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    void ints() {
        int choice = random.nextInt(scopes > 0 ? 7 : 5);
        switch (choice) {
            case 0, 1 -> code.visitVarInsn(ALOAD, INTS_A);
            case 2 -> code.visitVarInsn(ALOAD, INTS_B);
            case 3 -> {
                code.visitVarInsn(ALOAD, ROWS);
                index();
                code.visitInsn(AALOAD);
            }
            case 4 -> oneOfTwo();
            default -> code.visitVarInsn(ALOAD, SCOPED + scopes - 1);
        }
    }

    private void oneOfTwo() {
        Label other = new Label();
        Label end = new Label();
        code.visitVarInsn(ILOAD, SUM);
        code.visitJumpInsn(IFLE, other);
        code.visitVarInsn(ALOAD, INTS_A);
        code.visitJumpInsn(GOTO, end);
        code.visitLabel(other);
        code.visitVarInsn(ALOAD, chance(50) ? INTS_A : INTS_B);
        code.visitLabel(end);
    }

    void index() {
        code.visitVarInsn(ILOAD, chance(60) ? X : SUM);
        if (!chance(2)) {
            code.visitIntInsn(BIPUSH, 7);
            code.visitInsn(IAND);
        }
    }

    /** Pushes an int that comes from an array. */
    void element() {
        switch (random.nextInt(5)) {
            case 0 -> {
                code.visitVarInsn(ALOAD, BYTES);
                index();
                code.visitInsn(BALOAD);
            }
            case 1 -> {
                code.visitVarInsn(ALOAD, LONGS);
                index();
                code.visitInsn(LALOAD);
                code.visitInsn(L2I);
            }
            default -> {
                ints();
                index();
                code.visitInsn(IALOAD);
            }
        }
    }

    void addToSum() {
        element();
        code.visitVarInsn(ILOAD, SUM);
        code.visitInsn(chance(50) ? IADD : IXOR);
        code.visitVarInsn(ISTORE, SUM);
    }

    void store() {
        switch (random.nextInt(4)) {
            case 0 -> {
                code.visitVarInsn(ALOAD, BYTES);
                index();
                element();
                code.visitInsn(BASTORE);
            }
            case 1 -> {
                code.visitVarInsn(ALOAD, LONGS);
                index();
                element();
                code.visitInsn(I2L);
                code.visitInsn(LASTORE);
            }
            default -> {
                ints();
                index();
                element();
                code.visitInsn(IASTORE);
            }
        }
    }

    void compound() {
        ints();
        index();
        code.visitInsn(DUP2);
        code.visitInsn(IALOAD);
        code.visitInsn(ICONST_1);
        code.visitInsn(IADD);
        if (chance(50)) {
            code.visitInsn(DUP_X2);
            code.visitInsn(IASTORE);
            code.visitVarInsn(ISTORE, SUM);
        } else {
            code.visitInsn(IASTORE);
        }
    }

    void setArray() {
        switch (random.nextInt(12)) {
            case 0 -> code.visitInsn(ACONST_NULL);
            case 1, 2 -> {
                code.visitIntInsn(BIPUSH, 8);
                code.visitIntInsn(NEWARRAY, T_INT);
            }
            case 3, 4 -> {
                code.visitVarInsn(ILOAD, X);
                code.visitMethodInsn(INVOKESTATIC, SUPPORT, "fresh", "(I)[I", false);
            }
            case 5, 6 -> {
                // swap
                code.visitVarInsn(ALOAD, INTS_A);
                code.visitVarInsn(ALOAD, INTS_B);
                code.visitVarInsn(ASTORE, INTS_A);
                code.visitVarInsn(ASTORE, INTS_B);
                return;
            }
            case 7 -> {
                code.visitVarInsn(ALOAD, ROWS);
                index();
                ints();
                code.visitInsn(AASTORE);
                ints();
            }
            default -> ints();
        }
        code.visitVarInsn(ASTORE, chance(60) ? INTS_B : INTS_A);
    }
}
