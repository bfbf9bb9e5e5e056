package org.jkasan.agent.rewrite.loop;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;

/**
 * A random class whose one method {@code int run(int[] a, byte[] b, long[] d, int n, int m,
 * ByteBuffer e, int[][] rows)} goes through arrays in counted loops: up, down, in steps, nested,
 * tested first or last, with conditional accesses, early ends, several counters, masks, products
 * and loaded values as indexes, rows; and through several elements of an array without a loop.
 */
final class RandomCountedLoops extends RandomLoops {

    static final String NAME = "RandomCountedLoopsTarget";
    static final String DESCRIPTOR = "([I[B[JIILjava/nio/ByteBuffer;[[I)I";

    /** Turns in all after which the method returns. */
    private static final int STEPS = 4000;

    static final int N = 3;
    static final int M = 4;
    private static final int BUFFER = 5;
    static final int ROWS = 6;
    static final int SUM = 7;
    private static final int FUEL = 8;
    static final int COUNTERS = 9;
    static final int OTHER = 14;
    static final int INDEX = 15;
    private static final int TOP = 16;
    private static final int ROW = 17;
    private static final String BYTE_BUFFER = "java/nio/ByteBuffer";

    private RandomTerms terms;

    private RandomCountedLoops(long seed) {
        super(seed);
    }

    /** The class file for a seed. */
    static byte[] classFile(long seed) {
        return new RandomCountedLoops(seed).generate(NAME, DESCRIPTOR);
    }

    @Override
    protected void fields(ClassWriter writer) {
        writer.visitField(ACC_STATIC, "field", "[I", null, null);
        writer.visitField(ACC_STATIC, "count", "I", null, null);
    }

