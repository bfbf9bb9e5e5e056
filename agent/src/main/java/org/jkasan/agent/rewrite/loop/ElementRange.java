package org.jkasan.agent.rewrite.loop;

import org.jkasan.agent.rewrite.symbolic.Affine;

/**
 * The elements that some accesses of a loop touch: in each turn {@code width} of them side by side,
 * from {@code first + turn * slope} on, all computed where the loop begins.
 *
 * @param kind whose elements
 * @param array the variable that holds the array, the buffer, or the kernel's memory
 * @param shift log2 of an array element's size
 * @param first the first element in turn 0
 * @param slope by how much it moves with each turn
 * @param exact whether it moves just so; else it moves at most so far
 * @param width how many elements
 * @param tested whether only turns get there that pass the loop's tests
 */
record ElementRange(
        Kind kind,
        int array,
        int shift,
        Affine first,
        Affine slope,
        boolean exact,
        int width,
        boolean tested) {

    /** What elements there are. */
    enum Kind {
        ARRAY,
        /** Of a buffer, by their index. */
        BUFFER,
        /** Of a buffer, counted from its position. */
        REST,
        /** Bytes at kernel addresses. */
        KERNEL
    }

    /** Whether these are the same elements of another array, whose elements have the same size. */
    boolean isAsOf(ElementRange other) {
        return kind == other.kind
                && shift == other.shift
                && exact == other.exact
                && width == other.width
                && tested == other.tested
                && first.equals(other.first)
                && slope.equals(other.slope);
    }

    /** This one and the elements of another range, or null where they do not go together. */
    ElementRange with(ElementRange other) {
        if (kind != other.kind
                || array != other.array
                || shift != other.shift
                || exact != other.exact
                || tested != other.tested
                || !first.sameTerms(other.first)
                || !slope.equals(other.slope)) {
            return null;
        }
        long low = Math.min(first.low(), other.first.low());
        long high = Math.max(first.low() + width, other.first.low() + other.width);
        return high - low > Integer.MAX_VALUE
                ? null
                : new ElementRange(
                        kind,
                        array,
                        shift,
                        first.withConstant(low),
                        slope,
                        exact,
                        (int) (high - low),
                        tested);
    }
}
