package org.jkasan.report;

import java.util.List;

/**
 * Who allocated or freed: a task and the stack at that moment. The stack is kept as the raw
 * backtrace of a Throwable, which costs half a microsecond, and is symbolised only in a report.
 */
public final class Track {

    private final Task task;
    private final Throwable backtrace;

    private Track(Task task, Throwable backtrace) {
        this.task = task;
        this.backtrace = backtrace;
    }

    /** The current task and stack. */
    public static Track here() {
        return new Track(Task.current(), new Backtrace());
    }

    /** A track with a given stack. */
    static Track of(Task task, List<StackTraceElement> frames) {
        Throwable backtrace = new Backtrace();
        backtrace.setStackTrace(frames.toArray(StackTraceElement[]::new));
        return new Track(task, backtrace);
    }

    /** The same for tracks of the same task and stack. */
    int hash() {
        return 31 * Long.hashCode(task.pid()) + RawBacktrace.hash(backtrace);
    }

    /** Whether it is known to be of the same task and stack. */
    boolean isSameAs(Track other) {
        return task.equals(other.task) && RawBacktrace.same(backtrace, other.backtrace);
    }

    public Task task() {
        return task;
    }

    /** The frames from the innermost outwards, without those of the runtime on top. */
    public List<StackTraceElement> frames() {
        return Frames.strip(List.of(backtrace.getStackTrace()));
    }

    /** The class, without its package, and the method that it was; empty if that is not known. */
    public String caller() {
        List<StackTraceElement> frames = frames();
        return frames.isEmpty() ? "" : Text.method(frames.get(0));
    }

    /** A stack and nothing else: no message, no suppressed ones. */
    private static final class Backtrace extends Throwable {

        private static final long serialVersionUID = 1L;

        Backtrace() {
            super(null, null, false, true);
        }
    }
}
