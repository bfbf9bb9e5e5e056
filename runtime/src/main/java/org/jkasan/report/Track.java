package org.jkasan.report;

import java.util.List;

/**
 * Who allocated or freed: a task and the stack at that moment, or as much of it as is known: the
 * place that called. The stack is kept as the raw backtrace of a Throwable, which costs half a
 * microsecond and more, and is symbolised only in a report.
 */
public final class Track {

    private final Task task;

    /** Null where only the caller is known. */
    private final Throwable backtrace;

    /** Null where there is a backtrace. */
    private final CallSite caller;

    private Track(Task task, Throwable backtrace, CallSite caller) {
        this.task = task;
        this.backtrace = backtrace;
        this.caller = caller;
    }

    /** The current task and stack. */
    public static Track here() {
        return new Track(Task.current(), new Backtrace(), null);
    }

    /** A task, and no more of its stack than the place that called. */
    static Track at(CallSite caller, Task task) {
        return new Track(task, null, caller);
    }

    /** A track with a given stack. */
    static Track of(Task task, List<StackTraceElement> frames) {
        Throwable backtrace = new Backtrace();
        backtrace.setStackTrace(frames.toArray(StackTraceElement[]::new));
        return new Track(task, backtrace, null);
    }

    /** The same for tracks of the same task and stack, which both have. */
    int hash() {
        return 31 * Long.hashCode(task.pid()) + RawBacktrace.hash(backtrace);
    }

    /** Whether it is known to be of the same task and stack, which both have. */
    boolean isSameAs(Track other) {
        return task.equals(other.task) && RawBacktrace.same(backtrace, other.backtrace);
    }

    public Task task() {
        return task;
    }

    /**
     * The frames from the innermost outwards, without those of the runtime on top; only the first
     * of them where no more is known.
     */
    public List<StackTraceElement> frames() {
        if (caller != null) {
            return List.of(caller.place());
        }
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
