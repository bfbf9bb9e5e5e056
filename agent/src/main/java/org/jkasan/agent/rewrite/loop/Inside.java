package org.jkasan.agent.rewrite.loop;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jkasan.agent.rewrite.symbolic.Affine;

/**
 * What has to hold where a loop is entered so that no index of it is outside of its array, in terms
 * of what holds there.
 *
 * @param arrays the arrays of which some indexes have to be inside
 * @param ints values that have to fit an int
 */
record Inside(Map<Whole, Indexes> arrays, Set<Affine> ints) {

    /**
     * Indexes that have to be inside of an array.
     *
     * @param low no other one is less than all of these; none: no index is negative
     * @param high no other one is more than all of these; none: no index is too large
     */
    record Indexes(Set<Affine> low, Set<Affine> high) {}

    /** Nothing so far. */
    Inside() {
        this(new LinkedHashMap<>(), new LinkedHashSet<>());
    }

    Indexes of(Whole array) {
        return arrays.computeIfAbsent(
                array, any -> new Indexes(new LinkedHashSet<>(), new LinkedHashSet<>()));
    }
}
