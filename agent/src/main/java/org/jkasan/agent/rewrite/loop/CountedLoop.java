package org.jkasan.agent.rewrite.loop;

import java.util.List;
import java.util.Set;
import org.jkasan.agent.rewrite.symbolic.Affine;
import org.jkasan.agent.rewrite.symbolic.ArrayOrigin;
import org.jkasan.agent.rewrite.symbolic.RowLengths;
import org.jkasan.agent.rewrite.symbolic.Terms;
import org.jkasan.agent.rewrite.symbolic.TurnState;

/**
 * A loop that one test ends, at its begin, which compares a counter: what a value can be at most,
 * or at least, in all turns that pass the test, in terms of what holds where the loop is entered.
 */
final class CountedLoop {

    /*
     * Variables are taken as whole numbers here, which no int overflows: what an int variable holds
     * is that number modulo 2^32, and so is what polynomials of them come to. A comparison must see
     * whole numbers, though. It does so in all turns if what it compares fits an int in the first
     * turn, and in any that passes the test and is followed by one more (compared()).
     */

    private final LoopWalk walk;
    private final RowLengths rowLengths;
    private final CountedLoop outer;
    private final TurnState entered;
    private int counter;
    private long step;

    /** How much more than the counter is compared. */
    private long offset;

    /** What it is compared with, in terms of a turn. */
    private Affine fixed;

    /** What is added to that for the last compared value that passes. */
    private int toLast;

    private CountedLoop(
            LoopWalk walk, RowLengths rowLengths, CountedLoop outer, TurnState entered) {
        this.walk = walk;
        this.rowLengths = rowLengths;
        this.outer = outer;
        this.entered = entered;
    }

    /**
     * A loop.
     *
     * @param walk through it, or null
     * @param outer the one around it, or null
     * @param entered what holds where it is entered, in terms of a turn of that one
     * @return null where it is not such a loop
     */
    static CountedLoop of(
            LoopWalk walk, RowLengths rowLengths, CountedLoop outer, TurnState entered) {
        if (walk == null || walk.endsOtherwise() || walk.tests().size() != 1) {
            return null;
        }
        CountedLoop loop = new CountedLoop(walk, rowLengths, outer, entered);
        LoopWalk.Test test = walk.tests().get(0);
        boolean counted =
                test.first()
                        && !test.wide()
                        && (loop.counts(test.left(), test.stay(), test.right())
                                || loop.counts(test.right(), test.stay().mirrored(), test.left()));
        return counted ? loop : null;
    }

    private boolean counts(Affine moving, Relation stay, Affine limit) {
        Terms terms = moving.terms();
        if (terms.size() != 1
                || terms.coefficient(0) != 1
                || Affine.isProduct(terms.product(0))
                || Affine.kind(Affine.first(terms.product(0))) != Affine.VALUE
                || !moving.isExact()
                || !isFixed(limit)) {
            return false;
        }
        counter = Affine.number(Affine.first(terms.product(0)));
        Affine change = walk.step(counter);
        if (change == null || !change.isConstant() || stay == Relation.OTHER) {
            return false;
        }
        step = change.low();
        offset = moving.low();
        fixed = limit;
        toLast = stay.toLast();
        return stay.endsBy(step);
    }

    LoopWalk walk() {
        return walk;
    }

    /** The loop around it, or null. */
    CountedLoop outer() {
        return outer;
    }

    /**
     * What a value is at most, or at least, while the loop runs.
     *
     * @param value in terms of a turn that has passed the test
     * @return in terms of a turn of the outer loop, or of what holds where the outermost one is
     *     entered; null where it is not known
     */
    Affine limit(Affine value, boolean most) {
        Affine sum = Affine.constant(most ? value.high() : value.low());
        Terms terms = value.terms();
        for (int i = 0; i < terms.size() && sum != null; i++) {
            long product = terms.product(i);
            long coefficient = terms.coefficient(i);
            Affine limit =
                    Affine.isProduct(product)
                            ? product(Affine.first(product), Affine.second(product))
                            : limit(Affine.first(product), most == coefficient > 0);
            limit = limit == null ? null : limit.times(Affine.constant(coefficient));
            sum = limit == null ? null : sum.plus(limit);
        }
        return sum;
    }

