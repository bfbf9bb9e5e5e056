package org.jkasan.agent.rewrite.loop;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jkasan.agent.rewrite.catalogue.MemoryCall;
import org.jkasan.agent.rewrite.flow.CodeSize;
import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.jkasan.agent.rewrite.symbolic.RowLengths;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Which loops of a method get a {@link LoopVersion}: innermost ones, and the outermost ones around
 * them.
 */
final class VersionPlan {

    /** Bytes of code: larger loops are not copied, and gain little by it. */
    private static final int MOST_COPIED = 400;

    /** The same for loops with others in them, which run longer. */
    private static final int MOST_NESTED = 1000;

    /** By how many times its size a loop grows that is copied: the copy, and the checks. */
    private static final int COPY_GROWTH = 2;

    /** Bytes of code that decide, about. */
    private static final int ENTRY_SIZE = 40;

    /** The same for a loop with others in it. */
    private static final int NEST_ENTRY_SIZE = 60;

    /** By how many times its size an innermost loop grows that has ranges, about. */
    private static final int RANGES_GROWTH = 3;

    /** Each entry into a loop gets the code that decides. */
    private static final int MOST_ENTRIES = 2;

    private final MethodNode method;
    private final MethodFlow flow;
    private final HandlePlan handles;
    private final LoopWalks walks;
    private final List<LoopVersion> versions = new ArrayList<>();
    private int slots;

    /** Bytes of code that the method is going to have with the loops that have others in them. */
    private int sizeWithNests;

    private VersionPlan(MethodNode method, MethodFlow flow, HandlePlan handles) {
        this.method = method;
        this.flow = flow;
        this.handles = handles;
        walks = new LoopWalks(flow, method.maxLocals, method.maxStack, new RowLengths());
    }

    /** The plan for a method; empty if there is no finder of loops. */
    static VersionPlan of(
            MethodNode method, MethodFlow flow, HandlePlan handles, LoopFinder finder) {
        VersionPlan plan = new VersionPlan(method, flow, handles);
        if (finder != null) {
            BitSet taken = new BitSet();
            for (Loop nest : finder.nests()) {
                if (!taken.intersects(nest.members()) && plan.addNest(nest, finder.within(nest))) {
                    taken.or(nest.members());
                }
            }
            for (Loop loop : finder.innermost()) {
                if (!taken.intersects(loop.members()) || plan.hasRoomInNest(loop)) {
                    plan.add(loop);
                }
            }
        }
        return plan;
    }

    List<LoopVersion> versions() {
        return versions;
    }

    /** What the code at the loops' entries is made of. */
    Quantities quantities() {
        return new Quantities(flow.ownFields(), walks.rowLengths(), handles.callsHooks());
    }

    /** Whether a loop is in another one that has a version. */
    boolean isInNest(LoopVersion version) {
        int head = version.turn().loop().head();
        for (LoopVersion each : versions) {
            if (each != version && each.nest() && each.turn().contains(head)) {
                return true;
            }
        }
        return false;
    }

    /** Bytes of code of the loops that are copied, without the checks and what decides. */
    int copiedSize() {
        int size = 0;
        for (LoopVersion version : versions) {
            size += version.copied() ? size(version.turn()) : 0;
        }
        return size;
    }

    /** Number of spare variables that the versions share for refined handles. */
    int slots() {
        return slots;
    }

    /** The version of a loop that begins at a label, or null. */
    LoopVersion at(int head) {
        for (LoopVersion version : versions) {
            if (version.turn().loop().head() == head) {
                return version;
            }
        }
        return null;
    }

    /** Whether an instruction is in a loop that is copied. */
    boolean hasCopy(int position) {
        for (LoopVersion version : versions) {
            if (version.copied() && version.turn().contains(position)) {
                return true;
            }
        }
        return false;
    }

    /** The spare variable with the refined handle for an access, or -1. */
    int slotForAccess(int position, int array) {
        for (LoopVersion version : versions) {
            int slot = version.slotForAccess(position, array);
            if (slot >= 0) {
                return slot;
            }
        }
        return -1;
    }

    /** Adds the version of a loop with others in it; whether there is one. */
    private boolean addNest(Loop loop, List<Loop> within) {
        HoistedLoop outer = outer(loop);
        LoopTurn turn = outer == null ? null : LoopTurn.of(flow, loop);
        if (turn == null || !isEnteredWithHandles(turn, outer)) {
            return false;
        }
        InnerLoops inner = InnerLoops.of(flow, loop, within);
        LoopWalk walk = inner == null ? null : walks.of(turn, inner);
        if (walk == null
                || size(turn) > MOST_NESTED
                || !isCopied(turn, outer)
                || !IndexGuards.fit(flow, turn)) {
            return false;
        }
        BitSet calls = new BitSet();
        TreeSet<Integer> buffers = buffers(walk, calls);
        if (hasOtherMemoryCalls(turn, calls)) {
            return false;
        }
        VersionDraft draft =
                new VersionDraft(
                        flow,
                        handles,
                        outer,
                        walk,
                        new BitSet(),
                        InnerLoops.variables(flow, turn),
                        true);
        draft.add(loop);
        Inside inside = IndexProof.of(walks, turn, inner, walk, draft.guarded());
        versions.add(
                new LoopVersion(
                        turn,
                        LoopRanges.onlyBounds(walk, walks.rowLengths()),
                        new TreeMap<>(),
                        draft.others(),
                        draft.questions(),
                        draft.wholes(),
                        inside,
                        inside == null ? draft.guarded() : new TreeMap<>(),
                        buffers,
                        calls,
                        NestTurns.of(walks, turn, inner, walk),
                        true,
                        true));
        sizeWithNests = sizeWithNests == 0 ? flow.codeSize() : sizeWithNests;
        sizeWithNests += COPY_GROWTH * size(turn) + NEST_ENTRY_SIZE;
        return true;
    }

