package org.jkasan.report;

import org.jkasan.config.StackMode;

/**
 * Where tracks come from. Those that were made lately are kept, so that what allocates a million
 * times at one place keeps its stack once. Thread-safe; nobody waits.
 */
public final class TrackDepot {

    /*
     * The kernel's stack depot keeps every stack for ever. This one has a slot for each hash, and
     * the newer track takes it: a track that lost its slot may be made a second time, which costs
     * its memory, but stacks, and with them classes, are not kept without bound, and there is
     * neither a lock nor a list. Tracks are immutable, so the slots may be raced for.
     *
     * A whole stack costs more than all the rest of a vmalloc. So where the caller is known, only the
     * first events of each place have theirs kept, and of later ones one in a thousand or so: places
     * that are called from many others still show some of them. A track never has a stack that
     * another event had.
     */

    private static final int SLOTS = 1 << 12;

    private static final int MIX = 0x9e3779b9;

    private final Track[] slots = new Track[SLOTS];
    private final StackMode mode;

    /** A depot that keeps of stacks what the mode says. */
    public TrackDepot(StackMode mode) {
        this.mode = mode;
    }

    /**
     * The current task, and of its stack what is to be kept of this event.
     *
     * @param caller who allocates or frees; null if that is not known without the stack
     */
    public Track here(CallSite caller) {
        if (caller == null || mode == StackMode.FULL) {
            return here();
        }
        ThreadState thread = ThreadState.current();
        boolean whole = mode == StackMode.AUTO && (caller.isFresh() || thread.isStackDue());
        return whole ? here() : caller.track(thread.task());
    }

    /** The current task and stack: a track that says so, made now or before. */
    public Track here() {
        Track track = Track.here();
        int hash = track.hash() * MIX;
        int slot = hash >>> Integer.SIZE - Integer.numberOfTrailingZeros(SLOTS);
        Track known = slots[slot];
        if (known != null && known.isSameAs(track)) {
            return known;
        }
        slots[slot] = track;
        return track;
    }
}
