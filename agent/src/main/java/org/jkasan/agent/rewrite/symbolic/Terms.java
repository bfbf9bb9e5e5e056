package org.jkasan.agent.rewrite.symbolic;

import java.util.Arrays;

/**
 * The terms of a polynomial: products of quantities, each with a coefficient that is not 0, in the
 * order of their products. Immutable.
 *
 * <p>An array and not a map: nearly all have no term or one, and a rewriting makes thousands.
 */
public final class Terms {

    static final Terms NONE = new Terms(new long[0]);

    /** By turns a product, as {@link Affine} packs its quantities, and its coefficient. */
    private final long[] pairs;

    private Terms(long[] pairs) {
        this.pairs = pairs;
    }

    /** One term. */
    static Terms of(long product, long coefficient) {
        return coefficient == 0 ? NONE : new Terms(new long[] {product, coefficient});
    }

    public int size() {
        return pairs.length / 2;
    }

    public boolean isEmpty() {
        return pairs.length == 0;
    }

    /** The product of a term by its place. */
    public long product(int index) {
        return pairs[2 * index];
    }

    /** The coefficient of a term by its place. */
    public long coefficient(int index) {
        return pairs[2 * index + 1];
    }

    /** These and the others times a factor. */
    Terms plus(Terms others, long factor) {
        if (others.isEmpty() || factor == 0) {
            return this;
        }
        long[] sum = new long[pairs.length + others.pairs.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < pairs.length || j < others.pairs.length) {
            boolean mine =
                    j == others.pairs.length || i < pairs.length && pairs[i] <= others.pairs[j];
            boolean theirs =
                    i == pairs.length || j < others.pairs.length && others.pairs[j] <= pairs[i];
            long product = mine ? pairs[i] : others.pairs[j];
            long coefficient = mine ? pairs[i + 1] : 0;
            coefficient += theirs ? others.pairs[j + 1] * factor : 0;
            i += mine ? 2 : 0;
            j += theirs ? 2 : 0;
            if (coefficient != 0) {
                sum[size++] = product;
                sum[size++] = coefficient;
            }
        }
        return size == 0 ? NONE : new Terms(size == sum.length ? sum : Arrays.copyOf(sum, size));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Terms terms && Arrays.equals(pairs, terms.pairs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pairs);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < size(); i++) {
            text.append(i == 0 ? "" : ", ").append(product(i)).append('=').append(coefficient(i));
        }
        return text.append('}').toString();
    }
}
