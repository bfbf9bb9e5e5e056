package org.jkasan.report;

/**
 * A place in the program from which memory is allocated or freed. Rewritten code hands it over with
 * the call, so that who called is known without a walk of the stack. Only {@link CallSites} makes
 * them.
 */
public final class CallSite {

    /** Events of which a place keeps the whole stack before it does so but sparsely. */
    static final int FIRST_EVENTS = 256;

    /** Tasks whose tracks are kept at hand, a power of two. */
    private static final int TASKS = 4;

    private final StackTraceElement place;
    private final Track[] recent = new Track[TASKS];
    private int events;

    CallSite(StackTraceElement place) {
        this.place = place;
    }

    StackTraceElement place() {
        return place;
    }

    /**
     * Whether this event is one of the first. Threads may race, and some more be taken for first
     * ones; later on nothing is written here that another CPU reads.
     */
    boolean isFresh() {
        int before = events;
        if (before >= FIRST_EVENTS) {
            return false;
        }
        events = before + 1;
        return true;
    }

    /** That a task was here: a track that says so, made now or before. */
    Track track(Task task) {
        int slot = (int) task.pid() & TASKS - 1;
        Track known = recent[slot];
        if (known != null && known.task() == task) {
            return known;
        }
        Track track = Track.at(this, task);
        recent[slot] = track;
        return track;
    }

    @Override
    public String toString() {
        return place.toString();
    }
}
