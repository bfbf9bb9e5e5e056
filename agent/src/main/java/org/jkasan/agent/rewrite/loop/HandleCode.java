package org.jkasan.agent.rewrite.loop;

import static org.objectweb.asm.Opcodes.ALOAD;
import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.LCONST_0;
import static org.objectweb.asm.Opcodes.LLOAD;
import static org.objectweb.asm.Opcodes.LSTORE;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.IntFunction;
import org.jkasan.agent.rewrite.catalogue.ArrayAccess;
import org.jkasan.agent.rewrite.flow.AbstractStack;
import org.jkasan.agent.rewrite.flow.FrameTypes;
import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.jkasan.agent.rewrite.hook.Hook;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * The code that keeps the handles of a {@link HandlePlan} right.
 *
 * <p>All are 0 from the start of the method on, so that every frame can declare them.
 */
public final class HandleCode {

    /** Slots of those variables. */
    private static final int SPARE = 2;

    private static final SortedMap<Integer, Hook> NONE = Collections.emptySortedMap();

    private final MethodNode method;
    private final MethodFlow flow;
    private final HandlePlan plan;
    private final UncommonCode uncommon;
    private final Map<LoopVersion, LoopCopy> copies = new IdentityHashMap<>();
    private final Map<AbstractInsnNode, Integer> copied = new LinkedHashMap<>();
    private final List<IndexGuards> guards = new ArrayList<>();

    /**
     * The code for one method.
     *
     * @param uncommon marks code in its class
     */
    public HandleCode(MethodNode method, MethodFlow flow, HandlePlan plan, UncommonCode uncommon) {
        this.method = method;
        this.flow = flow;
        this.plan = plan;
        this.uncommon = uncommon;
    }

    /**
     * Inserts it.
     *
     * @return the copies of instructions that need checks as these do, with their positions
     */
    public Map<AbstractInsnNode, Integer> insert() {
        for (LoopVersion version : plan.versions().versions()) {
            copies.put(version, new LoopCopy(method, flow, version.turn()));
        }
        // all ways into a loop have their code before a loop is copied that they come out of
        for (HoistedLoop loop : plan.loops()) {
            LoopVersion version = plan.versions().at(loop.loop().head());
            new LoopEntries(method, flow, loop.loop()).insert(new Entry(loop, version));
        }
        List<LoopVersion> nested = new ArrayList<>();
        for (LoopVersion version : plan.versions().versions()) {
            if (plan.versions().isInNest(version)) {
                nested.add(version);
            } else if (!plan.isHoisted(version.turn().loop())) {
                insertEntries(version);
            }
        }
        // a nest is copied as it was, without the versions in it
        copyAll(true);
        for (LoopVersion version : nested) {
            insertEntries(version);
        }
        copyAll(false);
        for (HoistedLoop loop : plan.loops()) {
            for (int position : plan.assignments(loop)) {
                assign(loop, position);
            }
        }
        completeFrames();
        method.maxLocals = turns() + SPARE;
        method.maxStack += VersionCode.EXTRA_STACK;
        return copied;
    }

    private void insertEntries(LoopVersion version) {
        new LoopEntries(method, flow, version.turn().loop()).insert(new Entry(null, version));
    }

    /** The code for the entries of one loop. */
    private final class Entry implements IntFunction<InsnList> {

        private final HoistedLoop loop;
        private final LoopVersion version;

        /** Of a loop with handles, or null; and of its version, or null. */
        Entry(HoistedLoop loop, LoopVersion version) {
            this.loop = loop;
            this.version = version;
        }

        @Override
        public InsnList apply(int target) {
            if (loop == null) {
                return decide(version, target, NONE);
            }
            boolean late = version != null && version.copied();
            InsnList handles = compute(loop, flow.frameAt(target), late && plan.callsHooks());
            InsnList decision = decide(version, target, late ? loop.handles() : NONE);
            InsnList code = new InsnList();
            code.add(late ? decision : handles);
            code.add(late ? handles : decision);
            return code;
        }
    }

    private void completeFrames() {
        // a loop without frames, of old class files, has the kept handles alone
        boolean waysMeet = flow.loops();
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof FrameNode frame) {
                FrameTypes.addLongs(frame, plan.firstSlot(), plan.slots());
                waysMeet = true;
            }
        }
        for (IndexGuards each : guards) {
            each.completeFrames();
        }
        if (waysMeet) {
            method.instructions.insert(zero());
        }
    }

    /** Variables behind those that frames know, for a moment each: the turns, or an index. */
    private int turns() {
        return plan.firstSlot() + 2 * plan.slots();
    }

    private void copyAll(boolean nests) {
        for (LoopVersion version : plan.versions().versions()) {
            if (version.nest() == nests) {
                copy(version);
            }
        }
    }

    private void copy(LoopVersion version) {
        if (!version.copied()) {
            return;
        }
        LoopTurn turn = version.turn();
        LoopCopy copy = copies.get(version);
        copy.insert();
        for (int i = turn.loop().head(); i <= turn.last(); i++) {
            boolean array = ArrayAccess.of(flow.opcode(i)) != null;
            if (!version.decides(i, array) || !turn.contains(i)) {
                copied.put(copy.of(i), i);
            }
        }
        if (!version.guarded().isEmpty()) {
            IndexGuards guarding = new IndexGuards(method, flow, version, copy, turns());
            guarding.insert();
            guards.add(guarding);
        }
    }

    private InsnList decide(LoopVersion version, int target, SortedMap<Integer, Hook> late) {
        if (version == null || target != version.turn().entry()) {
            return new InsnList();
        }
        LabelNode copy = copies.get(version).entry();
        return new VersionCode(version, plan, late, turns(), plan.versions().quantities(), uncommon)
                .make((LabelNode) flow.at(target), flow.frameAt(target), copy);
    }

    private InsnList zero() {
        InsnList code = new InsnList();
        for (int i = 0; i < plan.slots(); i++) {
            code.add(new InsnNode(LCONST_0));
            code.add(new VarInsnNode(LSTORE, plan.firstSlot() + 2 * i));
        }
        return code;
    }

    /**
     * The handles of the arrays that a loop uses and that are there where the frame holds.
     *
     * @param called by hooks that C1 calls
     */
    private InsnList compute(HoistedLoop loop, FrameNode frame, boolean called) {
        InsnList code = new InsnList();
        for (Map.Entry<Integer, Hook> handle : loop.handles().entrySet()) {
            int local = handle.getKey();
            if (FrameTypes.isArray(frame, local)) {
                code.add(new VarInsnNode(ALOAD, local));
                // STACK: ..., array
                code.add((called ? handle.getValue().called() : handle.getValue()).call());
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