    @Override
    protected void body() {
        terms = new RandomTerms(random, code);
        zero(SUM, TOP);
        push(STEPS);
        code.visitVarInsn(ISTORE, FUEL);
        code.visitVarInsn(ALOAD, 0);
        code.visitInsn(DUP);
        code.visitVarInsn(ASTORE, ROW);
        code.visitFieldInsn(PUTSTATIC, NAME, "field", "[I");
        code.visitVarInsn(ILOAD, N);
        code.visitFieldInsn(PUTSTATIC, NAME, "count", "I");
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            if (chance(40)) {
                neighbours();
            }
            loop();
        }
        returnSum();
    }

    private void loop() {
        int counter = COUNTERS + depth;
        boolean up = chance(65);
        int step = (chance(70) ? 1 : 1 + random.nextInt(20)) * (up ? 1 : -1);
        boolean fueled = depth > 0 || chance(50);
        initial(up, fueled);
        code.visitVarInsn(ISTORE, counter);
        if (chance(50)) {
            push(random.nextInt(8));
            code.visitVarInsn(ISTORE, OTHER);
        }
        Layout layout = Layout.values()[random.nextInt(3)];
        loop(
                layout,
                (stays, target) -> {
                    test(counter, up, stays, target, fueled);
                    if (!stays && chance(20)) {
                        test(OTHER, true, false, target, fueled);
                    }
                },
                () -> turn(counter, step, fueled));
    }

    private void initial(boolean up, boolean fueled) {
        if (fueled && chance(6)) {
            code.visitLdcInsn(up ? Integer.MAX_VALUE - 2 : Integer.MIN_VALUE + 2);
        } else if (up) {
            push(chance(70) ? 0 : random.nextInt(10) - 1);
        } else {
            terms.bound();
        }
    }

    /** Several elements of one array, as a rule side by side, without a loop. */
    private void neighbours() {
        int array = random.nextInt(3);
        int last = chance(70) ? 3 + random.nextInt(6) : 1;
        for (int i = 0; i <= last; i++) {
            code.visitVarInsn(ALOAD, array);
            push(chance(90) ? i : random.nextInt(50) - 1);
            if (chance(60)) {
                code.visitVarInsn(ILOAD, M);
                code.visitInsn(IADD);
            }
            element(array, chance(60));
        }
    }

    private void test(int counter, boolean up, boolean stays, Label target, boolean fueled) {
        code.visitVarInsn(ILOAD, counter);
        boolean offset = chance(20);
        if (offset) {
            push(random.nextInt(5));
            code.visitInsn(IADD);
        }
        if (fueled && chance(20)) {
            // or it may go on for all ints there are
            terms.bound();
            code.visitJumpInsn(stays ? IF_ICMPNE : IF_ICMPEQ, target);
        } else if (!up && chance(60)) {
            code.visitJumpInsn(stays ? IFGE : IFLT, target);
        } else if (up) {
            terms.bound();
            int equal = chance(20) ? IF_ICMPLE : IF_ICMPGE;
            int other = equal == IF_ICMPLE ? IF_ICMPGT : IF_ICMPLT;
            code.visitJumpInsn(stays == (equal == IF_ICMPLE) ? equal : other, target);
        } else {
            push(random.nextInt(4));
            code.visitJumpInsn(stays ? IF_ICMPGT : IF_ICMPLE, target);
        }
    }

    private void turn(int counter, int step, boolean fueled) {
        Label go = new Label();
        code.visitIincInsn(FUEL, -1);
        if (fueled) {
            code.visitVarInsn(ILOAD, FUEL);
            code.visitJumpInsn(IFGE, go);
            returnSum();
            code.visitLabel(go);
        }
        boolean before = chance(15);
        if (before) {
            code.visitIincInsn(counter, step);
        }
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            statement(counter);
        }
        if (!before) {
            code.visitIincInsn(counter, step);
        }
        if (fueled && chance(4)) {
            code.visitIincInsn(counter, random.nextInt(3));
        }
    }

    private void statement(int counter) {
        switch (random.nextInt(depth < 3 ? 12 : 10)) {
            case 8 -> rows(counter);
            case 9 -> {
                code.visitVarInsn(ALOAD, 0);
                terms.index(counter, depth);
                code.visitInsn(IALOAD);
                code.visitVarInsn(ISTORE, INDEX);
            }
            case 0, 1 -> access(counter, true);
            case 2, 3 -> access(counter, false);
            case 4 -> conditional(SUM, () -> access(counter, chance(50)));
            case 5 -> {
                if (chance(50)) {
                    code.visitIincInsn(OTHER, 1 + random.nextInt(2));
                } else {
                    conditional(SUM, () -> code.visitIincInsn(OTHER, 1));
                }
            }
            case 6 -> {
                terms.index(counter, depth);
                code.visitVarInsn(ISTORE, INDEX);
            }
            case 7 -> {
                if (chance(40)) {
                    code.visitVarInsn(ILOAD, SUM);
                    push(40 + random.nextInt(60));
                    code.visitJumpInsn(IF_ICMPEQ, end);
                }
            }
            default -> loop();
        }
    }

    /** An element of a row, or of one that a variable or the field holds, or another one there. */
    private void rows(int counter) {
        if (chance(5)) {
            row(counter);
            code.visitVarInsn(ALOAD, 0);
            code.visitInsn(AASTORE);
            return;
        }
        switch (random.nextInt(5)) {
            case 0 -> code.visitVarInsn(ALOAD, ROW);
            case 1, 2 -> code.visitFieldInsn(GETSTATIC, NAME, "field", "[I");
            default -> {
                row(counter);
                code.visitInsn(AALOAD);
            }
        }
        if (depth > 1 && chance(5)) {
            // the outermost loop may go on as long as its bound does
            code.visitInsn(POP);
            terms.index(counter, depth);
            code.visitFieldInsn(PUTSTATIC, NAME, "count", "I");
        } else if (chance(20)) {
            code.visitVarInsn(ASTORE, ROW);
        } else if (chance(5)) {
            code.visitFieldInsn(PUTSTATIC, NAME, "field", "[I");
        } else {
            terms.index(counter, depth);
            element(0, chance(60));
        }
    }

    private void row(int counter) {
        code.visitVarInsn(ALOAD, ROWS);
        code.visitVarInsn(ILOAD, counter);
        if (chance(80)) {
            push(3);
            code.visitInsn(IAND);
        }
    }

    private void access(int counter, boolean load) {
        int array = chance(12) ? 3 : random.nextInt(3);
        if (array == 3) {
            buffer(counter, load);
            return;
        }
        code.visitVarInsn(ALOAD, array);
        terms.index(counter, depth);
        element(array, load);
    }

    /** Loads or stores the element whose array and index are on the stack. */
    private void element(int array, boolean load) {
        if (load) {
            code.visitInsn(new int[] {IALOAD, BALOAD, LALOAD}[array]);
            if (array == 2) {
                code.visitInsn(L2I);
            }
            code.visitVarInsn(ILOAD, SUM);
            code.visitInsn(IADD);
            code.visitVarInsn(ISTORE, SUM);
        } else {
            code.visitVarInsn(ILOAD, SUM);
            if (array == 2) {
                code.visitInsn(I2L);
            }
            code.visitInsn(new int[] {IASTORE, BASTORE, LASTORE}[array]);
        }
    }

    private void buffer(int counter, boolean load) {
        boolean relative = chance(30);
        boolean wide = chance(30);
        String type = wide ? "I" : "B";
        String name = (load ? "get" : "put") + (wide ? "Int" : "");
        code.visitVarInsn(ALOAD, BUFFER);
        if (!relative) {
            terms.index(counter, depth);
        }
        String parameters = relative ? "" : "I";
        if (load) {
            String descriptor = "(" + parameters + ")" + type;
            code.visitMethodInsn(INVOKEVIRTUAL, BYTE_BUFFER, name, descriptor, false);
            code.visitVarInsn(ILOAD, SUM);
            code.visitInsn(IADD);
            code.visitVarInsn(ISTORE, SUM);
        } else {
            code.visitVarInsn(ILOAD, SUM);
            String descriptor = "(" + parameters + type + ")L" + BYTE_BUFFER + ";";
            code.visitMethodInsn(INVOKEVIRTUAL, BYTE_BUFFER, name, descriptor, false);
            code.visitInsn(POP);
        }
    }

    private void returnSum() {
        code.visitVarInsn(ILOAD, SUM);
        code.visitInsn(IRETURN);
    }
}
