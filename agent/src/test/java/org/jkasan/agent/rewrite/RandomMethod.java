package org.jkasan.agent.rewrite;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * A random class whose one method {@code int run(int[] a, int[] b, byte[] c, long[] d, int[][] m,
 * int x)} loads and stores array elements in nested loops of every shape that compilers make, and
 * some that they do not.
 *
 * <p>Each turn of a loop takes one of a bounded number of steps; then the method returns.
 */
final class RandomMethod implements Opcodes {

    static final String NAME = "RandomMethodTarget";
    static final String DESCRIPTOR = "([I[I[B[J[[II)I";

    private static final int FUEL = 6;
    private static final int STEPS = 60;
    private static final String SUPPORT = Type.getInternalName(RandomMethodSupport.class);

    private final Random random;
    private final Deque<Enclosing> loops = new ArrayDeque<>();
    private MethodVisitor code;
    private RandomAccesses accesses;
    private int budget = 40;
    private Label handlerToPlace;

    /** Where break and continue of a loop lead to. */
    private record Enclosing(Label onBreak, Label onContinue) {}

    private RandomMethod(long seed) {
        random = new Random(seed);
    }

    /** The class file for a seed. */
    static byte[] classFile(long seed) {
        return new RandomMethod(seed).generate();
    }

    private byte[] generate() {
        ClassWriter writer =
                new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
                    @Override
                    protected String getCommonSuperClass(String one, String other) {
                        return "java/lang/Object";
                    }
                };
        writer.visit(V17, ACC_PUBLIC, NAME, null, "java/lang/Object", null);
        code = writer.visitMethod(ACC_PUBLIC | ACC_STATIC, "run", DESCRIPTOR, null, null);
        code.visitCode();
        accesses = new RandomAccesses(random, code);
        code.visitIntInsn(BIPUSH, STEPS);
        code.visitVarInsn(ISTORE, FUEL);
        code.visitInsn(ICONST_0);
        code.visitVarInsn(ISTORE, RandomAccesses.SUM);
        while (budget > 0) {
            loop(3);
        }
        returnSum();
        code.visitMaxs(0, 0);
        code.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private void block(int depth) {
        for (int i = random.nextInt(3); i >= 0; i--) {
            statement(depth);
        }
    }

    private void statement(int depth) {
        budget--;
        switch (random.nextInt(depth > 0 && budget > 0 ? 17 : 8)) {
            case 0, 1, 2 -> accesses.store();
            case 3, 4 -> accesses.addToSum();
            case 5 -> accesses.compound();
            case 6 -> accesses.setArray();
            case 7 -> jumpOut();
            case 8, 9, 10 -> loop(depth - 1);
            case 11 -> branch(depth - 1);
            case 12 -> protect(depth - 1);
            case 13 -> scope(depth - 1);
            case 14 -> beneath(depth - 1);
            case 15 -> choose(depth - 1);
            default -> call();
        }
    }

    private void loop(int depth) {
        budget--;
        Label body = new Label();
        Label condition = new Label();
        Label end = new Label();
        loops.push(new Enclosing(end, condition));
        if (chance(20)) {
            throwIntoLoop();
        }
        switch (random.nextInt(4)) {
            case 0 -> {
                // javac: the condition first
                code.visitLabel(condition);
                code.visitVarInsn(ILOAD, RandomAccesses.X);
                code.visitJumpInsn(IFEQ, end);
                turn(depth);
                code.visitJumpInsn(GOTO, condition);
            }
            case 1 -> {
                // ecj: the condition below the body
                code.visitJumpInsn(GOTO, condition);
                code.visitLabel(body);
                turn(depth);
                code.visitLabel(condition);
                accesses.element();
                code.visitJumpInsn(chance(80) ? IFNE : IFEQ, body);
            }
            case 2 -> {
                // do
                code.visitLabel(body);
                turn(depth);
                code.visitLabel(condition);
                accesses.element();
                code.visitJumpInsn(chance(50) ? IFGE : IFLT, body);
            }
            default -> {
                // nobody: two ways in
                code.visitVarInsn(ILOAD, RandomAccesses.X);
                code.visitJumpInsn(IFLE, condition);
                code.visitLabel(body);
                turn(depth);
                code.visitLabel(condition);
                turn(0);
                code.visitVarInsn(ILOAD, RandomAccesses.SUM);
                code.visitJumpInsn(IFNE, body);
            }
        }
        code.visitLabel(end);
        loops.pop();
    }

    /** Code before a loop whose exception handler is in the loop. */
    private void throwIntoLoop() {
        Label start = new Label();
        Label end = new Label();
        handlerToPlace = new Label();
        code.visitTryCatchBlock(start, end, handlerToPlace, "java/lang/RuntimeException");
        code.visitLabel(start);
        accesses.setArray();
        accesses.store();
        code.visitLabel(end);
    }

    private void placeHandler() {
        Label over = new Label();
        code.visitJumpInsn(GOTO, over);
        code.visitLabel(handlerToPlace);
        code.visitInsn(POP);
        code.visitLabel(over);
        handlerToPlace = null;
    }

    private void turn(int depth) {
        Label go = new Label();
        if (handlerToPlace != null) {
            placeHandler();
        }
        code.visitIincInsn(FUEL, -1);
        code.visitVarInsn(ILOAD, FUEL);
        code.visitJumpInsn(IFGE, go);
        returnSum();
        code.visitLabel(go);
        if (chance(70)) {
            code.visitIincInsn(RandomAccesses.X, 1);
        }
        block(depth);
    }

