package org.jkasan.report;

import java.util.List;

/**
 * A stack as the JVM keeps it for a Throwable, without the task: the kernel's {@code stack_record}.
 * It is symbolised only in a report.
 */
final class StackRecord implements SavedStack {

    /** Of what has no stack. */
    static final StackRecord NONE = of(List.of());

    private final Throwable backtrace;
    private final int hash;
    private final int depth;
    private final RecentTracks tracks = new RecentTracks();

    /** What the depot keeps behind it; not changed once the record can be found. */
    private StackRecord next;

    /**
     * A record of at most {@code depth} frames.
     *
     * @param hash of the raw backtrace
     */
    StackRecord(Throwable backtrace, int hash, int depth) {
        this.backtrace = backtrace;
        this.hash = hash;
        this.depth = depth;
    }

    /** The current stack, all of it. */
    static StackRecord here() {
        return new StackRecord(new Backtrace(), 0, Integer.MAX_VALUE);
    }

    /** A stack of given frames. */
    static StackRecord of(List<StackTraceElement> frames) {
        Throwable backtrace = new Backtrace();
        backtrace.setStackTrace(frames.toArray(StackTraceElement[]::new));
        return new StackRecord(backtrace, 0, Integer.MAX_VALUE);
    }

    /** Puts others behind this record, which nobody can find yet. */
    void chain(StackRecord next) {
        this.next = next;
    }

    StackRecord next() {
        return next;
    }

    /** Whether it is the record of a stack, of which the first frames count. */
    boolean isOf(Throwable stack, int stackHash, int frames) {
        return hash == stackHash && RawBacktrace.same(backtrace, stack, frames);
    }

    /** That a task was here. */
    Track track(Task task) {
        return tracks.track(task, this);
    }

    @Override
    public List<StackTraceElement> frames() {
        List<StackTraceElement> frames = Frames.strip(List.of(backtrace.getStackTrace()));
        return frames.size() <= depth ? frames : List.copyOf(frames.subList(0, depth));
    }

    /** A stack and nothing else: no message, no suppressed ones. */
    static final class Backtrace extends Throwable {

        private static final long serialVersionUID = 1L;

        Backtrace() {
            super(null, null, false, true);
        }
    }
}
