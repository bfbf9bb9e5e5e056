package org.jkasan.agent.rewrite;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jkasan.agent.rewrite.catalogue.ArrayAccess;
import org.jkasan.agent.rewrite.catalogue.Barriers;
import org.jkasan.agent.rewrite.flow.FrameTypes;
import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.jkasan.agent.rewrite.loop.HandlePlan;
import org.jkasan.agent.rewrite.symbolic.Affine;
import org.jkasan.agent.rewrite.symbolic.ArrayOrigin;
import org.jkasan.agent.rewrite.symbolic.Evaluation;
import org.jkasan.agent.rewrite.symbolic.Terms;
import org.jkasan.agent.rewrite.symbolic.TurnState;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Which accesses of array elements need no check, since the same element was checked for the same
 * kind of access before, or since the array has just been made; and which are of one array, so that
 * its handle needs to be looked up only once.
 */
final class RepeatedAccesses {

    /*
     * The pass knows what it knows from one place where ways meet, or handler, to the next: a
     * conditional jump in between only leaves, and a label to which one jump leads and nothing
     * else begins with what was known at the jump. So the earlier access has happened whenever the
     * later one does, unless it threw. What is taken for granted:
     *   - no instruction between the two is a barrier (Barriers), so nothing was freed by this
     *     thread, and an array made since the last barrier is tracked by nobody;
     *   - a check reports, and the access goes on: what was reported once is the same bug again;
     *   - for a handle the same holds as for a check: a barrier ends it.
     * Which accesses stand for which, so that no distinct bug is lost: a load for later loads of
     * the same element, a store for later stores. A load does not stand for a store: the report of
     * a store is another one, and kasan.fault=panic_on_write acts on stores alone.
     */

    /** More ways than one lead to a handler. */
    private static final int MANY = 2;

    private final MethodFlow flow;
    private final MethodNode method;
    private final int[] ways;
    private final Map<Integer, Known> known = new HashMap<>();
    private final int last;
    private final BitSet needless = new BitSet();
    private final HandlePlan handles;
    private final List<AccessGroup> groups = new ArrayList<>();
    private Accessed accessed = new Accessed();
    private TurnState state;
    private int names;

    /** A pass, up to the last access. */
    private RepeatedAccesses(MethodNode method, MethodFlow flow, HandlePlan handles, int last) {
        this.method = method;
        this.flow = flow;
        this.handles = handles;
        this.last = last;
        names = method.maxLocals;
        ways = new int[flow.size()];
    }

    /** What is known where a jump leads. */
    private record Known(TurnState state, Accessed accessed) {}

    /** What was accessed since the last barrier, or place of which nothing is known. */
    private static final class Accessed {

        private final Set<Element> checked;
        private final Map<Neighbours, AccessGroup> open;
        private final BitSet fresh;

        Accessed() {
            this(new HashSet<>(), new HashMap<>(), new BitSet());
        }

        private Accessed(Set<Element> checked, Map<Neighbours, AccessGroup> open, BitSet fresh) {
            this.checked = checked;
            this.open = open;
            this.fresh = fresh;
        }

        Accessed copy() {
            return isEmpty()
                    ? new Accessed()
                    : new Accessed(
                            new HashSet<>(checked), new HashMap<>(open), (BitSet) fresh.clone());
        }

        boolean isEmpty() {
            return checked.isEmpty() && open.isEmpty() && fresh.isEmpty();
        }
    }

