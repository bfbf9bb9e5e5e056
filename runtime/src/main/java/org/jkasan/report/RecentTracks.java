package org.jkasan.report;

/**
 * The tracks of the tasks that had the same stack lately, so that the next event of such a task
 * needs none made. Thread-safe: tracks are immutable, so threads may race for a slot.
 */
final class RecentTracks {

    /** Tasks whose tracks are kept at hand, a power of two. */
    private static final int TASKS = 4;

    private final Track[] slots = new Track[TASKS];

    /** The track of a task and the stack that they all have, made now or before. */
    Track track(Task task, SavedStack stack) {
        int slot = (int) task.pid() & TASKS - 1;
        Track known = slots[slot];
        if (known != null && (known.task() == task || known.task().equals(task))) {
            return known;
        }
        Track track = new Track(task, stack);
        slots[slot] = track;
        return track;
    }
}
