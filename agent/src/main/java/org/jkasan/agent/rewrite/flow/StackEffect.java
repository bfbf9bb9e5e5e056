package org.jkasan.agent.rewrite.flow;

import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;

/** How many operand stack slots each instruction pops and pushes, but for the stack shuffles. */
public final class StackEffect {

    /** Of an opcode whose operand says how many slots. */
    private static final byte VARIES = -1;

    private static final byte[] POPS = new byte[256];
    private static final byte[] PUSHES = new byte[256];

    static {
        constantsAndVariables();
        arrays();
        arithmetic();
        conversions();
        control();
        range(Opcodes.GETSTATIC, Opcodes.INVOKEDYNAMIC, VARIES, VARIES);
        set(VARIES, 1, Opcodes.MULTIANEWARRAY);
        set(0, VARIES, Opcodes.LDC);
    }

    private StackEffect() {}

    /** Slots that an instruction pops. */
    public static int pops(AbstractInsnNode instruction) {
        int pops = POPS[instruction.getOpcode()];
        return pops == VARIES ? operandPops(instruction) : pops;
    }

    /** Slots that an instruction pushes. */
    public static int pushes(AbstractInsnNode instruction) {
        int pushes = PUSHES[instruction.getOpcode()];
        return pushes == VARIES ? operandPushes(instruction) : pushes;
    }

    private static int operandPops(AbstractInsnNode instruction) {
        if (instruction instanceof FieldInsnNode field) {
            int value = isPut(field) ? Type.getType(field.desc).getSize() : 0;
            return value + (isStatic(field) ? 0 : 1);
        }
        if (instruction instanceof MethodInsnNode call) {
            // the argument size counts a receiver
            int slots = Type.getArgumentsAndReturnSizes(call.desc) >> 2;
            return call.getOpcode() == Opcodes.INVOKESTATIC ? slots - 1 : slots;
        }
        if (instruction instanceof InvokeDynamicInsnNode call) {
            return (Type.getArgumentsAndReturnSizes(call.desc) >> 2) - 1;
        }
        return ((MultiANewArrayInsnNode) instruction).dims;
    }

    private static int operandPushes(AbstractInsnNode instruction) {
        if (instruction instanceof FieldInsnNode field) {
            return isPut(field) ? 0 : Type.getType(field.desc).getSize();
        }
        if (instruction instanceof MethodInsnNode call) {
            return Type.getArgumentsAndReturnSizes(call.desc) & 3;
        }
        if (instruction instanceof InvokeDynamicInsnNode call) {
            return Type.getArgumentsAndReturnSizes(call.desc) & 3;
        }
        return slots(((LdcInsnNode) instruction).cst);
    }

    private static boolean isPut(FieldInsnNode field) {
        return field.getOpcode() == Opcodes.PUTFIELD || field.getOpcode() == Opcodes.PUTSTATIC;
    }

    private static boolean isStatic(FieldInsnNode field) {
        return field.getOpcode() == Opcodes.GETSTATIC || field.getOpcode() == Opcodes.PUTSTATIC;
    }

    private static int slots(Object constant) {
        if (constant instanceof ConstantDynamic dynamic) {
            return dynamic.getSize();
        }
        return constant instanceof Long || constant instanceof Double ? 2 : 1;
    }

    private static void constantsAndVariables() {
        range(Opcodes.ACONST_NULL, Opcodes.ICONST_5, 0, 1);
        range(Opcodes.LCONST_0, Opcodes.LCONST_1, 0, 2);
        range(Opcodes.FCONST_0, Opcodes.FCONST_2, 0, 1);
        range(Opcodes.DCONST_0, Opcodes.DCONST_1, 0, 2);
        range(Opcodes.BIPUSH, Opcodes.SIPUSH, 0, 1);
        set(0, 1, Opcodes.ILOAD, Opcodes.FLOAD, Opcodes.ALOAD);
        set(0, 2, Opcodes.LLOAD, Opcodes.DLOAD);
        set(1, 0, Opcodes.ISTORE, Opcodes.FSTORE, Opcodes.ASTORE);
        set(2, 0, Opcodes.LSTORE, Opcodes.DSTORE);
        set(1, 0, Opcodes.POP);
        set(2, 0, Opcodes.POP2);
    }

    private static void arrays() {
        range(Opcodes.IALOAD, Opcodes.SALOAD, 2, 1);
        set(2, 2, Opcodes.LALOAD, Opcodes.DALOAD);
        range(Opcodes.IASTORE, Opcodes.SASTORE, 3, 0);
        set(4, 0, Opcodes.LASTORE, Opcodes.DASTORE);
        set(1, 1, Opcodes.NEWARRAY, Opcodes.ANEWARRAY, Opcodes.ARRAYLENGTH);
        set(1, 1, Opcodes.CHECKCAST, Opcodes.INSTANCEOF);
        set(0, 1, Opcodes.NEW);
    }

    private static void arithmetic() {
        // int, long, float and double by turns
        for (int opcode = Opcodes.IADD; opcode <= Opcodes.DREM; opcode += 2) {
            set(2, 1, opcode);
            set(4, 2, opcode + 1);
        }
        set(1, 1, Opcodes.INEG, Opcodes.FNEG);
        set(2, 2, Opcodes.LNEG, Opcodes.DNEG);
        set(2, 1, Opcodes.ISHL, Opcodes.ISHR, Opcodes.IUSHR);
        set(3, 2, Opcodes.LSHL, Opcodes.LSHR, Opcodes.LUSHR);
        set(2, 1, Opcodes.IAND, Opcodes.IOR, Opcodes.IXOR);
        set(4, 2, Opcodes.LAND, Opcodes.LOR, Opcodes.LXOR);
        set(4, 1, Opcodes.LCMP, Opcodes.DCMPL, Opcodes.DCMPG);
        set(2, 1, Opcodes.FCMPL, Opcodes.FCMPG);
    }

    private static void conversions() {
        set(1, 2, Opcodes.I2L, Opcodes.I2D, Opcodes.F2L, Opcodes.F2D);
        set(1, 1, Opcodes.I2F, Opcodes.F2I, Opcodes.I2B, Opcodes.I2C, Opcodes.I2S);
        set(2, 1, Opcodes.L2I, Opcodes.L2F, Opcodes.D2I, Opcodes.D2F);
        set(2, 2, Opcodes.L2D, Opcodes.D2L);
    }

    private static void control() {
        range(Opcodes.IFEQ, Opcodes.IFLE, 1, 0);
        range(Opcodes.IF_ICMPEQ, Opcodes.IF_ACMPNE, 2, 0);
        set(1, 0, Opcodes.IFNULL, Opcodes.IFNONNULL);
        set(1, 0, Opcodes.TABLESWITCH, Opcodes.LOOKUPSWITCH);
        set(1, 0, Opcodes.MONITORENTER, Opcodes.MONITOREXIT);
    }

    private static void range(int from, int to, int pops, int pushes) {
        for (int opcode = from; opcode <= to; opcode++) {
            set(pops, pushes, opcode);
        }
    }

    private static void set(int pops, int pushes, int... opcodes) {
        for (int opcode : opcodes) {
            POPS[opcode] = (byte) pops;
            PUSHES[opcode] = (byte) pushes;
        }
    }
}
