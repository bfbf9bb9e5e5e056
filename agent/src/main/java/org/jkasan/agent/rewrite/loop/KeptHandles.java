package org.jkasan.agent.rewrite.loop;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.jkasan.agent.rewrite.catalogue.ArrayAccess;
import org.jkasan.agent.rewrite.flow.AbstractStack;
import org.jkasan.agent.rewrite.flow.CodeSize;
import org.jkasan.agent.rewrite.flow.Constants;
import org.jkasan.agent.rewrite.flow.FrameTypes;
import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.jkasan.agent.rewrite.hook.Hook;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Which array variables keep a handle in loops that call what may track or free arrays, and the
 * code for that. Beside the handle is kept how often the table of tracked arrays had changed when
 * the handle was looked up; until it changes again, the handle is right. In Java:
 *
 * <pre>
 *   long now = LoopHooks.changes();
 *   handle = LoopHooks.kept(a, handle, changes, now, 2);     // changes == now ? handle : look up
 *   changes = now;
 *   Hooks.load4(i, handle);                                  // if (handle != 0) ...
 *   sum += a[i];
 * </pre>
 *
 * <p>The first look-up is made where the variable is set, or the method begins. So in most loops
 * the one in {@code kept} never happens, and HotSpot compiles no call for it, which would have it
 * keep in the frame what the loop needs.
 *
 * <p>Only methods that can be inlined even so have that. Over larger ones C2 takes much longer with
 * two tests at each access, behind each of which it has to know all variables of the method, than
 * with the one of a check that looks the handle up itself.
 */
public final class KeptHandles {

    /** Bytes of code by which an access is larger than with a simple check. */
    private static final int GROWTH = 22;

    private final BitSet positions = new BitSet();

    /** By array variable, the first of two spare variables: the handle, and the changes. */
    private final Map<Integer, Integer> slots = new TreeMap<>();

    private final MethodNode method;
    private final MethodFlow flow;
    private final HandlePlan handles;

    private KeptHandles(MethodNode method, MethodFlow flow, HandlePlan handles) {
        this.method = method;
        this.flow = flow;
        this.handles = handles;
    }

    /** None. */
    public static KeptHandles none() {
        return new KeptHandles(null, null, null);
    }

    /**
     * Those of a method.
     *
     * @param simple the positions of the accesses that look a handle up each time
     * @param handles keeps the variables
     */
    public static KeptHandles of(
            MethodNode method, MethodFlow flow, HandlePlan handles, BitSet simple) {
        KeptHandles kept = new KeptHandles(method, flow, handles);
        if (flow.loops() && handles.knowsSources() && !simple.isEmpty()) {
            kept.find(simple);
        }
        if (flow.codeSize() + GROWTH * kept.positions.cardinality() > CodeSize.INLINED_LIMIT) {
            kept.positions.clear();
        }
        kept.reserve();
        return kept;
    }

    /** Finds the accesses in loops whose innermost one leaves the array variable as it is. */
    private void find(BitSet simple) {
        for (LoopFinder.Range range : LoopFinder.outerFirst(flow)) {
            BitSet set = new BitSet();
            for (int i = range.first(); i <= range.last(); i++) {
                if (flow.opcode(i) == Opcodes.ASTORE) {
                    set.set(((VarInsnNode) flow.at(i)).var);
                }
            }
            for (int i = range.first(); i <= range.last(); i++) {
                int local = ArrayAccess.of(flow.opcode(i)) == null ? -1 : handles.source(i);
                if (local >= 0) {
                    // what an inner loop says comes last
                    positions.set(i, !set.get(local) && simple.get(i));
                }
            }
        }
    }

    private void reserve() {
        for (int i = positions.nextSetBit(0); i >= 0; i = positions.nextSetBit(i + 1)) {
            slots.put(handles.source(i), 0);
        }
        for (Map.Entry<Integer, Integer> slot : slots.entrySet()) {
            slot.setValue(handles.reserve(2));
        }
    }

    /** The check of an access, or null if its array variable keeps no handle for it. */
    public InsnList check(int position, ArrayAccess access) {
        if (!positions.get(position)) {
            return null;
        }
        int handle = slots.get(handles.source(position));
        int changes = handle + 2;
        InsnList code = new InsnList();
        access.duplicateArrayAndIndex(code);
        code.add(new InsnNode(Opcodes.SWAP));
        // STACK: array, index [, value], index, array
        code.add(new VarInsnNode(Opcodes.LLOAD, handle));
        code.add(new VarInsnNode(Opcodes.LLOAD, changes));
        // STACK: array, index [, value], index, array, handle, changes
        code.add(Hook.CHANGES.call());
        code.add(new InsnNode(Opcodes.DUP2));
        code.add(new VarInsnNode(Opcodes.LSTORE, changes));
        code.add(Constants.push(access.shift()));
        // STACK: array, index [, value], index, array, handle, changes, now, shift
        code.add(Hook.KEPT.call());
        code.add(new InsnNode(Opcodes.DUP2));
        code.add(new VarInsnNode(Opcodes.LSTORE, handle));
        // STACK: array, index [, value], index, handle
        code.add(access.hoistedCheck());
        // STACK: array, index [, value]
        return code;
    }

    /** Begins the method with the handles of the parameters that keep one. */
    public void begin() {
        if (!slots.isEmpty()) {
            InsnList code = new InsnList();
            FrameNode start = FrameTypes.atStart(method);
            for (Map.Entry<Integer, Integer> slot : slots.entrySet()) {
                int local = slot.getKey();
                boolean isThis = local == 0 && (method.access & Opcodes.ACC_STATIC) == 0;
                if (!isThis && FrameTypes.entry(start, local) instanceof String) {
                    code.add(new VarInsnNode(Opcodes.ALOAD, local));
                    lookUp(slot.getValue(), code);
                }
            }
            method.instructions.insert(code);
        }
    }

    /** Looks up the handle of the array on the stack. */
    private static void lookUp(int handle, InsnList code) {
        // STACK: array
        code.add(Hook.CHANGES.call());
        code.add(new VarInsnNode(Opcodes.LSTORE, handle + 2));
        code.add(Hook.HANDLE.call());
        // STACK: handle
        code.add(new VarInsnNode(Opcodes.LSTORE, handle));
        // STACK:
    }

    /** What comes before an instruction that sets a variable which keeps a handle; else null. */
    public InsnList set(int position) {
        if (slots.isEmpty() || flow.opcode(position) != Opcodes.ASTORE) {
            return null;
        }
        Integer handle = slots.get(((VarInsnNode) flow.at(position)).var);
        if (handle == null) {
            return null;
        }
        InsnList code = new InsnList();
        if (handles.source(position) == AbstractStack.NEW_OBJECT) {
            // it may be waiting for its constructor; the table never says 0
            code.add(new InsnNode(Opcodes.LCONST_0));
            code.add(new VarInsnNode(Opcodes.LSTORE, handle + 2));
        } else {
            code.add(new InsnNode(Opcodes.DUP));
            lookUp(handle, code);
        }
        return code;
    }
}
