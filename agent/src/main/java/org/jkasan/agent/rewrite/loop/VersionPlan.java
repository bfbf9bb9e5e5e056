package org.jkasan.agent.rewrite.loop;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jkasan.agent.rewrite.catalogue.ArrayAccess;
import org.jkasan.agent.rewrite.flow.CodeSize;
import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.jkasan.agent.rewrite.hook.Hook;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Which innermost loops of a method get a {@link LoopVersion}. */
final class VersionPlan {

    /** Bytes of code: larger loops are not copied, and gain little by it. */
    private static final int MOST_COPIED = 400;

    /** By how many times its size a loop grows that is copied: the copy, and the checks. */
    private static final int COPY_GROWTH = 2;

    /** Bytes of code that decide, about. */
    private static final int ENTRY_SIZE = 40;

    /** Each entry into a loop gets the code that decides. */
    private static final int MOST_ENTRIES = 2;

    private final MethodNode method;
    private final MethodFlow flow;
    private final HandlePlan handles;
    private final List<LoopVersion> versions = new ArrayList<>();
    private int slots;

    private VersionPlan(MethodNode method, MethodFlow flow, HandlePlan handles) {
        this.method = method;
        this.flow = flow;
        this.handles = handles;
    }

    /** The plan for the innermost of these loops. */
    static VersionPlan of(
            MethodNode method, MethodFlow flow, HandlePlan handles, List<Loop> innermost) {
        VersionPlan plan = new VersionPlan(method, flow, handles);
        for (Loop loop : innermost) {
            plan.add(loop);
        }
        return plan;
    }

    List<LoopVersion> versions() {
        return versions;
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

    private void add(Loop loop) {
        HoistedLoop outer = outer(loop);
        LoopTurn turn = outer == null ? null : LoopTurn.of(flow, loop);
        if (turn == null || !isEnteredWithHandles(turn, outer)) {
            return;
        }
        LoopWalk walk = LoopWalk.of(flow, turn, method.maxLocals, method.maxStack);
        LoopRanges ranges = LoopRanges.of(walk, flow, handles);
        TreeMap<Integer, Integer> refined = new TreeMap<>();
        for (ElementRange range : ranges.ranges()) {
            refined.computeIfAbsent(range.array(), key -> handles.refined(refined.size()));
        }
        SortedSet<Integer> others = new TreeSet<>();
        Set<Hook> questions = EnumSet.noneOf(Hook.class);
        BitSet members = loop.members();
        for (int i = members.nextSetBit(0); i >= 0; i = members.nextSetBit(i + 1)) {
            ArrayAccess access = ArrayAccess.of(flow.opcode(i));
            if (access != null && !ranges.covered().get(i)) {
                if (handles.source(i) >= 0) {
                    others.add(handles.source(i));
                } else {
                    questions.add(access.tracked());
                }
            }
        }
        boolean decides =
                !refined.isEmpty()
                        || !others.isEmpty()
                        || !questions.isEmpty()
                        || !ranges.memory().isEmpty();
        boolean counted = !ranges.bounds().isEmpty();
        boolean copied = decides && (counted || isInlined(turn)) && isCopied(turn, outer);
        if (copied || !refined.isEmpty()) {
            versions.add(new LoopVersion(turn, ranges, refined, others, questions, copied));
            slots = Math.max(slots, refined.size());
        }
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
        for (int i = 0; i < flow.size(); i++) {
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

    private boolean isCopied(LoopTurn turn, HoistedLoop outer) {
        int head = turn.loop().head();
        for (int i = head; i <= turn.last(); i++) {
            if (flow.opcode(i) == Opcodes.ASTORE
                    && outer.handles().containsKey(((VarInsnNode) flow.at(i)).var)) {
                return false;
            }
        }
        return size(turn) <= MOST_COPIED && resume(flow, turn) != NOWHERE;
    }

    /**
     * Whether a copy leaves the method small enough to be inlined, or it is too large anyway: a
     * loop of which nobody knows how long it runs may well be short.
     */
    private boolean isInlined(LoopTurn turn) {
        int before = CodeSize.of(method.instructions);
        return before > CodeSize.INLINED_LIMIT
                || before + COPY_GROWTH * size(turn) + ENTRY_SIZE <= CodeSize.INLINED_LIMIT;
    }

    private int size(LoopTurn turn) {
        int size = 0;
        for (int i = turn.loop().head(); i <= turn.last(); i++) {
            size += CodeSize.of(flow.at(i));
        }
        return size;
    }

    /** The copy of a loop cannot end where the loop does. */
    private static final int NOWHERE = -1;

    /** The copy of a loop leaves it by jumps alone. */
    static final int NOT_NEEDED = -2;

    /**
     * Where control goes on that falls out of the end of a loop's copy: a label that has a frame.
     * Where there is none behind the loop, it is the loop's own last test, if that can be made
     * twice.
     */
    static int resume(MethodFlow flow, LoopTurn turn) {
        int last = turn.last();
        if (!flow.fallsThrough(last)) {
            return NOT_NEEDED;
        }
        if (last + 1 < flow.size()
                && flow.at(last + 1) instanceof LabelNode
                && flow.frameAt(last + 1) != null) {
            return last + 1;
        }
        if (turn.entry() == turn.loop().head()) {
            return NOWHERE;
        }
        for (int i = turn.entry(); i <= last; i++) {
            if (!onlyTests(flow.opcode(i))) {
                return NOWHERE;
            }
        }
        return turn.entry();
    }

    private static boolean onlyTests(int opcode) {
        return opcode < 0
                || opcode <= Opcodes.ALOAD
                || opcode == Opcodes.ARRAYLENGTH
                || opcode >= Opcodes.IADD
                        && opcode <= Opcodes.LXOR
                        && opcode != Opcodes.IDIV
                        && opcode != Opcodes.LDIV
                        && opcode != Opcodes.IREM
                        && opcode != Opcodes.LREM
                || opcode >= Opcodes.I2L && opcode <= Opcodes.IF_ACMPNE
                || opcode == Opcodes.IFNULL
                || opcode == Opcodes.IFNONNULL;
    }
}