    /** An element of an array that a kind of access was checked for. */
    private record Element(int array, ArrayAccess access, Affine index) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Element element
                    && array == element.array
                    && access == element.access
                    && index.equals(element.index);
        }

        @Override
        public int hashCode() {
            return 31 * (31 * array + access.ordinal()) + index.hashCode();
        }
    }

    /** Elements of an array whose indexes differ by constants; null: any whose index is unknown. */
    private record Neighbours(int array, Terms terms) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Neighbours neighbours
                    && array == neighbours.array
                    && Objects.equals(terms, neighbours.terms);
        }

        @Override
        public int hashCode() {
            return 31 * array + Objects.hashCode(terms);
        }
    }

    /**
     * Those of a method.
     *
     * @param handles of loops; accesses that have one of these are in no group
     */
    static RepeatedAccesses in(MethodNode method, MethodFlow flow, HandlePlan handles) {
        int last = lastIn(flow);
        RepeatedAccesses pass = new RepeatedAccesses(method, flow, handles, last);
        if (last >= 0) {
            pass.run();
        }
        return pass;
    }

    /**
     * Position of the last access of a method that has two, or one and perhaps an array of its own;
     * -1 of others.
     */
    private static int lastIn(MethodFlow flow) {
        int accesses = 0;
        int last = -1;
        boolean makes = false;
        for (int i = 0; i < flow.size(); i++) {
            int opcode = flow.opcode(i);
            if (ArrayAccess.of(opcode) != null) {
                accesses++;
                last = i;
            }
            makes |= opcode == Opcodes.NEWARRAY;
        }
        return accesses > 1 || makes ? last : -1;
    }

    /** Positions of the accesses that need no check. */
    BitSet needless() {
        return needless;
    }

    /** The groups of accesses that share a handle; some have but one. */
    List<AccessGroup> groups() {
        return groups;
    }

    private void run() {
        for (int i : flow.jumps()) {
            for (int target : flow.targets(i)) {
                ways[target]++;
            }
        }
        for (MethodFlow.TryBlock block : flow.tryBlocks()) {
            ways[block.handler()] = MANY;
        }
        begin(FrameTypes.atStart(method));
        for (int i = 0; i <= last; i++) {
            AbstractInsnNode instruction = flow.at(i);
            if (instruction instanceof LabelNode && ways[i] > 0) {
                arrive(i);
            } else if (instruction.getOpcode() >= 0 && state != null) {
                step(i, instruction);
            }
        }
    }

    private void arrive(int label) {
        Known there = known.remove(label);
        if (there == null || state != null) {
            begin(flow.frameAt(label));
        } else {
            state = there.state;
            accessed = there.accessed;
        }
    }

    private void leaveFor(int position, int target) {
        if (ways[target] == 1 && target > position) {
            known.put(target, new Known(state.copy(), accessed.copy()));
        }
    }

    private void begin(FrameNode frame) {
        forget();
        state =
                frame == null
                        ? null
                        : TurnState.at(
                                frame,
                                method.maxLocals,
                                method.maxStack,
                                new boolean[method.maxLocals]);
    }

    private void forget() {
        if (!accessed.isEmpty()) {
            accessed = new Accessed();
        }
    }

    private void step(int position, AbstractInsnNode instruction) {
        int opcode = instruction.getOpcode();
        if (opcode == Opcodes.JSR || opcode == Opcodes.RET) {
            state = null;
            return;
        }
        ArrayAccess access = ArrayAccess.of(opcode);
        if (access != null && state.peek(access.arrayDepth()) instanceof ArrayOrigin.Held array) {
            access(position, access, array, state.peek(access.arrayDepth() - 1));
        }
        Evaluation.execute(instruction, state);
        if (Barriers.isBarrier(instruction)) {
            forget();
        }
        if (opcode == Opcodes.NEWARRAY) {
            accessed.fresh.set(names);
        }
        if (pushesArray(instruction)) {
            state.pop();
            state.push(new ArrayOrigin.Held(names++));
        }
        for (int target : flow.targets(position)) {
            leaveFor(position, target);
        }
        if (!flow.fallsThrough(position)) {
            state = null;
        }
    }

    private void access(int position, ArrayAccess access, ArrayOrigin.Held array, Object index) {
        Affine exact = index instanceof Affine affine && affine.isExact() ? affine : null;
        boolean repeated =
                exact != null && !accessed.checked.add(new Element(array.local(), access, exact));
        if (repeated || accessed.fresh.get(array.local())) {
            needless.set(position);
        } else if (handles.slotForAccess(position) < 0) {
            group(position, array.local(), exact);
        }
    }

    private void group(int position, int array, Affine index) {
        Neighbours key = new Neighbours(array, index == null ? null : index.terms());
        AccessGroup group = accessed.open.get(key);
        if (group == null) {
            group = new AccessGroup(position, index);
            accessed.open.put(key, group);
            groups.add(group);
        } else {
            group.add(position, index);
        }
    }

    private static boolean pushesArray(AbstractInsnNode instruction) {
        return switch (instruction.getOpcode()) {
            case Opcodes.NEWARRAY, Opcodes.AALOAD -> true;
            case Opcodes.GETFIELD, Opcodes.GETSTATIC ->
                    Type.getType(((FieldInsnNode) instruction).desc).getSort() == Type.ARRAY;
            default -> false;
        };
    }
}
