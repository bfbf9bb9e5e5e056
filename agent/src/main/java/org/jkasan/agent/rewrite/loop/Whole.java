package org.jkasan.agent.rewrite.loop;

import org.jkasan.agent.rewrite.hook.Hook;
import org.jkasan.agent.rewrite.symbolic.ArrayOrigin;

/**
 * An array, or all rows of an array of arrays, of which a loop touches elements that nobody can
 * tell beforehand, so that all of it is looked at.
 *
 * @param origin where the loop finds it, in all its turns
 * @param local the variable that holds the array, or the array of the rows, where it is entered
 * @param handle the spare variable with its handle there, or -1
 * @param tracked the hook that says whether it can be tracked at all
 */
record Whole(ArrayOrigin origin, int local, int handle, Hook tracked) {

    /** That of an origin; null where it is something else. */
    static Whole of(ArrayOrigin origin, int handle, Hook tracked) {
        if (origin instanceof ArrayOrigin.Held held) {
            return new Whole(origin, held.local(), handle, tracked);
        }
        return origin instanceof ArrayOrigin.Row row && row.of() instanceof ArrayOrigin.Held held
                ? new Whole(origin, held.local(), -1, tracked)
                : null;
    }

    boolean isRows() {
        return origin instanceof ArrayOrigin.Row;
    }
}
