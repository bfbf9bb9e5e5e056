package org.jkasan.agent.rewrite.loop;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jkasan.agent.rewrite.catalogue.ArrayAccess;
import org.jkasan.agent.rewrite.catalogue.Catalogue;
import org.jkasan.agent.rewrite.catalogue.MemoryCall;
import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.jkasan.agent.rewrite.symbolic.Affine;
import org.jkasan.agent.rewrite.symbolic.ArrayOrigin;
import org.jkasan.agent.rewrite.symbolic.Evaluation;
import org.jkasan.agent.rewrite.symbolic.TurnState;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * One pass over the turn of a loop that finds which array elements it accesses, by what tests it
 * ends, and by how much it changes each variable, in terms of the variables at the turn's begin.
 */
final class LoopWalk {

    /**
     * An access of element {@code index} of an array.
     *
     * @param array where that comes from, in terms of the variables at the begin
     * @param tests how many tests come before it
     */
    record Access(int position, ArrayOrigin array, Affine index, int tests) {}

    /**
     * A call that accesses the memory of what a variable holds at the begin.
     *
     * @param address where, in the call's own terms; null for a relative one, and where not known
     */
    record Call(int position, MemoryCall call, int receiver, Affine address, int tests) {}

    /**
     * A test at which the loop ends unless the relation holds. Each turn passes it but the last.
     *
     * @param wide whether it compares longs
     * @param first whether nothing but such tests decides before what a turn does
     */
    record Test(Affine left, Relation stay, Affine right, boolean wide, boolean first) {}

    /** What is not settled after so many walks is left alone. */
    private static final int MOST_WALKS = 5;

    private final MethodFlow flow;
    private final LoopTurn turn;
    private final InnerLoops inner;
    private final Map<InnerLoops.Inner, TurnState> entered = new IdentityHashMap<>();
    private final Origins origins;
    private final TurnState[] arriving;
    private final int[] ways;
    private final boolean[] unknown;
    private final List<TurnState> ends = new ArrayList<>();
    private final List<Test> tests = new ArrayList<>();
    private final List<Access> accesses = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();
    private final List<Affine> casts = new ArrayList<>();
    private final TurnState begin;
    private TurnState state;

    /** Whether every turn has come here, on one way. */
    private boolean straight = true;

    private int otherExits;
    private boolean goesThroughBuffer;
    private boolean otherCalls;

    private LoopWalk(LoopWalks walks, LoopTurn turn, InnerLoops inner, boolean[] vary) {
        flow = walks.flow();
        this.turn = turn;
        this.inner = inner;
        origins = new Origins(walks, turn);
        this.unknown = vary;
        arriving = new TurnState[turn.size()];
        ways = turn.ways();
        begin = TurnState.at(turn.frame(), walks.maxLocals(), walks.maxStack(), vary);
        state = begin.copy();
    }

    /**
     * Walks until what is taken for granted of variables at a turn's begin holds at its ends: that
     * each has changed by a constant, or not at all, or is not known.
     *
     * @param inner the loops in it
     * @return null where the loop cannot be followed
     */
    static LoopWalk of(LoopWalks walks, LoopTurn turn, InnerLoops inner) {
        boolean[] unknown = new boolean[walks.maxLocals()];
        for (int i = 0; i < MOST_WALKS; i++) {
            LoopWalk walk = new LoopWalk(walks, turn, inner, unknown);
            if (!walk.run()) {
                return null;
            }
            if (!walk.learns()) {
                return walk;
            }
        }
        return null;
    }

    /** What holds where a loop in this one is entered, or null where it is not known. */
    TurnState entered(InnerLoops.Inner loop) {
        return entered.get(loop);
    }

    /**
     * Where the array that is accessed at a position comes from, which is the same in all turns;
     * null where it is not known.
     */
    ArrayOrigin origin(int position) {
        return origins.at(position);
    }

    List<Access> accesses() {
        return accesses;
    }

