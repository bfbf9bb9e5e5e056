package org.jkasan.agent.rewrite.loop;

import java.util.BitSet;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jkasan.agent.rewrite.catalogue.ArrayAccess;
import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.jkasan.agent.rewrite.hook.Hook;
import org.jkasan.agent.rewrite.symbolic.ArrayOrigin;

/** What has to be known of the arrays of a loop whose accesses no range covers. */
final class VersionDraft {

    private final MethodFlow flow;
    private final HandlePlan handles;
    private final HoistedLoop outer;
    private final LoopWalk walk;
    private final BitSet covered;
    private final BitSet variables;
    private final boolean whole;
    private final SortedSet<Integer> others = new TreeSet<>();
    private final Set<Hook> questions = EnumSet.noneOf(Hook.class);
    private final Set<Whole> wholes = new LinkedHashSet<>();
    private final SortedMap<Integer, Whole> guarded = new TreeMap<>();

    /**
     * An empty one.
     *
     * @param outer the loop with the handles
     * @param walk through the loop, or null
     * @param covered positions of the accesses that ranges cover
     * @param variables that the loop sets
     * @param whole whether arrays may be looked at in whole
     */
    VersionDraft(
            MethodFlow flow,
            HandlePlan handles,
            HoistedLoop outer,
            LoopWalk walk,
            BitSet covered,
            BitSet variables,
            boolean whole) {
        this.flow = flow;
        this.handles = handles;
        this.outer = outer;
        this.walk = walk;
        this.covered = covered;
        this.whole = whole;
        this.variables = variables;
    }

    /** Adds the accesses of a loop. */
    void add(Loop loop) {
        BitSet members = loop.members();
        for (int i = members.nextSetBit(0); i >= 0; i = members.nextSetBit(i + 1)) {
            ArrayAccess access = ArrayAccess.of(flow.opcode(i));
            if (access != null && !covered.get(i)) {
                add(i, access);
            }
        }
    }

    private void add(int position, ArrayAccess access) {
        Whole array = whole ? whole(walk.origin(position), access.tracked()) : null;
        int source = handles.source(position);
        if (array != null) {
            wholes.add(array);
            guarded.put(position, array);
        } else if (source >= 0 && !variables.get(source)) {
            others.add(source);
        } else {
            questions.add(access.tracked());
        }
    }

    private Whole whole(ArrayOrigin origin, Hook tracked) {
        int handle =
                origin instanceof ArrayOrigin.Held held && outer.handles().containsKey(held.local())
                        ? handles.slot(held.local())
                        : -1;
        return Whole.of(origin, handle, tracked);
    }

    boolean isEmpty() {
        return others.isEmpty() && questions.isEmpty() && wholes.isEmpty();
    }

    SortedSet<Integer> others() {
        return others;
    }

    Set<Hook> questions() {
        return questions;
    }

    Set<Whole> wholes() {
        return wholes;
    }

    SortedMap<Integer, Whole> guarded() {
        return guarded;
    }
}
