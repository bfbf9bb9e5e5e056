package org.jkasan.agent.rewrite.loop;

import java.util.ArrayList;
import java.util.List;
import org.jkasan.agent.rewrite.symbolic.Affine;
import org.jkasan.agent.rewrite.symbolic.ArrayOrigin;
import org.jkasan.agent.rewrite.symbolic.Terms;
import org.jkasan.agent.rewrite.symbolic.TurnState;

/**
 * How many turns the loops in a loop take, as it is where the outer one is entered: what may be
 * spent there on looking at shadow. It is an estimate, nothing else depends on it.
 */
final class NestTurns {

    private final LoopWalks walks;
    private final LoopWalk walk;

    private NestTurns(LoopWalks walks, LoopWalk walk) {
        this.walks = walks;
        this.walk = walk;
    }

    /**
     * The bounds of loops of which each is in the one before, the first in the outermost one, and
     * is entered in each of its turns.
     */
    static List<List<LoopRanges.Bound>> of(
            LoopWalks walks, LoopTurn outer, InnerLoops inner, LoopWalk walk) {
        return new NestTurns(walks, walk).longest(outer, inner);
    }

    private List<List<LoopRanges.Bound>> longest(LoopTurn outer, InnerLoops all) {
        List<List<LoopRanges.Bound>> longest = List.of();
        for (InnerLoops.Inner loop : all.loops()) {
            if (isIn(outer, loop, all)
                    && outer.comesAlwaysTo(loop.turn().loop().head(), loop.turn().last())) {
                InnerLoops within = all.within(loop);
                List<List<LoopRanges.Bound>> chain = new ArrayList<>();
                List<LoopRanges.Bound> bounds = bounds(loop, within);
                if (!bounds.isEmpty()) {
                    chain.add(bounds);
                }
                chain.addAll(longest(loop.turn(), within));
                longest = chain.size() > longest.size() ? chain : longest;
            }
        }
        return longest;
    }

    /** Whether no other loop lies between the two. */
    private static boolean isIn(LoopTurn outer, InnerLoops.Inner loop, InnerLoops all) {
        int head = loop.turn().loop().head();
        for (InnerLoops.Inner other : all.loops()) {
            if (other != loop && other.contains(head)) {
                return false;
            }
        }
        return outer.contains(head);
    }

    private List<LoopRanges.Bound> bounds(InnerLoops.Inner loop, InnerLoops within) {
        TurnState entered = walk.entered(loop);
        LoopWalk inner = walks.of(loop.turn(), within);
        List<LoopRanges.Bound> bounds = new ArrayList<>();
        LoopRanges ranges = LoopRanges.onlyBounds(inner, walks.rowLengths());
        if (entered == null || inner == null || inner.endsOtherwise()) {
            return bounds;
        }
        for (LoopRanges.Bound bound : ranges.bounds()) {
            Affine first = at(entered, bound.first());
            Affine fixed = at(entered, bound.fixed());
            if (first != null && fixed != null && first.isExact() && fixed.isExact()) {
                bounds.add(
                        new LoopRanges.Bound(
                                first, bound.stay(), fixed, bound.step(), bound.wide()));
            }
        }
        return bounds;
    }

    /** A value in terms of a loop, in those of the outermost one; null where that is not known. */
    private Affine at(TurnState entered, Affine value) {
        Affine sum = Affine.constant(value.low());
        Terms terms = value.terms();
        for (int i = 0; i < terms.size(); i++) {
            long quantities = terms.product(i);
            Affine product = at(entered, Affine.first(quantities));
            if (product != null && Affine.isProduct(quantities)) {
                Affine second = at(entered, Affine.second(quantities));
                product = second == null ? null : product.times(second);
            }
            product = product == null ? null : product.times(Affine.constant(terms.coefficient(i)));
            sum = product == null ? null : sum.plus(product);
            if (sum == null) {
                return null;
            }
        }
        return sum;
    }

    private Affine at(TurnState entered, int quantity) {
        int number = Affine.number(quantity);
        return switch (Affine.kind(quantity)) {
            case Affine.FIELD, Affine.FIELD_LENGTH -> Affine.of(quantity);
            case Affine.LENGTH -> {
                // a loop over a row in a variable looks at that row itself, for less
                ArrayOrigin array = array(entered, new ArrayOrigin.Held(number));
                yield array instanceof ArrayOrigin.Row ? null : length(array);
            }
            case Affine.ROW_LENGTH -> length(array(entered, walks.rowLengths().row(number)));
            default -> entered.local(number) instanceof Affine value ? value : null;
        };
    }

    /** An array in terms of a loop, in those of the outermost one. */
    private ArrayOrigin array(TurnState entered, ArrayOrigin array) {
        if (array instanceof ArrayOrigin.Held held) {
            return entered.local(held.local()) instanceof ArrayOrigin before ? before : null;
        }
        if (array instanceof ArrayOrigin.Row row) {
            ArrayOrigin of = array(entered, row.of());
            Affine index = row.index() == null ? null : at(entered, row.index());
            return of == null ? null : new ArrayOrigin.Row(of, index);
        }
        return array;
    }

    /** The length of an array; of rows, one after the other, that of the first. */
    private Affine length(ArrayOrigin array) {
        if (array instanceof ArrayOrigin.Row row) {
            boolean simple =
                    !(row.of() instanceof ArrayOrigin.Row)
                            && row.index() != null
                            && row.index().isExact()
                            && !row.index().has(Affine.ROW_LENGTH);
            return simple ? walks.rowLengths().of(row) : null;
        }
        if (array instanceof ArrayOrigin.Field field) {
            return Affine.of(field.number(), Affine.FIELD_LENGTH);
        }
        return array instanceof ArrayOrigin.Held held
                ? Affine.of(held.local(), Affine.LENGTH)
                : null;
    }
}
