package org.jkasan.agent.rewrite;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The insertion of all checks into one method, in place. */
final class MethodRewriter {

    private final MethodNode method;
    private final MethodFlow flow;
    private final HandlePlan handles;
    private int checks;
    private int spillSlots;
    private boolean intercepts;

    private MethodRewriter(MethodNode method, MethodFlow flow, HandlePlan handles) {
        this.method = method;
        this.flow = flow;
        this.handles = handles;
    }

    /** Inserts the checks; returns how many. */
    static int rewrite(MethodNode method, CheckForm form) {
        MethodFlow flow = new MethodFlow(method);
        HandlePlan handles = form == CheckForm.HANDLES ? HandlePlan.of(method, flow) : null;
        return new MethodRewriter(method, flow, handles).rewrite();
    }

    private int rewrite() {
        boolean hoists = handles != null && !handles.isEmpty();
        if (hoists) {
            new HandleCode(method, flow, handles).insert();
        }
        for (int i = 0; i < flow.size(); i++) {
            AbstractInsnNode instruction = flow.at(i);
            InsnList check = check(i, instruction);
            if (check != null) {
                method.instructions.insertBefore(instruction, check);
            }
        }
        method.maxLocals += spillSlots;
        method.maxStack += intercepts ? InterceptedCall.EXTRA_STACK : ArrayAccess.EXTRA_STACK;
        return checks;
    }

    private InsnList check(int position, AbstractInsnNode instruction) {
        ArrayAccess access = ArrayAccess.of(instruction.getOpcode());
        if (access != null) {
            checks++;
            int slot = handles == null ? -1 : handles.slotForAccess(position);
            return slot < 0 ? access.check() : access.check(slot);
        }
        InterceptedCall call =
                instruction instanceof MethodInsnNode node ? Catalogue.find(node) : null;
        if (call == null) {
            return null;
        }
        checks += call.checks();
        intercepts = true;
        spillSlots = Math.max(spillSlots, call.spillSlots());
        return call.check(method.maxLocals);
    }
}
