package org.jkasan.agent.rewrite.loop;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jkasan.agent.rewrite.hook.Hook;

/**
 * What is decided where a loop is entered: whether its accesses need checks.
 *
 * @param turn the loop
 * @param ranges the elements that it touches, as far as they are known beforehand
 * @param refined for each array variable of these ranges the spare variable with its refined
 *     handle: 0 if all elements of the ranges are accessible; none if the loop is copied
 * @param others the array variables of which the loop touches other elements as well
 * @param questions the hooks that say whether an array can be tracked that is in no variable
 * @param wholes the arrays of which it touches others as well, and which are looked at in whole
 * @param inside what has to hold so that none of these accesses is outside of its array; null where
 *     that is not known
 * @param guarded the accesses of these, with what each of them accesses, if that is not known
 * @param buffers the variables of the buffers that it looks at in whole
 * @param calls positions of all calls that access these
 * @param inner the bounds of loops in it, of which each is in the one before
 * @param nest whether it has loops in it; then it has no ranges
 * @param copied whether the loop has a second version, without checks of array elements
 */
record LoopVersion(
        LoopTurn turn,
        LoopRanges ranges,
        SortedMap<Integer, Integer> refined,
        SortedSet<Integer> others,
        Set<Hook> questions,
        Set<Whole> wholes,
        Inside inside,
        SortedMap<Integer, Whole> guarded,
        SortedSet<Integer> buffers,
        BitSet calls,
        List<List<LoopRanges.Bound>> inner,
        boolean nest,
        boolean copied) {

    /** The spare variable of an access that a range covers, or -1. */
    int slotForAccess(int position, int array) {
        return !copied && ranges.covered().get(position) ? refined.get(array) : -1;
    }

    /** Whether an instruction of the copy needs no check of its own. */
    boolean decides(int position, boolean array) {
        return array || ranges.covered().get(position) || calls.get(position);
    }

    /** Whether there are no more turns than what can be counted says, nor many fewer. */
    boolean countsTurns() {
        return !ranges.bounds().isEmpty() && !ranges.mayEndEarly();
    }
}
