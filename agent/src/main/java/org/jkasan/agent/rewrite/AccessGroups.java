package org.jkasan.agent.rewrite;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jkasan.agent.rewrite.catalogue.ArrayAccess;
import org.jkasan.agent.rewrite.flow.Constants;
import org.jkasan.agent.rewrite.hook.Hook;
import org.jkasan.agent.rewrite.loop.HandlePlan;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Which accesses outside of loops with handles share one, and their checks. In Java, for three
 * words of an array:
 *
 * <pre>
 *   long handle = LoopHooks.neighbours(state, 0, 0, 3, 2);   // 0 if all are accessible
 *   Hooks.load4(0, handle);                                  // if (handle != 0) ...
 *   a = state[0];
 *   Hooks.load4(1, handle);
 *   b = state[1];
 * </pre>
 */
final class AccessGroups {

    /** Operand stack slots that any check of an array element needs on top of what is there. */
    static final int EXTRA_STACK = 5;

    /** Bytes of code by which a group is larger than simple checks: for itself, and per access. */
    private static final int GROWTH = 14;

    private static final int GROWTH_PER_ACCESS = 2;

    private final Map<Integer, AccessGroup> byPosition = new HashMap<>();

    private AccessGroups() {}

    /** None. */
    static AccessGroups none() {
        return new AccessGroups();
    }

    /**
     * Those of a method, with a spare variable each.
     *
     * @param candidates in the order of their first accesses; those with one need nothing
     * @param handles keeps the variables
     */
    static AccessGroups of(List<AccessGroup> candidates, HandlePlan handles) {
        List<AccessGroup> groups = new ArrayList<>();
        for (AccessGroup candidate : candidates) {
            if (candidate.size() > 1) {
                groups.add(candidate);
            }
        }
        AccessGroups plan = new AccessGroups();
        if (groups.isEmpty() || !handles.hasRoom(growth(groups))) {
            return plan;
        }
        List<Integer> busyTo = new ArrayList<>();
        for (AccessGroup group : groups) {
            int slot = 0;
            while (slot < busyTo.size() && busyTo.get(slot) >= group.first()) {
                slot++;
            }
            if (slot == busyTo.size()) {
                busyTo.add(0);
            }
            // all ways from the first access to the others lead forward through this code
            busyTo.set(slot, group.last());
            group.setSlot(handles.spare(slot));
            BitSet members = group.members();
            for (int i = members.nextSetBit(0); i >= 0; i = members.nextSetBit(i + 1)) {
                plan.byPosition.put(i, group);
            }
        }
        handles.reserve(busyTo.size());
        return plan;
    }

    private static int growth(List<AccessGroup> groups) {
        int growth = 0;
        for (AccessGroup group : groups) {
            growth += GROWTH + group.size() * GROWTH_PER_ACCESS;
        }
        return growth;
    }

    /** Whether an access is in one. */
    boolean contains(int position) {
        return byPosition.containsKey(position);
    }

    /** The check of an access, or null if it is in no group. */
    InsnList check(int position, ArrayAccess access) {
        AccessGroup group = byPosition.get(position);
        if (group == null) {
            return null;
        }
        InsnList code = new InsnList();
        if (position == group.first()) {
            lookUp(code, group, access);
        }
        code.add(access.check(group.slot()));
        return code;
    }

    private static void lookUp(InsnList code, AccessGroup group, ArrayAccess access) {
        access.duplicateArrayAndIndex(code);
        // STACK: array, index [, value], array, index
        if (group.looksAround()) {
            code.add(Constants.push(group.low()));
            code.add(Constants.push(group.width()));
            code.add(Constants.push(access.shift()));
            // STACK: array, index [, value], array, index, low, width, shift
            code.add(Hook.NEIGHBOURS.call());
        } else {
            code.add(new InsnNode(Opcodes.POP));
            code.add(access.handle().call());
        }
        // STACK: array, index [, value], handle
        code.add(new VarInsnNode(Opcodes.LSTORE, group.slot()));
        // STACK: array, index [, value]
    }
}