    /**
     * Whether an innermost loop, for which there are ranges if not all of the arrays is accessible,
     * leaves the method small enough to be inlined, or it is too large anyway.
     */
    private boolean hasRoomInNest(Loop loop) {
        int growth =
                RANGES_GROWTH * flow.codeSize(loop.head(), loop.members().length() - 1)
                        + ENTRY_SIZE;
        return sizeWithNests > CodeSize.INLINED_LIMIT
                || sizeWithNests + growth <= CodeSize.INLINED_LIMIT;
    }

    /** The buffers that a nest finds in the same variables all the time, and their calls. */
    private static TreeSet<Integer> buffers(LoopWalk walk, BitSet calls) {
        TreeSet<Integer> buffers = new TreeSet<>();
        for (LoopWalk.Call call : walk.calls()) {
            if (!call.call().isKernel() && !walk.callsOthers()) {
                buffers.add(call.receiver());
                calls.set(call.position());
            }
        }
        return buffers;
    }

    private boolean hasOtherMemoryCalls(LoopTurn turn, BitSet calls) {
        for (int i = turn.loop().head(); i <= turn.last(); i++) {
            if (MemoryCall.of(flow.at(i)) != null && !calls.get(i)) {
                return true;
            }
        }
        return false;
    }

    private void add(Loop loop) {
        HoistedLoop outer = outer(loop);
        LoopTurn turn = outer == null ? null : LoopTurn.of(flow, loop);
        if (turn == null || !isEnteredWithHandles(turn, outer)) {
            return;
        }
        LoopWalk walk = walks.of(turn, InnerLoops.none());
        LoopRanges ranges = LoopRanges.of(walk, flow, handles);
        boolean counted = !ranges.bounds().isEmpty();
        boolean copyable =
                (counted || isInlined(turn)) && size(turn) <= MOST_COPIED && isCopied(turn, outer);
        boolean whole = copyable && counted && !ranges.mayEndEarly() && IndexGuards.fit(flow, turn);
        VersionDraft draft =
                new VersionDraft(
                        flow,
                        handles,
                        outer,
                        walk,
                        ranges.covered(),
                        InnerLoops.variables(flow, turn),
                        whole);
        draft.add(loop);
        boolean copied =
                copyable
                        && (!ranges.ranges().isEmpty()
                                || !draft.isEmpty()
                                || !ranges.memory().isEmpty());
        TreeMap<Integer, Integer> refined = copied ? new TreeMap<>() : refined(ranges);
        if (copied || !refined.isEmpty()) {
            Inside inside = IndexProof.of(walks, turn, InnerLoops.none(), walk, draft.guarded());
            versions.add(
                    new LoopVersion(
                            turn,
                            ranges,
                            refined,
                            draft.others(),
                            draft.questions(),
                            draft.wholes(),
                            inside,
                            inside == null ? draft.guarded() : new TreeMap<>(),
                            new TreeSet<>(),
                            new BitSet(),
                            List.of(),
                            false,
                            copied));
            slots = Math.max(slots, refined.size());
        }
    }

    private TreeMap<Integer, Integer> refined(LoopRanges ranges) {
        TreeMap<Integer, Integer> refined = new TreeMap<>();
        for (ElementRange range : ranges.ranges()) {
            refined.putIfAbsent(range.array(), handles.refined(refined.size()));
        }
        return refined;
    }

    private HoistedLoop outer(Loop loop) {
        for (HoistedLoop hoisted : handles.loops()) {
            BitSet outside = (BitSet) loop.members().clone();
            outside.andNot(hoisted.loop().members());
            if (outside.isEmpty()) {
                return hoisted;
            }
        }
        return null;
    }

    private boolean isEnteredWithHandles(LoopTurn turn, HoistedLoop outer) {
        boolean same = outer.loop().head() == turn.loop().head();
        int entries = 0;
        for (int i : flow.jumps()) {
            for (int target : flow.targets(i)) {
                if (target == turn.entry() && !turn.contains(i)) {
                    entries++;
                    if (!same && !outer.loop().contains(i)) {
                        return false;
                    }
                }
            }
        }
        int head = turn.loop().head();
        if (flow.reachedFromAbove(head)) {
            entries++;
            if (!same && !outer.loop().contains(head - 1)) {
                return false;
            }
        }
        return entries <= MOST_ENTRIES;
    }

    /**
     * Whether a copy does the same as the loop. It does not keep handles up to date, so where there
     * are some behind it, it must not set a variable that has one.
     */
    private boolean isCopied(LoopTurn turn, HoistedLoop outer) {
        int head = turn.loop().head();
        for (int i = head; i <= turn.last(); i++) {
            if (flow.opcode(i) == Opcodes.ASTORE
                    && outer.loop().head() != head
                    && outer.handles().containsKey(((VarInsnNode) flow.at(i)).var)) {
                return false;
            }
        }
        return LoopCopy.resume(flow, turn) != LoopCopy.NOWHERE;
    }

    /**
     * Whether a copy leaves the method small enough to be inlined, or it is too large anyway: a
     * loop of which nobody knows how long it runs may well be short.
     */
    private boolean isInlined(LoopTurn turn) {
        int growth = COPY_GROWTH * size(turn) + ENTRY_SIZE;
        return CodeSize.staysInlined(flow.codeSize(), growth);
    }

    private int size(LoopTurn turn) {
        return flow.codeSize(turn.loop().head(), turn.last());
    }
}
