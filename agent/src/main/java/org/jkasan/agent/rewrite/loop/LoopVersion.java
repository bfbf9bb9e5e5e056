package org.jkasan.agent.rewrite.loop;

import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jkasan.agent.rewrite.hook.Hook;

/**
 * What is decided where an innermost loop is entered: whether its accesses need checks.
 *
 * @param turn the loop
 * @param ranges the elements that it touches, as far as they are known beforehand
 * @param refined for each array variable of these ranges the spare variable with its refined
 *     handle: 0 if all elements of the ranges are accessible
 * @param others the array variables of which the loop touches other elements as well
 * @param questions the hooks that say whether an array can be tracked that is in no variable
 * @param copied whether the loop has a second version, without checks of array elements
 */
record LoopVersion(
        LoopTurn turn,
        LoopRanges ranges,
        SortedMap<Integer, Integer> refined,
        SortedSet<Integer> others,
        Set<Hook> questions,
        boolean copied) {

    /** The spare variable of an access that a range covers, or -1. */
    int slotForAccess(int position, int array) {
        return ranges.covered().get(position) ? refined.get(array) : -1;
    }
}
