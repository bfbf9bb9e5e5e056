package org.jkasan.agent.rewrite;

import java.util.BitSet;
import java.util.Map;
import org.jkasan.agent.rewrite.catalogue.ArrayAccess;
import org.jkasan.agent.rewrite.catalogue.Catalogue;
import org.jkasan.agent.rewrite.catalogue.InterceptedCall;
import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.jkasan.agent.rewrite.hook.CallSiteCode;
import org.jkasan.agent.rewrite.loop.HandleCode;
import org.jkasan.agent.rewrite.loop.HandlePlan;
import org.jkasan.agent.rewrite.loop.KeptHandles;
import org.jkasan.agent.rewrite.loop.UncommonCode;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The insertion of all checks into one method, in place. */
final class MethodRewriter {

    private final MethodNode method;
    private final MethodFlow flow;
    private final HandlePlan handles;
    private final BitSet needless;
    private final AccessGroups groups;
    private final KeptHandles kept;
    private final CallSiteCode callSites;
    private int checks;
    private int spillSlots;
    private boolean intercepts;
    private boolean tellsCaller;

    private MethodRewriter(
            MethodNode method,
            MethodFlow flow,
            HandlePlan handles,
            BitSet needless,
            AccessGroups groups,
            KeptHandles kept,
            CallSiteCode callSites) {
        this.method = method;
        this.flow = flow;
        this.handles = handles;
        this.needless = needless;
        this.groups = groups;
        this.kept = kept;
        this.callSites = callSites;
    }

    /**
     * Inserts the checks.
     *
     * @param flow of the method as it is
     * @param callSites has calls of the runtime say where they are; null if they are not to
     * @param uncommon marks code in its class
     * @return how many checks
     */
    static int rewrite(
            MethodNode method,
            MethodFlow flow,
            CheckForm form,
            CallSiteCode callSites,
            UncommonCode uncommon) {
        boolean versions = form == CheckForm.VERSIONS;
        if (!versions && form != CheckForm.HANDLES) {
            return new MethodRewriter(
                            method,
                            flow,
                            null,
                            new BitSet(),
                            AccessGroups.none(),
                            KeptHandles.none(),
                            callSites)
                    .rewrite(uncommon);
        }
        HandlePlan handles = HandlePlan.of(method, flow, versions);
        RepeatedAccesses pass = RepeatedAccesses.in(method, flow, handles);
        AccessGroups groups =
                versions ? AccessGroups.of(pass.groups(), handles) : AccessGroups.none();
        BitSet needless = pass.needless();
        KeptHandles kept =
                versions
                        ? KeptHandles.of(
                                method, flow, handles, simple(flow, handles, needless, groups))
                        : KeptHandles.none();
        return new MethodRewriter(method, flow, handles, needless, groups, kept, callSites)
                .rewrite(uncommon);
    }

    /** Positions of the accesses that look a handle up each time. */
    private static BitSet simple(
            MethodFlow flow, HandlePlan handles, BitSet needless, AccessGroups groups) {
        BitSet simple = new BitSet();
        for (int i = 0; i < flow.size(); i++) {
            if (ArrayAccess.of(flow.opcode(i)) != null) {
                simple.set(
                        i, handles.slotForAccess(i) < 0 && !needless.get(i) && !groups.contains(i));
            }
        }
        return simple;
    }

    private int rewrite(UncommonCode uncommon) {
        boolean hoists = handles != null && !handles.isEmpty();
        kept.begin();
        Map<AbstractInsnNode, Integer> copies =
                hoists ? new HandleCode(method, flow, handles, uncommon).insert() : Map.of();
        for (int i = 0; i < flow.size(); i++) {
            insertCheck(i, flow.at(i));
        }
        int counted = checks;
        for (Map.Entry<AbstractInsnNode, Integer> copy : copies.entrySet()) {
            insertCheck(copy.getValue(), copy.getKey());
        }
        checks = counted;
        method.maxLocals += spillSlots;
        method.maxStack += tellsCaller ? CallSiteCode.EXTRA_STACK : 0;
        method.maxStack += intercepts ? InterceptedCall.EXTRA_STACK : AccessGroups.EXTRA_STACK;
        return checks;
    }

    private void insertCheck(int position, AbstractInsnNode instruction) {
        InsnList check = check(position, instruction);
        if (check != null) {
            method.instructions.insertBefore(instruction, check);
        }
    }

    private InsnList check(int position, AbstractInsnNode instruction) {
        ArrayAccess access = ArrayAccess.of(instruction.getOpcode());
        if (needless.get(position)) {
            return null;
        }
        if (access != null) {
            checks++;
            InsnList shared = groups.check(position, access);
            shared = shared == null ? kept.check(position, access) : shared;
            if (shared != null) {
                return shared;
            }
            int slot = handles == null ? -1 : handles.slotForAccess(position);
            if (slot < 0) {
                return access.check();
            }
            return handles.isCalled(position) ? access.calledCheck(slot) : access.check(slot);
        }
        InterceptedCall call =
                instruction instanceof MethodInsnNode node ? Catalogue.find(node) : null;
        if (call == null) {
            InsnList set = kept.set(position);
            return set == null ? callSite(instruction) : set;
        }
        checks += call.checks();
        intercepts = true;
        spillSlots = Math.max(spillSlots, call.spillSlots());
        return call.check(method.maxLocals);
    }

    private InsnList callSite(AbstractInsnNode instruction) {
        InsnList code = callSites == null ? null : callSites.rewrite(instruction, method.name);
        tellsCaller |= code != null;
        return code;
    }
}
