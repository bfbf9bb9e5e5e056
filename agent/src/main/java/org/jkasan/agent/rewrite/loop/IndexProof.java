package org.jkasan.agent.rewrite.loop;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jkasan.agent.rewrite.symbolic.Affine;
import org.jkasan.agent.rewrite.symbolic.ArrayOrigin;
import org.jkasan.agent.rewrite.symbolic.Terms;
import org.objectweb.asm.Opcodes;

/**
 * The proof that a loop, with those in it, has no index outside of its arrays: what has to hold for
 * that where it is entered. Then it needs no {@link IndexGuards}, which cost loops over rows of
 * arrays of arrays a fifth of their time and more.
 */
final class IndexProof {

    /*
     * There is one only where it is going to hold as a rule, or arrays that are accessible would be
     * checked at each access: where every turn of every loop makes all the accesses, and nothing
     * but the count of turns ends a loop (CountedLoop). An index is a polynomial of counters. Its
     * limits follow, from the innermost loop outward, when each counter is replaced by the limits
     * that its loop sets it. On the way, an index that is known to be less than the length of its
     * own row needs no more: rows may differ in length. Other lengths of rows count as the longest.
     *
     * What is taken for granted:
     *   - the loops set no field and no element of an array of references, so rows, and what is
     *     found in fields, stay what they are. What another thread exchanges meanwhile may be
     *     accessed outside without a report; Java throws all the same;
     *   - where a row is null, or no row, Java throws before anything of it is accessed.
     */

    private final LoopWalks walks;
    private final LoopTurn turn;
    private final InnerLoops inner;
    private final LoopWalk walk;
    private final Map<InnerLoops.Inner, CountedLoop> counted = new LinkedHashMap<>();
    private final Inside inside = new Inside();

    private IndexProof(LoopWalks walks, LoopTurn turn, InnerLoops inner, LoopWalk walk) {
        this.walks = walks;
        this.turn = turn;
        this.inner = inner;
        this.walk = walk;
    }

    /**
     * What has to hold, or null where there is no proof, or it would make nothing faster.
     *
     * @param turn of the outermost loop
     * @param walk through that
     * @param accesses positions of the accesses, and to which array each is
     */
    static Inside of(
            LoopWalks walks,
            LoopTurn turn,
            InnerLoops inner,
            LoopWalk walk,
            SortedMap<Integer, Whole> accesses) {
        boolean rows = false;
        for (Whole array : accesses.values()) {
            rows |= array.isRows();
        }
        IndexProof proof = new IndexProof(walks, turn, inner, walk);
        return rows && proof.keepsFields() && proof.add(accesses) ? proof.inside : null;
    }

    /**
     * Whether the loops set no field: the walk through an inner loop does not see that one around
     * it sets what it is bounded by. Where they set rows, the outermost walk knows none.
     */
    private boolean keepsFields() {
        for (int i = turn.loop().head(); i <= turn.last(); i++) {
            int opcode = walks.flow().opcode(i);
            if (opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC) {
                return false;
            }
        }
        return true;
    }

    private boolean add(SortedMap<Integer, Whole> accesses) {
        for (Map.Entry<Integer, Whole> each : accesses.entrySet()) {
            int position = each.getKey();
            InnerLoops.Inner around = inner.around(position);
            CountedLoop loop = counted(around);
            LoopTurn of = around == null ? turn : around.turn();
            if (loop == null
                    || !of.comesAlwaysTo(position, position)
                    || !add(loop, loop.walk().access(position), inside.of(each.getValue()))) {
                return false;
            }
        }
        inside.arrays().values().removeIf(each -> each.low().isEmpty() && each.high().isEmpty());
        Set<Affine> compared = new LinkedHashSet<>();
        for (CountedLoop loop : counted.values()) {
            if (!loop.addCompared(compared)) {
                return false;
            }
        }
        compared.removeIf(IndexProof::isInt);
        inside.ints().addAll(compared);
        return true;
    }

    /** An inner loop, or the outermost one, as it counts turns; null where it does not. */
    private CountedLoop counted(InnerLoops.Inner loop) {
        if (counted.containsKey(loop)) {
            return counted.get(loop);
        }
        CountedLoop made = null;
        if (loop == null) {
            made = CountedLoop.of(walk, walks.rowLengths(), null, null);
        } else {
            InnerLoops.Inner around = inner.around(loop);
            CountedLoop outer = counted(around);
            LoopTurn outerTurn = around == null ? turn : around.turn();
            if (outer != null
                    && outerTurn.comesAlwaysTo(loop.turn().loop().head(), loop.turn().last())
                    && outer.walk().entered(loop) != null) {
                made =
                        CountedLoop.of(
                                walks.of(loop.turn(), inner.within(loop)),
                                walks.rowLengths(),
                                outer,
                                outer.walk().entered(loop));
            }
        }
        counted.put(loop, made);
        return made;
    }

    private static boolean add(CountedLoop in, LoopWalk.Access access, Inside.Indexes indexes) {
        if (access == null || access.tests() < in.walk().tests().size()) {
            return false;
        }
        Affine low = access.index();
        for (CountedLoop loop = in; loop != null && low != null; loop = loop.outer()) {
            low = loop.limit(low, false);
        }
        if (low == null) {
            return false;
        }
        if (!low.terms().isEmpty() || low.low() < 0) {
            indexes.low().add(low);
        }
        Affine high = access.index();
        ArrayOrigin array = access.array();
        for (CountedLoop loop = in; loop != null; loop = loop.outer()) {
            if (isBelowLength(high, array, loop)) {
                return true;
            }
            high = loop.limit(high, true);
            array = array == null ? null : loop.outside(array);
            if (high == null) {
                return false;
            }
        }
        if (!isBelowLength(high, array, in)) {
            indexes.high().add(high);
        }
        return true;
    }

    private static boolean isBelowLength(Affine index, ArrayOrigin array, CountedLoop loop) {
        Affine length = array == null ? null : loop.length(array);
        Affine beyond = length == null ? null : index.minus(length);
        return beyond != null && beyond.terms().isEmpty() && beyond.high() < 0;
    }

    /** Whether a value fits an int, whatever the variables hold that it is made of. */
    private static boolean isInt(Affine value) {
        Terms terms = value.terms();
        long constant = value.low();
        if (terms.isEmpty()) {
            return constant == (int) constant;
        }
        if (terms.size() > 1 || terms.coefficient(0) != 1 || Affine.isProduct(terms.product(0))) {
            return false;
        }
        return switch (Affine.kind(Affine.first(terms.product(0)))) {
            case Affine.VALUE, Affine.FIELD -> constant == 0;
            default -> constant <= 0 && constant > Integer.MIN_VALUE;
        };
    }
}
