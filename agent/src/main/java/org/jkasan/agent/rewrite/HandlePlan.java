package org.jkasan.agent.rewrite;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Which array variables of a method get a handle of their own, where it holds, and in which spare
 * local variable it lives.
 *
 * <p>A handle is what the runtime's {@code handle} answered for the array; 0 where it is not
 * tracked. It is right in the loops of the plan and nowhere else: computed at each entry into such
 * a loop, and again where the loop sets the variable. Asking once, and not at each access, is what
 * lets HotSpot unswitch and vectorise a loop over arrays that are not tracked.
 */
final class HandlePlan {

    private final MethodFlow flow;
    private final int[] sources;
    private final List<HoistedLoop> loops = new ArrayList<>();
    private final Map<Integer, Integer> slots = new TreeMap<>();
    private final BitSet hoisted = new BitSet();
    private final int firstSlot;

    private HandlePlan(MethodFlow flow, int[] sources, int firstSlot) {
        this.flow = flow;
        this.sources = sources;
        this.firstSlot = firstSlot;
    }

    /** The plan for a method; empty where it has no loop that handles would serve. */
    static HandlePlan of(MethodNode method, MethodFlow flow) {
        int[] sources = flow.loops() ? ArraySources.of(flow, method.maxStack) : null;
        HandlePlan plan = new HandlePlan(flow, sources, method.maxLocals);
        if (sources != null) {
            plan.fill();
        }
        return plan;
    }

    boolean isEmpty() {
        return slots.isEmpty();
    }

    /**
     * The spare variable with the handle for the access at a position, or -1 where there is none.
     */
    int slotForAccess(int position) {
        return hoisted.get(position) ? slots.get(sources[position]) : -1;
    }

    /** The spare variable of an array variable. */
    int slot(int local) {
        return slots.get(local);
    }

    /** The first spare variable; each takes two slots. */
    int firstSlot() {
        return firstSlot;
    }

    /** Number of handles. */
    int handles() {
        return slots.size();
    }

    List<HoistedLoop> loops() {
        return loops;
    }

    /** Where the value that the ASTORE at a position stores came from. */
    int source(int position) {
        return sources[position];
    }

    private void fill() {
        BitSet accesses = new BitSet();
        for (int i = 0; i < flow.size(); i++) {
            if (sources[i] >= 0 && flow.opcode(i) != Opcodes.ASTORE) {
                accesses.set(i);
            }
        }
        if (accesses.isEmpty()) {
            return;
        }
        List<Loop> found = new LoopFinder(flow, Barriers.in(flow), accesses).find();
        for (Loop loop : found) {
            if (entriesHaveFrames(loop)) {
                add(loop, accesses);
            }
        }
    }

    private void add(Loop loop, BitSet accesses) {
        TreeMap<Integer, Hook> handles = new TreeMap<>();
        for (int i : positions(loop.members())) {
            if (accesses.get(i)) {
                hoisted.set(i);
                add(handles, sources[i], ArrayAccess.of(flow.opcode(i)).handle());
            }
        }
        while (addCopied(loop, handles)) {
            // what was added may itself be a copy
        }
        for (int local : handles.keySet()) {
            slots.computeIfAbsent(local, key -> firstSlot + 2 * slots.size());
        }
        loops.add(new HoistedLoop(loop, handles));
    }

    /** Adds the variables that those with a handle are set to; whether there was any. */
    private boolean addCopied(Loop loop, SortedMap<Integer, Hook> handles) {
        boolean added = false;
        for (int i : assignments(new HoistedLoop(loop, handles))) {
            Hook handle = handles.get(((VarInsnNode) flow.at(i)).var);
            added |= sources[i] >= 0 && add(handles, sources[i], handle);
        }
        return added;
    }

    /** Adds a variable and what gives its handle; whether that changed anything. */
    private static boolean add(SortedMap<Integer, Hook> handles, int local, Hook handle) {
        Hook before = handles.get(local);
        // two sizes: the slot is used for one variable, then for another
        Hook both = before == null || before == handle ? handle : Hook.HANDLE;
        handles.put(local, both);
        return both != before;
    }

    private boolean entriesHaveFrames(Loop loop) {
        for (int i = 0; i < flow.size(); i++) {
            for (int target : flow.targets(i)) {
                if (loop.contains(target) && flow.frameAt(target) == null) {
                    return false;
                }
            }
        }
        for (MethodFlow.TryBlock block : flow.tryBlocks()) {
            if (loop.contains(block.handler()) && flow.frameAt(block.handler()) == null) {
                return false;
            }
        }
        return true;
    }

    /** Positions in a loop at which a variable with a handle is set. */
    List<Integer> assignments(HoistedLoop hoistedLoop) {
        List<Integer> assignments = new ArrayList<>();
        for (int i : positions(hoistedLoop.loop().members())) {
            if (flow.opcode(i) == Opcodes.ASTORE
                    && hoistedLoop.handles().containsKey(((VarInsnNode) flow.at(i)).var)) {
                assignments.add(i);
            }
        }
        return assignments;
    }

    private static int[] positions(BitSet set) {
        return set.stream().toArray();
    }
}