    /** The access at a position; null where too little is known of it. */
    Access access(int position) {
        for (Access access : accesses) {
            if (access.position() == position) {
                return access;
            }
        }
        return null;
    }

    List<Call> calls() {
        return calls;
    }

    /** Whether the loop makes other calls of the catalogue, which may move a buffer's bounds. */
    boolean callsOthers() {
        return otherCalls;
    }

    /** The ints that are made longs. */
    List<Affine> casts() {
        return casts;
    }

    List<Test> tests() {
        return tests;
    }

    /** Whether the loop may end in another way than by its tests or an exception. */
    boolean endsOtherwise() {
        return otherExits > 0;
    }

    /** Whether the loop asks what remains of a buffer, and so may go through all of it. */
    boolean goesThroughBuffer() {
        return goesThroughBuffer;
    }

    /** By how much a turn changes an int variable: an inexact constant; null if not known. */
    Affine step(int local) {
        if (!(begin.local(local) instanceof Affine value)) {
            return null;
        }
        Affine step = null;
        for (TurnState end : ends) {
            Affine change = ((Affine) end.local(local)).minus(value);
            step = step == null ? change : step.or(change);
        }
        return step;
    }

    private boolean learns() {
        boolean learns = false;
        for (int local = 0; local < unknown.length; local++) {
            Object value = begin.local(local);
            for (TurnState end : ends) {
                if (value != null && !follows(value, end.local(local))) {
                    unknown[local] = true;
                    learns = true;
                }
            }
        }
        return learns;
    }

    private static boolean follows(Object value, Object end) {
        if (value instanceof Affine before) {
            return end instanceof Affine after && after.sameTerms(before);
        }
        return end instanceof ArrayOrigin.Held after
                && value instanceof ArrayOrigin.Held before
                && after.local() == before.local();
    }

    private boolean run() {
        for (int index = 0; index < turn.size(); index++) {
            int position = turn.position(index);
            if (turn.contains(position) && !step(index, position)) {
                return false;
            }
        }
        return !ends.isEmpty();
    }

    /** Passes one position; false where the loop cannot be followed. */
    private boolean step(int index, int position) {
        AbstractInsnNode instruction = flow.at(position);
        if (instruction instanceof LabelNode) {
            return arrive(index, position);
        }
        int opcode = instruction.getOpcode();
        if (opcode < 0) {
            return true;
        }
        if (state == null || opcode == Opcodes.JSR || opcode == Opcodes.RET) {
            return false;
        }
        if (exits(position)) {
            test(position, opcode);
        }
        access(position, instruction);
        if (opcode == Opcodes.I2L && state.peek(0) instanceof Affine value) {
            casts.add(value);
        }
        Object field = origins.pass(position, instruction, state);
        Evaluation.execute(instruction, state);
        if (field != null) {
            state.pop();
            state.push(field);
        }
        for (int target : flow.targets(position)) {
            if (turn.contains(target) && !leaveFor(index, target)) {
                return false;
            }
        }
        straight &= staysStraight(position);
        return fall(index, position);
    }

    private boolean fall(int index, int position) {
        int next = position + 1;
        if (!flow.fallsThrough(position) || !turn.contains(next)) {
            state = null;
            return true;
        }
        if (turn.index(next) != index + 1) {
            // from the last instruction before the entry into it
            ends.add(state);
            state = null;
            return next == turn.entry();
        }
        return true;
    }

    private boolean arrive(int index, int position) {
        InnerLoops.Inner headed = inner.withHead(position);
        InnerLoops.Inner begun = inner.withEntry(position);
        if (headed != null && begun != headed) {
            return arriveAbove(headed);
        }
        boolean arrived = arrive(index);
        if (arrived && begun != null) {
            enter(begun);
        }
        return arrived;
    }

    /** Comes to the body of a loop that is entered below it. */
    private boolean arriveAbove(InnerLoops.Inner headed) {
        TurnState there = arriving[turn.index(headed.turn().entry())];
        if (state != null || there == null) {
            return false;
        }
        state = there.copy();
        straight = false;
        enter(headed);
        return true;
    }

