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
        LoopRanges ranges = LoopRanges.onlyBounds(inner);
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
    private static Affine at(TurnState entered, Affine value) {
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

    private static Affine at(TurnState entered, int quantity) {
        if (Affine.isOfField(quantity)) {
            return Affine.of(quantity);
        }
        Object value = entered.local(Affine.number(quantity));
        if (Affine.kind(quantity) == Affine.LENGTH) {
            return value instanceof ArrayOrigin.Held array
                    ? Affine.of(array.local(), Affine.LENGTH)
                    : null;
        }
        return value instanceof Affine affine && !affine.has(Affine.ROW_LENGTH) ? affine : null;
    }
}
