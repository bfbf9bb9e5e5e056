package org.jkasan.agent.rewrite.loop;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jkasan.agent.rewrite.catalogue.ArrayAccess;
import org.jkasan.agent.rewrite.flow.MethodFlow;
import org.jkasan.agent.rewrite.symbolic.Affine;
import org.jkasan.agent.rewrite.symbolic.ArrayOrigin;
import org.jkasan.agent.rewrite.symbolic.RowLengths;
import org.jkasan.agent.rewrite.symbolic.Terms;

/**
 * Which elements the accesses of a loop can touch, as far as that can be computed where the loop
 * begins, and how many turns it takes.
 */
final class LoopRanges {

    /*
     * What is taken for granted, so that a range holds every element which its accesses touch:
     *   - variables change between two turns as LoopWalk found, and nothing else changes them;
     *   - an index is what Affine says, modulo 2^32: the hook of the range sees to it that it fits
     *     an int in the first turn and in the last, and so in all between, since it moves one way;
     *   - a bound counts turns only if what is compared fits an int in all turns and in the one at
     *     which the loop ends: the hook that counts turns sees to that;
     *   - the loop may end before, and need not make every access: a range is never too small.
     * Shadow that another thread changes while the loop runs may be seen late, at the next entry.
     */

    /** More ranges than that are not worth their code. */
    private static final int MOST_RANGES = 6;

    /**
     * How often a test of the loop holds: as long as a value that begins with {@code first} and
     * moves by {@code step} is in a relation to {@code fixed}.
     */
    record Bound(Affine first, Relation stay, Affine fixed, int step, boolean wide) {}

    /** A value that has to fit an int in all turns, or what is known of addresses is not so. */
    record Cast(Affine value, Affine slope) {}

    private final LoopWalk walk;

    /** Of the method, if lengths of rows may bound the loop. */
    private final RowLengths rowLengths;

    private final List<Bound> bounds = new ArrayList<>();
    private final List<ElementRange> ranges = new ArrayList<>();
    private final List<ElementRange> memory = new ArrayList<>();
    private final List<Cast> casts = new ArrayList<>();
    private final BitSet covered = new BitSet();
    private int firstTests;

    private LoopRanges(LoopWalk walk, RowLengths rowLengths) {
        this.walk = walk;
        this.rowLengths = rowLengths;
    }

    /**
     * The ranges of a loop.
     *
     * @param walk through the loop, or null if it could not be followed; then there are none
     * @param handles of which accesses there are handles
     */
    static LoopRanges of(LoopWalk walk, MethodFlow flow, HandlePlan handles) {
        LoopRanges ranges = new LoopRanges(walk, null);
        if (walk == null) {
            return ranges;
        }
        ranges.bound();
        for (LoopWalk.Access access : walk.accesses()) {
            if (access.array() instanceof ArrayOrigin.Held held
                    && handles.source(access.position()) == held.local()) {
                int shift = ArrayAccess.of(flow.opcode(access.position())).shift();
                ranges.add(access, held.local(), shift);
            }
        }
        ranges.addCalls();
        return ranges;
    }

    /** An estimate of how many turns a loop takes, and no ranges. */
    static LoopRanges onlyBounds(LoopWalk walk, RowLengths rowLengths) {
        LoopRanges ranges = new LoopRanges(walk, rowLengths);
        if (walk != null) {
            ranges.bound();
        }
        return ranges;
    }

    /** The ranges of buffers and of the kernel's memory. */
    List<ElementRange> memory() {
        return memory;
    }

    List<Cast> casts() {
        return casts;
    }

    List<Bound> bounds() {
        return bounds;
    }

    List<ElementRange> ranges() {
        return ranges;
    }

    /** Positions of the accesses that touch nothing but elements of the ranges. */
    BitSet covered() {
        return covered;
    }

    /** Whether the loop may end long before its bounds end it. */
    boolean mayEndEarly() {
        return walk.endsOtherwise() || bounds.isEmpty() || bounds.size() < walk.tests().size();
    }

    /** Whether the loop is likely to go through all that remains of a buffer. */
    boolean goesThroughBuffer() {
        return bounds.isEmpty() && walk.goesThroughBuffer();
    }

    private void bound() {
        for (LoopWalk.Test test : walk.tests()) {
            if (test.first()) {
                firstTests++;
                bound(test);
            }
        }
        // a test at the end of the turn says nothing of a turn that begins with others
        if (bounds.isEmpty()) {
            firstTests = 0;
            for (LoopWalk.Test test : walk.tests()) {
                if (!test.first()) {
                    bound(test);
                }
            }
        }
    }

    private void bound(LoopWalk.Test test) {
        Affine left = slope(test.left());
        Affine right = slope(test.right());
        if (left == null || right == null || !left.isConstant() || !right.isConstant()) {
            return;
        }
        if (right.low() == 0) {
            bound(test.left(), left.low(), test.stay(), test.right(), test.wide());
        } else if (left.low() == 0) {
            bound(test.right(), right.low(), test.stay().mirrored(), test.left(), test.wide());
        }
    }

