package org.jkasan.agent.rewrite.flow;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** How many bytes a method's code takes at most. */
public final class CodeSize {

    /** The class file format's limit. */
    public static final int METHOD_LIMIT = 65535;

    /** The same for the slots of local variables and for those of the operand stack. */
    public static final int SLOT_LIMIT = 65535;

    /** HotSpot compiles no method that is larger than this. */
    public static final int COMPILED_LIMIT = 8000;

    /** HotSpot inlines no frequent call of a method that is larger than this: FreqInlineSize. */
    public static final int INLINED_LIMIT = 325;

    /** Up to here no jump can be too far for its short form. */
    private static final int SHORT_JUMPS_LIMIT = 32767;

    private CodeSize() {}

    /** An upper bound, close for code without far jumps. */
    public static int of(InsnList instructions) {
        int size = 0;
        int jumps = 0;
        for (AbstractInsnNode node = instructions.getFirst(); node != null; node = node.getNext()) {
            size += of(node);
            jumps += isJump(node) ? 1 : 0;
        }
        return withFarJumps(size, jumps);
    }

    static boolean isJump(AbstractInsnNode instruction) {
        return instruction.getType() == AbstractInsnNode.JUMP_INSN;
    }

    /** The size of code, given that with short jumps. */
    static int withFarJumps(int size, int jumps) {
        // a far conditional jump is its opposite over a GOTO_W
        return size <= SHORT_JUMPS_LIMIT ? size : size + 5 * jumps;
    }

    /**
     * Whether code that grows by so many bytes is small enough to be inlined then, or was too large
     * before.
     */
    public static boolean staysInlined(int before, int growth) {
        return before > INLINED_LIMIT || before + growth <= INLINED_LIMIT;
    }

    /** Bytes of one instruction, its jumps short. */
    public static int of(AbstractInsnNode instruction) {
        return switch (instruction.getType()) {
            case AbstractInsnNode.INSN -> 1;
            case AbstractInsnNode.INT_INSN -> instruction.getOpcode() == Opcodes.SIPUSH ? 3 : 2;
            case AbstractInsnNode.VAR_INSN -> ofVariable(((VarInsnNode) instruction).var);
            case AbstractInsnNode.IINC_INSN -> ofIncrement((IincInsnNode) instruction);
            case AbstractInsnNode.LDC_INSN,
                    AbstractInsnNode.JUMP_INSN,
                    AbstractInsnNode.TYPE_INSN,
                    AbstractInsnNode.FIELD_INSN ->
                    3;
            case AbstractInsnNode.METHOD_INSN ->
                    instruction.getOpcode() == Opcodes.INVOKEINTERFACE ? 5 : 3;
            case AbstractInsnNode.INVOKE_DYNAMIC_INSN -> 5;
            case AbstractInsnNode.MULTIANEWARRAY_INSN -> 4;
            case AbstractInsnNode.TABLESWITCH_INSN ->
                    16 + 4 * ((TableSwitchInsnNode) instruction).labels.size();
            case AbstractInsnNode.LOOKUPSWITCH_INSN ->
                    12 + 8 * ((LookupSwitchInsnNode) instruction).labels.size();
            default -> 0;
        };
    }

    private static int ofVariable(int local) {
        if (local < 4) {
            return 1;
        }
        return local < 256 ? 2 : 4;
    }

    private static int ofIncrement(IincInsnNode increment) {
        boolean small = increment.incr == (byte) increment.incr;
        return increment.var < 256 && small ? 3 : 6;
    }
}
