package org.jkasan.agent.rewrite.loop;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;

/**
 * A random class whose one method {@code int run(int[][] a, int[][] b, int[] c, int n, int m)} goes
 * through rows in nests of loops, most of which end by their count and access the same in every
 * turn: with rows in variables, lengths of rows and a field as bounds, triangles, steps, ints that
 * overflow; and now and then with what makes a proof of the indexes wrong, if it is not seen.
 */
final class RandomRowNests extends RandomLoops {

    static final String NAME = "RandomRowNestsTarget";
    static final String DESCRIPTOR = "([[I[[I[III)I";

    /** The static field of an int. */
    private static final String LIMIT = "limit";

    /** Turns in all after which the method divides by 0. */
    private static final int STEPS = 3000;

    private static final int C = 2;
    private static final int N = 3;
    private static final int M = 4;
    private static final int FUEL = 5;
    private static final int SUM = 6;
    private static final int ROW = 7;
    private static final int OTHER = 8;
    private static final int COUNTERS = 9;
    private static final int TOP = 12;
    private static final int MOST_DEPTH = 3;

    /** Whether a field is a bound, and set in loops. */
    private final boolean limited;

    private RandomRowNests(long seed) {
        super(seed);
        limited = chance(25);
    }

    /** The class file for a seed. */
    static byte[] classFile(long seed) {
        return new RandomRowNests(seed).generate(NAME, DESCRIPTOR);
    }

    @Override
    protected void fields(ClassWriter writer) {
        writer.visitField(ACC_STATIC, LIMIT, "I", null, null).visitEnd();
    }

    @Override
    protected void body() {
        zero(SUM, SUM);
        zero(OTHER, TOP);
        push(STEPS);
        code.visitVarInsn(ISTORE, FUEL);
        code.visitVarInsn(ALOAD, C);
        code.visitVarInsn(ASTORE, ROW);
        code.visitVarInsn(ILOAD, N);
        code.visitFieldInsn(PUTSTATIC, NAME, LIMIT, "I");
        loop();
        if (chance(30)) {
            loop();
        }
        code.visitVarInsn(ILOAD, SUM);
        code.visitInsn(IRETURN);
    }

    private void loop() {
        int counter = COUNTERS + depth;
        boolean up = chance(75);
        int step = (chance(85) ? 1 : 2 + random.nextInt(2)) * (up ? 1 : -1);
        first(up);
        code.visitVarInsn(ISTORE, counter);
        int layout = random.nextInt(10);
        loop(
                layout < 5
                        ? Layout.TESTED_FIRST
                        : layout < 9 ? Layout.TESTED_BELOW : Layout.TESTED_LAST,
                (stays, target) -> test(counter, up, stays, target),
                () -> turn(counter, step));
    }

    private void first(boolean up) {
        if (chance(3)) {
            code.visitLdcInsn(up ? Integer.MAX_VALUE - 2 : Integer.MIN_VALUE + 2);
        } else if (!up) {
            bound();
            if (chance(80)) {
                push(1);
                code.visitInsn(ISUB);
            }
        } else if (depth > 0 && chance(15)) {
            outer();
        } else {
            push(chance(80) ? 0 : random.nextInt(4) - 1);
        }
    }

    private void test(int counter, boolean up, boolean stays, Label target) {
        code.visitVarInsn(ILOAD, counter);
        if (chance(5)) {
            push(random.nextInt(3));
            code.visitInsn(IADD);
        }
        int leave;
        if (up) {
            bound();
            leave = chance(8) ? IF_ICMPGT : chance(5) ? IF_ICMPEQ : IF_ICMPGE;
        } else {
            push(chance(85) ? 0 : random.nextInt(3) - 1);
            leave = chance(10) ? IF_ICMPLE : IF_ICMPLT;
        }
        // the opposite of a comparison is the one beside it
        code.visitJumpInsn(stays ? (leave - IF_ICMPEQ ^ 1) + IF_ICMPEQ : leave, target);
    }

    /** Pushes what ends a loop. */
    private void bound() {
        if (limited && chance(60)) {
            code.visitFieldInsn(GETSTATIC, NAME, LIMIT, "I");
            return;
        }
        switch (random.nextInt(11)) {
            case 0, 1 -> code.visitVarInsn(ILOAD, N);
            case 2 -> code.visitVarInsn(ILOAD, M);
            case 3, 4 -> length(random.nextInt(2));
            case 5 -> {
                row(random.nextInt(2), false);
                code.visitInsn(ARRAYLENGTH);
            }
            case 6, 7 -> {
                row(random.nextInt(2), true);
                code.visitInsn(ARRAYLENGTH);
            }
            case 8 -> length(chance(70) ? ROW : C);
            case 9 -> {
                outer();
                push(random.nextInt(2));
                code.visitInsn(IADD);
            }
            default -> {
                code.visitVarInsn(ILOAD, chance(50) ? N : OTHER);
                push(1);
                code.visitInsn(ISUB);
            }
        }
    }

