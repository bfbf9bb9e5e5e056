package org.jkasan.agent.rewrite.loop;

import org.jkasan.agent.rewrite.hook.Hook;
import org.jkasan.agent.rewrite.symbolic.ArrayOrigin;

/**
 * An array, or all rows of an array of arrays, of which a loop touches elements that nobody can
 * tell beforehand, so that all of it is looked at.
 *
 * @param origin where the loop finds it, in all its turns
 * @param handle the spare variable with its handle where the loop is entered, or -1
 * @param tracked the hook that says whether it can be tracked at all
 */
record Whole(ArrayOrigin origin, int handle, Hook tracked) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Whole whole
                && handle == whole.handle
                && tracked == whole.tracked
                && origin.equals(whole.origin);
    }

    @Override
    public int hashCode() {
        return 31 * origin.hashCode() + handle;
    }

    /** That of an origin; null where it is something else. */
    static Whole of(ArrayOrigin origin, int handle, Hook tracked) {
        boolean known =
                origin != null
                        && !(origin instanceof ArrayOrigin.Row row
                                && row.of() instanceof ArrayOrigin.Row);
        ArrayOrigin all = origin instanceof ArrayOrigin.Row row ? row.whichever() : origin;
        return known ? new Whole(all, handle, tracked) : null;
    }

    boolean isRows() {
        return origin instanceof ArrayOrigin.Row;
    }

    /** The variable that holds the array itself, or -1. */
    int local() {
        return origin instanceof ArrayOrigin.Held held ? held.local() : -1;
    }

    /** The variable where the array is found, or that of its rows, or -1. */
    int root() {
        ArrayOrigin found = origin instanceof ArrayOrigin.Row row ? row.of() : origin;
        return found instanceof ArrayOrigin.Held held ? held.local() : -1;
    }
}