    /** Adds what has to fit an int where the outermost loop is entered; false if not known. */
    boolean addCompared(Set<Affine> ints) {
        for (boolean most : List.of(false, true)) {
            Affine first = entered(counter);
            first = first == null ? null : first.plus(Affine.constant(offset));
            first = first == null || outer == null ? first : outer.outermost(first, most);
            Affine last = outermost(fixed, most);
            Affine behind = last == null ? null : last.plus(Affine.constant(toLast + step));
            if (first == null || behind == null) {
                return false;
            }
            ints.add(first);
            ints.add(last);
            ints.add(behind);
        }
        return true;
    }

    /** {@link #limit} in terms of what holds where the outermost loop is entered. */
    private Affine outermost(Affine value, boolean most) {
        Affine limit = limit(value, most);
        return limit == null || outer == null ? limit : outer.outermost(limit, most);
    }

    /** The array that one is in all turns, in the same terms; null where it is not known. */
    ArrayOrigin outside(ArrayOrigin array) {
        if (array instanceof ArrayOrigin.Held held && outer != null) {
            return entered.local(held.local()) instanceof ArrayOrigin before ? before : null;
        }
        if (array instanceof ArrayOrigin.Row row) {
            ArrayOrigin of = outside(row.of());
            Affine index = row.index() == null ? null : exact(row.index());
            return of == null ? null : new ArrayOrigin.Row(of, index);
        }
        return array;
    }

    /** The length of an array in terms of a turn; null where it may be another one each time. */
    Affine length(ArrayOrigin array) {
        if (array instanceof ArrayOrigin.Row row) {
            return row.index() == null ? null : rowLengths.of(row);
        }
        return array instanceof ArrayOrigin.Held held
                ? Affine.of(held.local(), Affine.LENGTH)
                : Affine.of(((ArrayOrigin.Field) array).number(), Affine.FIELD_LENGTH);
    }

    private Affine limit(int quantity, boolean most) {
        int number = Affine.number(quantity);
        return switch (Affine.kind(quantity)) {
            case Affine.VALUE -> {
                if (number == counter && most == step > 0) {
                    yield limit(fixed.plus(Affine.constant(toLast - offset)), most);
                }
                yield number == counter || isFixed(quantity) ? entered(number) : null;
            }
            case Affine.LENGTH -> limitOfLength(outside(new ArrayOrigin.Held(number)), most);
            case Affine.ROW_LENGTH -> limitOfLength(outside(rowLengths.row(number)), most);
            case Affine.FIELD, Affine.FIELD_LENGTH -> Affine.of(quantity);
            default -> null;
        };
    }

    private Affine limitOfLength(ArrayOrigin array, boolean most) {
        if (array instanceof ArrayOrigin.Row row && row.index() == null) {
            return most ? rowLengths.of(row) : Affine.constant(0);
        }
        return array == null ? null : length(array);
    }

    private Affine product(int one, int other) {
        Affine first = exact(Affine.of(one));
        Affine second = exact(Affine.of(other));
        return first == null || second == null ? null : first.times(second);
    }

    /** What a value is in all turns, in the same terms as a limit; null if it is not one value. */
    private Affine exact(Affine value) {
        Affine least = isFixed(value) ? limit(value, false) : null;
        return least != null && least.isExact() && least.equals(limit(value, true)) ? least : null;
    }

    /** What an int variable holds where the loop is entered. */
    private Affine entered(int local) {
        if (outer == null) {
            return Affine.of(local, Affine.VALUE);
        }
        return entered.local(local) instanceof Affine value ? value : null;
    }

    /** Whether a value is the same in all turns, but for what lies between its bounds. */
    private boolean isFixed(Affine value) {
        Terms terms = value.terms();
        for (int i = 0; i < terms.size(); i++) {
            long product = terms.product(i);
            if (!isFixed(Affine.first(product))
                    || Affine.isProduct(product) && !isFixed(Affine.second(product))) {
                return false;
            }
        }
        return true;
    }

    private boolean isFixed(int quantity) {
        int number = Affine.number(quantity);
        return switch (Affine.kind(quantity)) {
            case Affine.VALUE -> {
                Affine change = walk.step(number);
                yield change != null && change.isConstant() && change.low() == 0;
            }
            case Affine.WIDE -> false;
            case Affine.ROW_LENGTH -> {
                Affine index = rowLengths.row(number).index();
                yield index == null || isFixed(index);
            }
            default -> true;
        };
    }
}
