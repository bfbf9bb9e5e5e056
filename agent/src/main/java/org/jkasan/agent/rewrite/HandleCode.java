package org.jkasan.agent.rewrite;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.LCONST_0;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.LSTORE;

import java.util.Map;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The code that keeps the handles of a {@link HandlePlan} right.
 *
 * <p>All are 0 from the start of the method on, so that every frame can declare them.
 */
final class HandleCode {

    private final MethodNode method;
    private final MethodFlow flow;
    private final HandlePlan plan;

    HandleCode(MethodNode method, MethodFlow flow, HandlePlan plan) {
        this.method = method;
        this.flow = flow;
        this.plan = plan;
    }

    /** Inserts it. */
    void insert() {
        for (HoistedLoop loop : plan.loops()) {
            for (int position : plan.assignments(loop)) {
                assign(loop, position);
            }
            new LoopEntries(method, flow, loop.loop()).insert(frame -> compute(loop, frame));
        }
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof FrameNode frame) {
                FrameTypes.addLongs(frame, plan.firstSlot(), plan.handles());
            }
        }
        method.instructions.insert(zero());
        method.maxLocals = plan.firstSlot() + 2 * plan.handles();
    }

    private InsnList zero() {
        InsnList code = new InsnList();
        for (int i = 0; i < plan.handles(); i++) {
            code.add(new InsnNode(LCONST_0));
            code.add(new VarInsnNode(LSTORE, plan.firstSlot() + 2 * i));
        }
        return code;
    }

    /** The handles of the arrays that a loop uses and that are there where the frame holds. */
    private InsnList compute(HoistedLoop loop, FrameNode frame) {
        InsnList code = new InsnList();
        for (Map.Entry<Integer, Hook> handle : loop.handles().entrySet()) {
            int local = handle.getKey();
            if (FrameTypes.isArray(frame, local)) {
                code.add(new VarInsnNode(ALOAD, local));
                // STACK: ..., array
                code.add(handle.getValue().call());
            } else if (FrameTypes.isNull(frame, local)) {
                code.add(new InsnNode(LCONST_0));
            } else {
                continue;
            }
            // STACK: ..., handle
            code.add(new VarInsnNode(LSTORE, plan.slot(local)));
            // STACK: ...
        }
        return code;
    }

    /** The new handle of a variable that is about to be set. */
    private void assign(HoistedLoop loop, int position) {
        VarInsnNode store = (VarInsnNode) flow.at(position);
        int source = plan.source(position);
        if (source == store.var || source == AbstractStack.NEW_OBJECT) {
            return;
        }
        InsnList code = new InsnList();
        // STACK: array
        if (loop.handles().containsKey(source)) {
            code.add(new VarInsnNode(LLOAD, plan.slot(source)));
        } else {
            code.add(new InsnNode(DUP));
            // STACK: array, array
            code.add(loop.handles().get(store.var).call());
        }
        // STACK: array, handle
        code.add(new VarInsnNode(LSTORE, plan.slot(store.var)));
        // STACK: array
        method.instructions.insertBefore(store, code);
    }
}
