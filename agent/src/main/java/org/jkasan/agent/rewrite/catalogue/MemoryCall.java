package org.jkasan.agent.rewrite.catalogue;

import org.jkasan.agent.rewrite.flow.StackEffect;
import org.jkasan.agent.rewrite.hook.Hook;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * A call of the catalogue that loads or stores one value: of a buffer, or at a kernel address.
 *
 * @param hook what checks it
 * @param size bytes
 * @param width how many elements of the buffer that is; bytes at a kernel address
 * @param argumentSlots operand stack slots above the receiver
 */
public record MemoryCall(Hook hook, int size, int width, int argumentSlots) {

    private static final String BYTES = "ByteBuffer";

    /** The call, or null where it is another instruction. */
    public static MemoryCall of(AbstractInsnNode instruction) {
        InterceptedCall row =
                instruction instanceof MethodInsnNode node ? Catalogue.find(node) : null;
        if (row == null || row.effects().size() != 1) {
            return null;
        }
        Effect effect = row.effects().get(0);
        switch (effect.hook()) {
            case BUFFER_LOAD, BUFFER_STORE, BUFFER_LOAD_AT, BUFFER_STORE_AT -> {}
            case KERNEL_LOAD, KERNEL_STORE -> {}
            default -> {
                return null;
            }
        }
        Operand last = effect.operands().get(effect.operands().size() - 1);
        int size = ((Operand.Constant) last).value();
        boolean bytes = isKernel(effect.hook()) || row.owner().endsWith(BYTES);
        return new MemoryCall(
                effect.hook(), size, bytes ? size : 1, StackEffect.pops(instruction) - 1);
    }

    /** Whether it is at the position of the buffer, and moves it on. */
    public boolean isRelative() {
        return hook == Hook.BUFFER_LOAD || hook == Hook.BUFFER_STORE;
    }

    public boolean isKernel() {
        return isKernel(hook);
    }

    private static boolean isKernel(Hook hook) {
        return hook == Hook.KERNEL_LOAD || hook == Hook.KERNEL_STORE;
    }

    /** Depth of the receiver on the operand stack before the call. */
    public int receiverDepth() {
        return argumentSlots;
    }

    /** Depth of the index, or of the lower slot of the address: the first argument. */
    public int addressDepth() {
        return argumentSlots - 1;
    }
}
