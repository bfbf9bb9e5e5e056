package org.jkasan.agent.rewrite.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Where control goes in a method: its instructions, labels and frames by position, as they were
 * before any change.
 */
public final class MethodFlow {

    private static final int[] NONE = {};

    private final AbstractInsnNode[] instructions;
    private final int[] opcodes;
    private final List<TryBlock> tryBlocks = new ArrayList<>();
    private final int[][] targets;
    private final int[] jumps;
    private final boolean loops;

    /** By position, how many bytes of code come before. */
    private final int[] offsets;

    private final int codeSize;
    private final OwnFields ownFields;
    private final boolean keepsThis;

    /**
     * Looks at a method.
     *
     * @param ownFields of its class
     */
    public MethodFlow(MethodNode method, OwnFields ownFields) {
        this.ownFields = ownFields;
        InsnList code = method.instructions;
        instructions = code.toArray();
        opcodes = new int[instructions.length];
        targets = new int[instructions.length][];
        offsets = new int[instructions.length + 1];
        int[] branching = new int[instructions.length];
        int branches = 0;
        int ofJumpType = 0;
        boolean backward = false;
        boolean keeps = (method.access & Opcodes.ACC_STATIC) == 0;
        for (int i = 0; i < instructions.length; i++) {
            AbstractInsnNode instruction = instructions[i];
            opcodes[i] = instruction.getOpcode();
            offsets[i + 1] = offsets[i] + CodeSize.of(instruction);
            ofJumpType += CodeSize.isJump(instruction) ? 1 : 0;
            targets[i] = targetsOf(code, instruction);
            keeps &= opcodes[i] != Opcodes.ASTORE || ((VarInsnNode) instruction).var != 0;
            if (targets[i] != NONE) {
                branching[branches++] = i;
            }
            for (int target : targets[i]) {
                backward |= target <= i;
            }
        }
        jumps = Arrays.copyOf(branching, branches);
        codeSize = CodeSize.withFarJumps(offsets[instructions.length], ofJumpType);
        loops = backward;
        keepsThis = keeps;
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            tryBlocks.add(
                    new TryBlock(
                            code.indexOf(block.start),
                            code.indexOf(block.end),
                            code.indexOf(block.handler)));
        }
    }

    /** Positions of the labels of an exception table entry; the end is exclusive. */
    public record TryBlock(int start, int end, int handler) {}

    /** Whether variable 0 is {@code this} all along. */
    public boolean keepsThis() {
        return keepsThis;
    }

    /** Fields of the method's own class. */
    public OwnFields ownFields() {
        return ownFields;
    }

    /** Whether a jump leads backward. */
    public boolean loops() {
        return loops;
    }

    public int size() {
        return instructions.length;
    }

    public AbstractInsnNode at(int position) {
        return instructions[position];
    }

    public int opcode(int position) {
        return opcodes[position];
    }

    /** Bytes of code that the method takes at most. */
    public int codeSize() {
        return codeSize;
    }

    /** Bytes of code from one position to another, both included, with short jumps. */
    public int codeSize(int first, int last) {
        return offsets[last + 1] - offsets[first];
    }

    /** Positions of the instructions that may jump, in order. */
    public int[] jumps() {
        return jumps;
    }

    /** Positions of the labels that an instruction may jump to; not exception handlers. */
    public int[] targets(int position) {
        return targets[position];
    }

    public List<TryBlock> tryBlocks() {
        return tryBlocks;
    }

    /** Whether the next instruction may follow. */
    public boolean fallsThrough(int position) {
        return goesOn(opcode(position));
    }

    /** Whether the instruction behind one of an opcode may be the next. */
    public static boolean goesOn(int opcode) {
        return switch (opcode) {
            case Opcodes.GOTO,
                    Opcodes.TABLESWITCH,
                    Opcodes.LOOKUPSWITCH,
                    Opcodes.IRETURN,
                    Opcodes.LRETURN,
                    Opcodes.FRETURN,
                    Opcodes.DRETURN,
                    Opcodes.ARETURN,
                    Opcodes.RETURN,
                    Opcodes.ATHROW,
                    Opcodes.RET ->
                    false;
            default -> true;
        };
    }

    /** Whether what stands before a label may go on there. */
    public boolean reachedFromAbove(int label) {
        int before = label - 1;
        while (before >= 0 && opcode(before) < 0) {
            before--;
        }
        return before < 0 || fallsThrough(before);
    }

    /** The frame declared at a label, or null where there is none. */
    public FrameNode frameAt(int label) {
        for (int i = label; i < instructions.length && opcode(i) < 0; i++) {
            if (instructions[i] instanceof FrameNode frame) {
                return frame;
            }
        }
        return null;
    }

    private static int[] targetsOf(InsnList code, AbstractInsnNode instruction) {
        if (instruction instanceof JumpInsnNode jump) {
            return new int[] {code.indexOf(jump.label)};
        }
        if (instruction instanceof TableSwitchInsnNode table) {
            return positions(code, table.labels, table.dflt);
        }
        if (instruction instanceof LookupSwitchInsnNode lookup) {
            return positions(code, lookup.labels, lookup.dflt);
        }
        return NONE;
    }

    private static int[] positions(InsnList code, List<LabelNode> labels, LabelNode last) {
        int[] positions = new int[labels.size() + 1];
        for (int i = 0; i < labels.size(); i++) {
            positions[i] = code.indexOf(labels.get(i));
        }
        positions[labels.size()] = code.indexOf(last);
        return positions;
    }
}
