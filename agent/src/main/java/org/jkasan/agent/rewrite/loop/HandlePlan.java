package org.jkasan.agent.rewrite.loop;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jkasan.agent.rewrite.catalogue.ArrayAccess;
import org.jkasan.agent.rewrite.catalogue.Barriers;
import org.jkasan.agent.rewrite.catalogue.MemoryCall;
import org.jkasan.agent.rewrite.flow.CodeSize;
import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.jkasan.agent.rewrite.hook.Hook;
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
public final class HandlePlan {

    private final MethodFlow flow;
    private final int[] sources;
    private final List<HoistedLoop> loops = new ArrayList<>();
    private final Map<Integer, Integer> slots = new TreeMap<>();
    private final BitSet hoisted = new BitSet();
    private final int firstSlot;
    private VersionPlan versions;
    private int reserved;

    private HandlePlan(MethodFlow flow, int[] sources, int firstSlot) {
        this.flow = flow;
        this.sources = sources;
        this.firstSlot = firstSlot;
    }

    /**
     * The plan for a method; empty where it has no loop that handles would serve.
     *
     * @param versions whether innermost loops are to have versions
     */
    public static HandlePlan of(MethodNode method, MethodFlow flow, boolean versions) {
        int[] sources = flow.loops() ? ArraySources.of(flow, method.maxStack) : null;
        HandlePlan plan = new HandlePlan(flow, sources, method.maxLocals);
        LoopFinder finder = sources == null ? null : plan.fill(versions);
        plan.versions = VersionPlan.of(method, flow, plan, versions ? finder : null);
        return plan;
    }

    public boolean isEmpty() {
        return slots() == 0 && versions.versions().isEmpty();
    }

    /**
     * Whether checks outside of these loops may take so many bytes more: HotSpot inlines the method
     * as it would before, or does not in any case, for the copies of its loops say.
     */
    public boolean hasRoom(int growth) {
        int size = flow.codeSize();
        return size + versions.copiedSize() > CodeSize.INLINED_LIMIT
                || size + growth <= CodeSize.INLINED_LIMIT;
    }

    VersionPlan versions() {
        return versions;
    }

    /**
     * The spare variable with the handle for the access at a position, or -1 where there is none.
     */
    public int slotForAccess(int position) {
        if (!hoisted.get(position)) {
            return -1;
        }
        int refined = versions.slotForAccess(position, sources[position]);
        return refined >= 0 ? refined : slots.get(sources[position]);
    }

    /**
     * Whether the check at a position is in a loop that runs only if something is tracked, in a
     * method that {@link #callsHooks}.
     */
    public boolean isCalled(int position) {
        return callsHooks() && versions.hasCopy(position);
    }

    /**
     * Whether what runs only if something is tracked is left to hooks that C1 calls. It compiles
     * all that there is, and takes longer over a large method than that is larger.
     */
    boolean callsHooks() {
        return flow.codeSize() > CodeSize.INLINED_LIMIT;
    }

    /** The spare variable of an array variable. */
    int slot(int local) {
        return slots.get(local);
    }

    /** The first spare variable; each takes two slots. */
    int firstSlot() {
        return firstSlot;
    }

    /** A spare variable behind those with a handle, for a refined one. */
    int refined(int index) {
        return firstSlot + 2 * (slots.size() + index);
    }

    /** A spare variable behind all those of loops, which has to be reserved. */
    public int spare(int index) {
        return refined(versions.slots() + index);
    }

    /** Reserves spare variables behind those of loops and those reserved before; the first one. */
    public int reserve(int count) {
        int first = spare(reserved);
        reserved += count;
        return first;
    }

    /** Number of spare variables. */
    int slots() {
        return slots.size() + versions.slots() + reserved;
    }

    /** Whether handles are computed where a loop is entered. */
    boolean isHoisted(Loop loop) {
        for (HoistedLoop each : loops) {
            if (each.loop().head() == loop.head()) {
                return true;
            }
        }
        return false;
    }

    List<HoistedLoop> loops() {
        return loops;
    }

    /** Whether the code could be followed. */
    boolean knowsSources() {
        return sources != null;
    }

    /** Where the array accessed at a position, or the value that an ASTORE stores, came from. */
    int source(int position) {
        return sources[position];
    }

    /** Finds the loops; the answer is null if there are none. */
    private LoopFinder fill(boolean versions) {
        BitSet accesses = new BitSet();
        BitSet wanted = new BitSet();
        for (int i = 0; i < flow.size(); i++) {
            if (ArrayAccess.of(flow.opcode(i)) != null) {
                accesses.set(i, sources[i] >= 0);
                wanted.set(i, sources[i] >= 0 || versions);
            } else if (versions && MemoryCall.of(flow.at(i)) != null) {
                wanted.set(i);
            }
        }
        if (wanted.isEmpty()) {
            return null;
        }
        LoopFinder finder = new LoopFinder(flow, Barriers.in(flow), wanted);
        for (Loop loop : finder.find()) {
            if (entriesHaveFrames(loop)) {
                add(loop, accesses);
            }
        }
        return finder;
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
            slots.putIfAbsent(local, firstSlot + 2 * slots.size());
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
        for (int i : flow.jumps()) {
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
        int[] positions = new int[set.cardinality()];
        int count = 0;
        for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) {
            positions[count++] = i;
        }
        return positions;
    }
}