    private void length(int array) {
        code.visitVarInsn(ALOAD, array);
        code.visitInsn(ARRAYLENGTH);
    }

    /** Pushes the counter of a loop around, or 3. */
    private void outer() {
        if (depth == 0) {
            push(3);
        } else {
            code.visitVarInsn(ILOAD, COUNTERS + random.nextInt(depth));
        }
    }

    private void turn(int counter, int step) {
        // ends all without being a way out of the loop
        push(1);
        code.visitVarInsn(ILOAD, FUEL);
        code.visitInsn(IDIV);
        code.visitInsn(POP);
        code.visitIincInsn(FUEL, -1);
        if (chance(25)) {
            row(random.nextInt(2), true);
            code.visitVarInsn(ASTORE, ROW);
        }
        if (chance(15)) {
            bound();
            code.visitVarInsn(ISTORE, OTHER);
        }
        if (limited && chance(60)) {
            length(C);
            push(random.nextInt(2));
            code.visitInsn(IADD);
            code.visitFieldInsn(PUTSTATIC, NAME, LIMIT, "I");
        }
        boolean inner = depth < MOST_DEPTH && chance(depth == 1 ? 90 : 40);
        for (int i = random.nextInt(2) + (inner ? 0 : 1); i > 0; i--) {
            statement(counter);
        }
        if (inner) {
            loop();
            if (chance(30)) {
                statement(counter);
            }
        }
        code.visitIincInsn(counter, step);
    }

    private void statement(int counter) {
        if (chance(85)) {
            access();
            return;
        }
        switch (random.nextInt(7)) {
            case 0, 1 -> conditional(SUM, this::access);
            case 2 -> {
                code.visitVarInsn(ILOAD, SUM);
                push(20 + random.nextInt(60));
                code.visitJumpInsn(IF_ICMPEQ, end);
            }
            case 3 -> {
                code.visitVarInsn(ALOAD, 0);
                code.visitVarInsn(ILOAD, counter);
                row(1, true);
                code.visitInsn(AASTORE);
            }
            case 4 -> copyRows();
            case 5 -> code.visitIincInsn(chance(50) ? counter : OTHER, random.nextInt(2));
            default -> {
                code.visitVarInsn(ALOAD, 1);
                code.visitVarInsn(ASTORE, 0);
            }
        }
    }

    private void copyRows() {
        code.visitVarInsn(ALOAD, 1);
        push(0);
        code.visitVarInsn(ALOAD, 0);
        push(random.nextInt(2));
        push(2);
        String descriptor = "(Ljava/lang/Object;ILjava/lang/Object;II)V";
        code.visitMethodInsn(INVOKESTATIC, "java/lang/System", "arraycopy", descriptor, false);
    }

    /** Loads or stores an element of a row, or of a flat array. */
    private void access() {
        switch (random.nextInt(8)) {
            case 0 -> code.visitVarInsn(ALOAD, C);
            case 1, 2 -> code.visitVarInsn(ALOAD, ROW);
            default -> row(random.nextInt(2), chance(90));
        }
        index();
        if (chance(60)) {
            code.visitInsn(IALOAD);
            code.visitVarInsn(ILOAD, SUM);
            code.visitInsn(IADD);
            code.visitVarInsn(ISTORE, SUM);
        } else {
            code.visitVarInsn(ILOAD, SUM);
            code.visitInsn(IASTORE);
        }
    }

    /** Pushes a row: by a counter, or a constant one. */
    private void row(int rows, boolean counted) {
        code.visitVarInsn(ALOAD, rows);
        if (counted) {
            outer();
            if (chance(8)) {
                push(chance(50) ? 1 : 3);
                code.visitInsn(chance(50) ? IAND : ISUB);
            }
        } else {
            push(random.nextInt(2));
        }
        code.visitInsn(AALOAD);
    }

    private void index() {
        switch (random.nextInt(20)) {
            case 0, 1 -> {
                outer();
                push(random.nextInt(3) - 1);
                code.visitInsn(IADD);
            }
            case 2, 3 -> {
                outer();
                outer();
                code.visitInsn(chance(50) ? IADD : ISUB);
            }
            case 4 -> {
                outer();
                push(1);
                code.visitInsn(ISHL);
                push(random.nextInt(2));
                code.visitInsn(IADD);
            }
            case 5, 6 -> {
                bound();
                push(1);
                code.visitInsn(ISUB);
                outer();
                code.visitInsn(ISUB);
            }
            case 7 -> code.visitVarInsn(ILOAD, OTHER);
            case 8 -> {
                code.visitVarInsn(ILOAD, SUM);
                push(7);
                code.visitInsn(IAND);
            }
            case 9 -> {
                // comes back to where it began
                outer();
                code.visitLdcInsn(1 << 20);
                code.visitInsn(IMUL);
                push(12);
                code.visitInsn(IMUL);
            }
            case 10 -> {
                code.visitVarInsn(ILOAD, N);
                code.visitVarInsn(ILOAD, M);
                code.visitInsn(IMUL);
                outer();
                code.visitInsn(IADD);
            }
            default -> outer();
        }
    }
}
