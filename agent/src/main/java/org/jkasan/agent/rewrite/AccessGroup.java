package org.jkasan.agent.rewrite;

import java.util.BitSet;
import org.jkasan.agent.rewrite.symbolic.Affine;

/**
 * Accesses of elements of one array, in straight code without barriers, of which the first comes
 * before all others: its place is where the handle is looked up for all. Where their indexes differ
 * by what is known, all the elements are looked at there, too.
 */
final class AccessGroup {

    /** As many different accesses make one look at all of them cheaper than a look at each. */
    private static final int LEAST_NEIGHBOURS = 4;

    /** Elements: what lies farther apart is not looked at in one go. */
    private static final int MOST_NEIGHBOURS = 256;

    private final int first;
    private final Affine index;
    private final BitSet members = new BitSet();
    private long low;
    private long high;
    private int slot;

    /**
     * A group of one access.
     *
     * @param first its position
     * @param index of the element, or null if it is not known
     */
    AccessGroup(int first, Affine index) {
        this.first = first;
        this.index = index;
        members.set(first);
    }

    /** Adds an access, with an index of the same terms if the first has one. */
    void add(int position, Affine other) {
        members.set(position);
        if (index != null) {
            long distance = other.low() - index.low();
            low = Math.min(low, distance);
            high = Math.max(high, distance);
        }
    }

    /** Position of the access where the handle is looked up. */
    int first() {
        return first;
    }

    int last() {
        return members.length() - 1;
    }

    int size() {
        return members.cardinality();
    }

    BitSet members() {
        return members;
    }

    /** Whether one look at all its elements is worth while. */
    boolean looksAround() {
        return members.cardinality() >= LEAST_NEIGHBOURS
                && high - low < MOST_NEIGHBOURS
                && index != null;
    }

    /** How far from the first access's element the lowest one is. */
    int low() {
        return (int) low;
    }

    /** How many elements there are from the lowest to the highest. */
    int width() {
        return (int) (high - low) + 1;
    }

    /** The spare variable that has the handle. */
    int slot() {
        return slot;
    }

    void setSlot(int local) {
        slot = local;
    }
}
