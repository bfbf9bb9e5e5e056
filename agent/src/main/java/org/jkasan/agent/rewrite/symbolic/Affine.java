package org.jkasan.agent.rewrite.symbolic;

/**
 * An integer that a loop computes: a polynomial of the values that local variables have where a
 * turn of the loop begins, and of fields, and a constant that lies between two bounds.
 *
 * <p>Immutable. It is the value in whole numbers; what an int holds is that value modulo 2^32, so
 * the two are the same wherever the value fits an int, whatever overflowed on the way. Of a long it
 * is the value modulo 2^64.
 */
public final class Affine {

    /*
     * A term is a coefficient times one quantity or two. Of an int the limits keep every term, and
     * the sum of all, below 2^63, so that code which computes it in longs computes it exactly:
     *     two quantities: at most one such term, coefficient 1 or -1        2^62
     *     one quantity: at most five, coefficient up to 2^24            5 * 2^55
     *     the constant                                                      2^40
     */

    private static final int MOST_TERMS = 6;
    private static final long LARGEST_COEFFICIENT = 1L << 24;
    private static final long LARGEST_CONSTANT = 1L << 40;

    /** Kinds of quantity: what an int variable holds. */
    public static final int VALUE = 0;

    /** The length of the array in a variable. */
    public static final int LENGTH = 1;

    /** What a long variable holds. */
    public static final int WIDE = 2;

    /** What an int field holds, by its number. */
    public static final int FIELD = 3;

    /** The length of the array in a field, by its number. */
    public static final int FIELD_LENGTH = 4;

    /** The length of a row of an array of arrays, by its number among {@link RowLengths}. */
    public static final int ROW_LENGTH = 5;

    private static final int KINDS = 6;
    private static final int NONE = 0;

    private final Terms terms;
    private final long low;
    private final long high;

    private Affine(Terms terms, long low, long high) {
        this.terms = terms;
        this.low = low;
        this.high = high;
    }

    public static Affine constant(long value) {
        return new Affine(Terms.NONE, value, value);
    }

    /** What lies between two bounds, and of which no more is known. */
    static Affine between(long low, long high) {
        return new Affine(Terms.NONE, low, high);
    }

    /** A quantity of a local variable, or of a field. */
    public static Affine of(int number, int kind) {
        return of(1 + KINDS * number + kind);
    }

    /** A quantity that a term has. */
    public static Affine of(int quantity) {
        return new Affine(Terms.of(product(quantity, NONE), 1), 0, 0);
    }

    // A term's key is its two quantities, 32 bits each, the larger first; 0 stands for none.

    private static long product(int one, int other) {
        return (long) Math.max(one, other) << Integer.SIZE | Math.min(one, other);
    }

    /** The first quantity of a term. */
    public static int first(long term) {
        return (int) (term >>> Integer.SIZE);
    }

    /** The second quantity of a term that has two. */
    public static int second(long term) {
        return (int) term;
    }

    /** Whether a term is the product of two quantities. */
    public static boolean isProduct(long term) {
        return second(term) != NONE;
    }

    /** The variable or the field of a quantity. */
    public static int number(int quantity) {
        return (quantity - 1) / KINDS;
    }

    /** The kind of a quantity. */
    public static int kind(int quantity) {
        return (quantity - 1) % KINDS;
    }

    /** Whether a quantity is of a field. */
    public static boolean isOfField(int quantity) {
        return kind(quantity) == FIELD || kind(quantity) == FIELD_LENGTH;
    }

    public Terms terms() {
        return terms;
    }

    /** The least that the constant can be. */
    public long low() {
        return low;
    }

    /** The most that the constant can be. */
    public long high() {
        return high;
    }

    public boolean isExact() {
        return low == high;
    }

    public boolean isConstant() {
        return terms.isEmpty() && isExact();
    }

    /** Whether it is made of a quantity of that kind. */
    public boolean has(int kind) {
        for (int i = 0; i < terms.size(); i++) {
            long product = terms.product(i);
            if (kind(first(product)) == kind
                    || isProduct(product) && kind(second(product)) == kind) {
                return true;
            }
        }
        return false;
    }

    public boolean sameTerms(Affine other) {
        return terms.equals(other.terms);
    }

    /** The same with another constant. */
    public Affine withConstant(long value) {
        return new Affine(terms, value, value);
    }

    /** The sum, or null where it is beyond the limits. */
    public Affine plus(Affine other) {
        return checked(terms.plus(other.terms, 1), low + other.low, high + other.high);
    }

    /** The difference, or null where it is beyond the limits. */
    public Affine minus(Affine other) {
        Affine negated = other.times(-1);
        return negated == null ? null : plus(negated);
    }

    /** The product, or null where it is beyond the limits. */
    public Affine times(Affine other) {
        if (isConstant()) {
            return other.times(low);
        }
        if (other.isConstant()) {
            return times(other.low);
        }
        if (!isExact() || !other.isExact()) {
            return null;
        }
        Terms product = Terms.NONE;
        for (int i = 0; i < terms.size(); i++) {
            for (int j = 0; j < other.terms.size(); j++) {
                long one = terms.product(i);
                long two = other.terms.product(j);
                if (isProduct(one) || isProduct(two)) {
                    return null;
                }
                long coefficient = terms.coefficient(i) * other.terms.coefficient(j);
                product = product.plus(Terms.of(product(first(one), first(two)), 1), coefficient);
            }
        }
        product = product.plus(terms, other.low).plus(other.terms, low);
        return checked(product, low * other.low, low * other.low);
    }

    private Affine times(long factor) {
        if (Math.abs(factor) > LARGEST_COEFFICIENT) {
            return null;
        }
        long one = low * factor;
        long other = high * factor;
        return checked(Terms.NONE.plus(terms, factor), Math.min(one, other), Math.max(one, other));
    }

    /** What is either of the two, or null where they have not the same terms. */
    public Affine or(Affine other) {
        return sameTerms(other)
                ? new Affine(terms, Math.min(low, other.low), Math.max(high, other.high))
                : null;
    }

    private static Affine checked(Terms terms, long low, long high) {
        if (low < -LARGEST_CONSTANT || high > LARGEST_CONSTANT || terms.size() > MOST_TERMS) {
            return null;
        }
        int products = 0;
        for (int i = 0; i < terms.size(); i++) {
            long size = Math.abs(terms.coefficient(i));
            if (isProduct(terms.product(i))) {
                products++;
                if (size != 1 || products > 1) {
                    return null;
                }
            } else if (size > LARGEST_COEFFICIENT) {
                return null;
            }
        }
        return new Affine(terms, low, high);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Affine affine
                && low == affine.low
                && high == affine.high
                && terms.equals(affine.terms);
    }

    @Override
    public int hashCode() {
        // not of low ^ high, which is 0 for all that are exact
        return 31 * (31 * terms.hashCode() + Long.hashCode(low)) + Long.hashCode(high);
    }

    @Override
    public String toString() {
        return terms + " + [" + low + ", " + high + "]";
    }
}
