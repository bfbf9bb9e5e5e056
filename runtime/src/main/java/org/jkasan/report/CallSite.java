package org.jkasan.report;

import java.util.List;

/**
 * A place in the program from which memory is allocated or freed. Rewritten code hands it over with
 * the call, so that who called is known without a walk of the stack. Only {@link CallSites} makes
 * them.
 */
public final class CallSite implements SavedStack {

    /** Events of which a place keeps the whole stack before it does so but sparsely. */
    static final int FIRST_EVENTS = 256;

    private final StackTraceElement place;
    private final RecentTracks tracks = new RecentTracks();
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
        return tracks.track(task, this);
    }

    @Override
    public List<StackTraceElement> frames() {
        return List.of(place);
    }

    @Override
    public String toString() {
        return place.toString();
    }
}