    private void enter(InnerLoops.Inner begun) {
        if (state != null) {
            entered.putIfAbsent(begun, state.copy());
            state.forget(begun.variables());
            straight = false;
        }
    }

    private boolean arrive(int index) {
        if (index > 0) {
            straight &= ways[index] == 0 || state == null && ways[index] == 1;
        }
        if (state == null) {
            state = arriving[index];
            return true;
        }
        return arriving[index] == null || state.merge(arriving[index]);
    }

    private boolean leaveFor(int index, int target) {
        if (target == turn.entry()) {
            ends.add(state.copy());
            return true;
        }
        int to = turn.index(target);
        if (to <= index) {
            InnerLoops.Inner again = inner.withHead(target);
            return again != null && again.contains(turn.position(index));
        }
        if (arriving[to] == null) {
            arriving[to] = state.copy();
            return true;
        }
        return arriving[to].merge(state);
    }

    /** Whether control may leave the loop here: of a jump, on one of its two ways. */
    private boolean exits(int position) {
        boolean exits = flow.fallsThrough(position) && !turn.contains(position + 1);
        for (int target : flow.targets(position)) {
            exits |= !turn.contains(target);
        }
        return exits;
    }

    private void test(int position, int opcode) {
        int[] targets = flow.targets(position);
        boolean jumpStays = targets.length == 1 && turn.contains(targets[0]);
        boolean onlyWayBack =
                jumpStays
                        && targets[0] == turn.entry()
                        && turn.entry() == turn.loop().head()
                        && ways[0] == 1;
        Relation relation = Relation.of(opcode);
        if (relation != null && (straight || onlyWayBack)) {
            Relation stay = jumpStays ? relation : relation.opposite();
            boolean zero = opcode <= Opcodes.IFLE;
            Object left = state.peek(zero ? 0 : 1);
            Object right = zero ? Affine.constant(0) : state.peek(0);
            if (zero && left instanceof TurnState.Compared longs) {
                tests.add(new Test(longs.left(), stay, longs.right(), true, straight));
                return;
            }
            if (left instanceof Affine a && right instanceof Affine b) {
                tests.add(new Test(a, stay, b, false, straight));
                return;
            }
        }
        otherExits++;
    }

    /** Whether every turn goes on in one way, if it does not leave the loop. */
    private boolean staysStraight(int position) {
        int ways = flow.fallsThrough(position) && turn.contains(position + 1) ? 1 : 0;
        for (int target : flow.targets(position)) {
            ways += turn.contains(target) ? 1 : 0;
        }
        return ways <= 1;
    }

    private void access(int position, AbstractInsnNode instruction) {
        ArrayAccess access = ArrayAccess.of(instruction.getOpcode());
        if (access != null) {
            Object array = state.peek(access.arrayDepth());
            Object index = state.peek(access.arrayDepth() - 1);
            if (array instanceof ArrayOrigin origin && index instanceof Affine affine) {
                accesses.add(new Access(position, origin, affine, tests.size()));
            }
            return;
        }
        goesThroughBuffer |= instruction instanceof MethodInsnNode node && asksWhatRemains(node);
        MemoryCall call = MemoryCall.of(instruction);
        otherCalls |=
                call == null
                        && instruction instanceof MethodInsnNode node
                        && Catalogue.find(node) != null;
        if (call != null && state.peek(call.receiverDepth()) instanceof ArrayOrigin.Held held) {
            boolean known = !call.isRelative() && state.peek(call.addressDepth()) instanceof Affine;
            Affine at = known ? (Affine) state.peek(call.addressDepth()) : null;
            calls.add(new Call(position, call, held.local(), at, tests.size()));
        }
    }

    private static boolean asksWhatRemains(MethodInsnNode call) {
        return call.owner.startsWith("java/nio/")
                && (call.name.equals("hasRemaining") || call.name.equals("remaining"));
    }
}
