package org.jkasan.report;

/**
 * Tracks that were made lately, so that what allocates a million times at one place keeps its stack
 * once. Thread-safe; nobody waits.
 */
public final class TrackDepot {

    /*
     * The kernel's stack depot keeps every stack for ever. This one has a slot for each hash, and
     * the newer track takes it: a track that lost its slot may be made a second time, which costs
     * its memory, but stacks, and with them classes, are not kept without bound, and there is
     * neither a lock nor a list. Tracks are immutable, so the slots may be raced for.
     */

    private static final int SLOTS = 1 << 12;

    private static final int MIX = 0x9e3779b9;

    private final Track[] slots = new Track[SLOTS];

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
