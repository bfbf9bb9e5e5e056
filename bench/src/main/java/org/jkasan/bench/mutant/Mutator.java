package org.jkasan.bench.mutant;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Finds the places of a class where a bug can be planted, and plants one. */
final class Mutator {

    private static final String FUEL = "org/jkasan/bench/mutant/Fuel";

    private final byte[] original;

    Mutator(byte[] original) {
        this.original = original;
    }

    /** Every bug that can be planted. */
    List<Mutation> mutations() {
        ClassNode node = read();
        List<Mutation> found = new ArrayList<>();
        for (MethodNode method : node.methods) {
            int line = 0;
            for (int i = 0; i < method.instructions.size(); i++) {
                AbstractInsnNode instruction = method.instructions.get(i);
                if (instruction instanceof LineNumberNode at) {
                    line = at.line;
                }
                for (Operator operator : operators(instruction)) {
                    String name = method.name + method.desc;
                    found.add(new Mutation(node.name, name, i, line, operator));
                }
            }
        }
        return found;
    }

    private static List<Operator> operators(AbstractInsnNode instruction) {
        if (ArrayAccess.of(instruction) != null) {
            return List.of(Operator.INDEX_ABOVE, Operator.INDEX_BELOW);
        }
        if (isIntTest(instruction)) {
            return List.of(Operator.TEST_NEVER, Operator.TEST_ALWAYS);
        }
        MemoryCall call =
                instruction instanceof MethodInsnNode method ? MemoryCall.of(method) : null;
        if (call == null) {
            return List.of();
        }
        return switch (call.kind()) {
            case ACCESS, BUFFER_ACCESS ->
                    call.lengthArgument() < 0
                            ? List.of(Operator.INDEX_ABOVE, Operator.INDEX_BELOW)
                            : List.of(
                                    Operator.INDEX_ABOVE,
                                    Operator.INDEX_BELOW,
                                    Operator.LENGTH_ABOVE);
            case ALLOCATE -> List.of(Operator.SIZE_BELOW, Operator.SIZE_HALF, Operator.EARLY_FREE);
            case RESIZE -> List.of(Operator.RESIZE_BELOW);
            case FREE -> List.of(Operator.DROPPED_FREE, Operator.DOUBLE_FREE);
        };
    }

    /** Whether an instruction compares ints, as tests of bounds do, and not references. */
    private static boolean isIntTest(AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        return opcode >= Opcodes.IFLT && opcode <= Opcodes.IFLE
                || opcode >= Opcodes.IF_ICMPEQ && opcode <= Opcodes.IF_ICMPLE;
    }

    /**
     * The class with a bug, or as it was but for what makes loops end.
     *
     * @param mutation the bug, or null
     * @param oracle whether the class tells the oracle what it does
     */
    byte[] write(Mutation mutation, boolean oracle) {
        ClassNode node = read();
        for (MethodNode method : node.methods) {
            boolean mine =
                    mutation != null && (method.name + method.desc).equals(mutation.method());
            rewrite(method, mine ? mutation : null, oracle);
        }
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }

    private ClassNode read() {
        ClassNode node = new ClassNode();
        new ClassReader(original).accept(node, 0);
        return node;
    }

    private static void rewrite(MethodNode method, Mutation mutation, boolean oracle) {
        AbstractInsnNode[] instructions = method.instructions.toArray();
        for (int i = 0; i < instructions.length; i++) {
            Operator operator =
                    mutation != null && mutation.instruction() == i ? mutation.operator() : null;
            AbstractInsnNode instruction = instructions[i];
            if (instruction instanceof JumpInsnNode jump) {
                boolean backwards =
                        method.instructions.indexOf(jump.label) < method.instructions.indexOf(jump);
                if (operator != null) {
                    mutate(method.instructions, jump, operator);
                }
                if (backwards) {
                    burn(method.instructions, jump);
                }
            } else if (operator != null || oracle) {
                new SiteRewriter(method, operator, oracle).rewrite(instruction);
            }
        }
    }

    private static void burn(InsnList instructions, JumpInsnNode jump) {
        AbstractInsnNode burn =
                new MethodInsnNode(Opcodes.INVOKESTATIC, FUEL, "burn", "()V", false);
        instructions.insert(jump.label, burn);
        // Frames stand right behind labels, with nothing but line numbers in between.
        AbstractInsnNode next = burn.getNext();
        while (next != null && next.getOpcode() < 0) {
            AbstractInsnNode after = next.getNext();
            instructions.remove(next);
            instructions.insertBefore(burn, next);
            next = after;
        }
    }

    private static void mutate(InsnList instructions, JumpInsnNode jump, Operator operator) {
        boolean two = jump.getOpcode() >= Opcodes.IF_ICMPEQ;
        instructions.insertBefore(jump, new InsnNode(two ? Opcodes.POP2 : Opcodes.POP));
        if (operator == Operator.TEST_NEVER) {
            // Still a jump that the verifier follows: what it leads to would be dead otherwise.
            instructions.insertBefore(jump, new InsnNode(Opcodes.ICONST_0));
        } else {
            instructions.insertBefore(jump, new InsnNode(Opcodes.ICONST_1));
        }
        jump.setOpcode(Opcodes.IFNE);
    }
}