    private void returnSum() {
        code.visitVarInsn(ILOAD, RandomAccesses.SUM);
        code.visitInsn(IRETURN);
    }

    private void jumpOut() {
        Label stay = new Label();
        if (!chance(3)) {
            code.visitVarInsn(ILOAD, RandomAccesses.X);
            code.visitIntInsn(BIPUSH, random.nextInt(12));
            code.visitJumpInsn(chance(50) ? IF_ICMPNE : IF_ICMPLT, stay);
        }
        if (loops.isEmpty() || chance(20)) {
            thrown();
        } else {
            Enclosing loop = loops.stream().skip(random.nextInt(loops.size())).findFirst().get();
            code.visitJumpInsn(GOTO, chance(50) ? loop.onBreak : loop.onContinue);
        }
        code.visitLabel(stay);
    }

    private void thrown() {
        String type = "java/lang/IllegalStateException";
        code.visitTypeInsn(NEW, type);
        code.visitInsn(DUP);
        code.visitMethodInsn(INVOKESPECIAL, type, "<init>", "()V", false);
        code.visitInsn(ATHROW);
    }

    private void branch(int depth) {
        Label otherwise = new Label();
        Label end = new Label();
        accesses.element();
        code.visitJumpInsn(chance(50) ? IFEQ : IFGT, otherwise);
        block(depth);
        code.visitJumpInsn(GOTO, end);
        code.visitLabel(otherwise);
        block(depth);
        code.visitLabel(end);
    }

    private void choose(int depth) {
        Label[] cases = {new Label(), new Label(), new Label()};
        Label end = new Label();
        code.visitVarInsn(ILOAD, RandomAccesses.X);
        code.visitIntInsn(BIPUSH, 3);
        code.visitInsn(IAND);
        Label other = loops.isEmpty() ? end : loops.peek().onContinue;
        code.visitTableSwitchInsn(0, 2, other, cases);
        for (Label each : cases) {
            code.visitLabel(each);
            block(depth);
            if (chance(70)) {
                code.visitJumpInsn(GOTO, end);
            }
        }
        code.visitLabel(end);
    }

    private void protect(int depth) {
        Label start = new Label();
        Label end = new Label();
        Label handler = new Label();
        Label after = new Label();
        code.visitTryCatchBlock(start, end, handler, "java/lang/RuntimeException");
        code.visitLabel(start);
        accesses.store();
        block(depth);
        code.visitLabel(end);
        code.visitJumpInsn(GOTO, after);
        code.visitLabel(handler);
        code.visitInsn(POP);
        code.visitIincInsn(RandomAccesses.SUM, 1);
        block(depth);
        if (!loops.isEmpty() && chance(50)) {
            code.visitJumpInsn(GOTO, loops.peek().onContinue);
        }
        code.visitLabel(after);
    }

    /** A variable of its own, whose slot held other things before. */
    private void scope(int depth) {
        int slot = RandomAccesses.SCOPED + accesses.scopes;
        if (chance(30)) {
            code.visitLdcInsn("word");
            code.visitVarInsn(ASTORE, slot);
        } else if (chance(30)) {
            code.visitInsn(DCONST_1);
            code.visitVarInsn(DSTORE, slot);
        }
        accesses.ints();
        code.visitVarInsn(ASTORE, slot);
        accesses.scopes++;
        block(depth);
        accesses.scopes--;
    }

    /** Statements while an array and an index wait on the stack. */
    private void beneath(int depth) {
        Deque<Enclosing> outside = new ArrayDeque<>(loops);
        loops.clear();
        accesses.ints();
        accesses.index();
        if (depth > 0 && chance(50)) {
            straightLoop();
        } else {
            accesses.addToSum();
        }
        code.visitInsn(IALOAD);
        code.visitVarInsn(ISTORE, RandomAccesses.SUM);
        loops.addAll(outside);
    }

    /** A loop without exception handlers in it, which would lose what is on the stack. */
    private void straightLoop() {
        Label condition = new Label();
        Label end = new Label();
        code.visitLabel(condition);
        code.visitVarInsn(ILOAD, RandomAccesses.X);
        code.visitIntInsn(BIPUSH, 3);
        code.visitInsn(IAND);
        code.visitJumpInsn(IFEQ, end);
        turn(0);
        accesses.store();
        accesses.setArray();
        code.visitJumpInsn(GOTO, condition);
        code.visitLabel(end);
    }

    private void call() {
        switch (random.nextInt(3)) {
            case 0 -> {
                accesses.ints();
                code.visitMethodInsn(INVOKESTATIC, SUPPORT, "toggle", "([I)I", false);
                code.visitVarInsn(ISTORE, RandomAccesses.SUM);
            }
            case 1 -> {
                accesses.ints();
                code.visitVarInsn(ILOAD, RandomAccesses.X);
                code.visitMethodInsn(INVOKESTATIC, "java/util/Arrays", "fill", "([II)V", false);
            }
            default -> {
                code.visitVarInsn(ILOAD, RandomAccesses.SUM);
                code.visitVarInsn(ILOAD, RandomAccesses.X);
                code.visitMethodInsn(INVOKESTATIC, "java/lang/Math", "max", "(II)I", false);
                code.visitVarInsn(ISTORE, RandomAccesses.SUM);
            }
        }
    }
}