    private void bound(Affine moving, long step, Relation stay, Affine fixed, boolean wide) {
        if (stay.endsBy(step) && moving.isExact() && fixed.isExact() && step == (int) step) {
            bounds.add(new Bound(moving, stay, fixed, (int) step, wide));
        }
    }

    private void add(LoopWalk.Access access, int array, int shift) {
        ElementRange range =
                range(ElementRange.Kind.ARRAY, array, shift, access.index(), 1, access.tests());
        if (range != null && add(ranges, range)) {
            covered.set(access.position());
        }
    }

    private void addCalls() {
        boolean castsFit = addCasts();
        int perTurn = 0;
        for (LoopWalk.Call call : walk.calls()) {
            // two variables may hold one buffer, so each may move as far as all do
            perTurn += call.call().isRelative() ? call.call().width() : 0;
        }
        for (LoopWalk.Call call : walk.calls()) {
            ElementRange range = null;
            if (walk.callsOthers() && !call.call().isKernel()) {
                continue;
            }
            if (call.call().isRelative()) {
                range =
                        new ElementRange(
                                ElementRange.Kind.REST,
                                call.receiver(),
                                0,
                                Affine.constant(0),
                                Affine.constant(perTurn),
                                false,
                                perTurn,
                                false);
            } else if (call.address() != null && (castsFit || !call.call().isKernel())) {
                range =
                        range(
                                call.call().isKernel()
                                        ? ElementRange.Kind.KERNEL
                                        : ElementRange.Kind.BUFFER,
                                call.receiver(),
                                0,
                                call.address(),
                                call.call().width(),
                                call.tests());
            }
            if (range != null && add(memory, range)) {
                covered.set(call.position());
            }
        }
    }

    /**
     * Adds what the loop makes longs of; false where one of these ints may not be what it seems.
     */
    private boolean addCasts() {
        for (Affine value : walk.casts()) {
            Affine slope = slope(value);
            if (slope == null || !slope.isConstant() || slope.low() != 0 && bounds.isEmpty()) {
                return false;
            }
            casts.add(new Cast(value, slope));
        }
        return true;
    }

    /** What accesses of {@code width} elements from an index on touch; null where nobody knows. */
    private ElementRange range(
            ElementRange.Kind kind, int array, int shift, Affine index, int width, int tests) {
        Affine slope = slope(index);
        long span = index.high() - index.low() + width;
        if (slope == null || span > Integer.MAX_VALUE) {
            return null;
        }
        if (bounds.isEmpty() && !(slope.isConstant() && slope.low() == 0)) {
            return null;
        }
        boolean exact = slope.isExact();
        if (!exact) {
            if (!slope.terms().isEmpty() || slope.low() < 0 && slope.high() > 0) {
                return null;
            }
            slope = Affine.constant(slope.high() > 0 ? slope.high() : slope.low());
        }
        return new ElementRange(
                kind,
                array,
                shift,
                index.withConstant(index.low()),
                slope,
                exact,
                (int) span,
                firstTests > 0 && tests >= firstTests);
    }

    private static boolean add(List<ElementRange> ranges, ElementRange range) {
        for (int i = 0; i < ranges.size(); i++) {
            ElementRange both = ranges.get(i).with(range);
            if (both != null) {
                ranges.set(i, both);
                return true;
            }
        }
        return ranges.size() < MOST_RANGES && ranges.add(range);
    }

    /** By how much a value moves from turn to turn; null where that is no polynomial. */
    private Affine slope(Affine value) {
        Affine slope = Affine.constant(0);
        Terms terms = value.terms();
        for (int i = 0; i < terms.size(); i++) {
            Affine moved = slope(terms.product(i));
            moved = moved == null ? null : moved.times(Affine.constant(terms.coefficient(i)));
            slope = moved == null ? null : slope.plus(moved);
            if (slope == null) {
                return null;
            }
        }
        return slope;
    }

    private Affine slope(long term) {
        int first = Affine.first(term);
        Affine step = step(first);
        if (step == null || !Affine.isProduct(term)) {
            return step;
        }
        int second = Affine.second(term);
        Affine otherStep = step(second);
        if (otherStep == null) {
            return null;
        }
        boolean moves = isMoving(step);
        if (moves && isMoving(otherStep)) {
            return null;
        }
        return moves ? step.times(Affine.of(second)) : otherStep.times(Affine.of(first));
    }

    private Affine step(int quantity) {
        // of a field there is nothing known that the loop sets
        if (Affine.kind(quantity) == Affine.LENGTH || Affine.isOfField(quantity)) {
            return Affine.constant(0);
        }
        int number = Affine.number(quantity);
        return Affine.kind(quantity) == Affine.ROW_LENGTH ? rowStep(number) : walk.step(number);
    }

    /** That of the length of a row, which may be another one each time; null if it may. */
    private Affine rowStep(int number) {
        Affine index = rowLengths == null ? null : rowLengths.row(number).index();
        Affine step = index == null ? null : slope(index);
        return step == null || isMoving(step) ? null : step;
    }

    private static boolean isMoving(Affine step) {
        return step.low() != 0 || step.high() != 0;
    }
}
