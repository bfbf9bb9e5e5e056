package org.jkasan.agent.rewrite.loop;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jkasan.agent.rewrite.flow.MethodFlow;

/** The search for the largest loops in which nothing can change whether an array is tracked. */
final class LoopFinder {

    private final MethodFlow flow;
    private final BitSet barriers;
    private final BitSet wanted;
    private final List<Range> ranges;

    /** Those of the ranges that somebody has asked for. */
    private final Loop[] loops;

    /**
     * A search.
     *
     * @param flow the method
     * @param barriers positions of the instructions that must not be in a loop
     * @param wanted positions of the instructions of which a loop must have one
     */
    LoopFinder(MethodFlow flow, BitSet barriers, BitSet wanted) {
        this.flow = flow;
        this.barriers = barriers;
        this.wanted = wanted;
        ranges = outerFirst(flow);
        loops = new Loop[ranges.size()];
    }

    /** The loops found; no two share an instruction. */
    List<Loop> find() {
        List<Loop> found = new ArrayList<>();
        BitSet taken = new BitSet();
        for (int i = 0; i < loops.length; i++) {
            Range range = ranges.get(i);
            int next = taken.nextSetBit(range.first);
            if ((next < 0 || next > range.last) && serves(i)) {
                found.add(loop(i));
                taken.or(loop(i).members());
            }
        }
        return found;
    }

    /** Whether a loop has something that is wanted and no barrier. */
    private boolean serves(int index) {
        if (!hasBetween(wanted, ranges.get(index))) {
            return false;
        }
        BitSet members = loop(index).members();
        return members.intersects(wanted) && !members.intersects(barriers);
    }

    private Loop loop(int index) {
        if (loops[index] == null) {
            Range range = ranges.get(index);
            loops[index] = new Loop(range.first, members(range));
        }
        return loops[index];
    }

    /** The loops without others in them, wherever they are. */
    List<Loop> innermost() {
        return withOthersInThem(false);
    }

    /** The loops with others in them, the outer ones first. */
    List<Loop> nests() {
        return withOthersInThem(true);
    }

    private List<Loop> withOthersInThem(boolean others) {
        BitSet heads = new BitSet();
        for (Range range : ranges) {
            heads.set(range.first);
        }
        List<Loop> found = new ArrayList<>();
        for (int i = 0; i < loops.length; i++) {
            Range range = ranges.get(i);
            int next = heads.nextSetBit(range.first + 1);
            boolean has = next >= 0 && next <= range.last;
            if (has == others && serves(i)) {
                found.add(loop(i));
            }
        }
        return found;
    }

    /** The loops in another one, wherever in it. */
    List<Loop> within(Loop outer) {
        List<Loop> found = new ArrayList<>();
        for (int i = 0; i < loops.length; i++) {
            int head = ranges.get(i).first;
            if (head != outer.head() && outer.contains(head)) {
                found.add(loop(i));
            }
        }
        return found;
    }

    /** The code from a label to the last jump back to it; the longest is the first. */
    record Range(int first, int last) implements Comparable<Range> {

        @Override
        public int compareTo(Range other) {
            return Integer.compare(first - last, other.first - other.last);
        }
    }

    /** Those of all loops, the larger ones first. */
    static List<Range> outerFirst(MethodFlow flow) {
        int[] last = new int[flow.size()];
        for (int i : flow.jumps()) {
            for (int target : flow.targets(i)) {
                if (target <= i) {
                    last[target] = i;
                }
            }
        }
        List<Range> ranges = new ArrayList<>();
        for (int i = 0; i < last.length; i++) {
            if (last[i] > 0) {
                ranges.add(new Range(i, last[i]));
            }
        }
        Collections.sort(ranges);
        return ranges;
    }

    private static boolean hasBetween(BitSet set, Range range) {
        int next = set.nextSetBit(range.first);
        return next >= 0 && next <= range.last;
    }

    private BitSet members(Range range) {
        BitSet members = new BitSet();
        members.set(range.first);
        int before;
        // backward, so that one pass settles all but what only a jump back leads to
        do {
            before = members.cardinality();
            for (int i = range.last; i > range.first; i--) {
                if (!members.get(i) && leadsTo(members, i, range)) {
                    members.set(i);
                }
            }
            addProtected(members, range);
        } while (members.cardinality() > before);
        return members;
    }

    private boolean leadsTo(BitSet members, int position, Range range) {
        for (int target : flow.targets(position)) {
            if (members.get(target)) {
                return true;
            }
        }
        return position < range.last && flow.fallsThrough(position) && members.get(position + 1);
    }

    /** What may throw into a member is a member. */
    private void addProtected(BitSet members, Range range) {
        for (MethodFlow.TryBlock block : flow.tryBlocks()) {
            if (members.get(block.handler())) {
                int from = Math.max(block.start(), range.first);
                int to = Math.min(block.end(), range.last + 1);
                if (from < to) {
                    members.set(from, to);
                }
            }
        }
    }
}
