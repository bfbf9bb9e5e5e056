package org.jkasan.report;

import java.util.List;

/**
 * Who allocated or freed: a task and the stack at that moment, or as much of it as is known: the
 * place that called. The kernel's {@code kasan_track}.
 */
public final class Track {

    private final Task task;
    private final SavedStack stack;

    Track(Task task, SavedStack stack) {
        this.task = task;
        this.stack = stack;
    }

    /** The current task and the whole of the current stack, which no depot keeps. */
    public static Track here() {
        return new Track(Task.current(), StackRecord.here());
    }

    /** A track with a given stack. */
    static Track of(Task task, List<StackTraceElement> frames) {
        return new Track(task, StackRecord.of(frames));
    }

    public Task task() {
        return task;
    }

    /** The same object for events that are known to have had the same stack. */
    SavedStack stack() {
        return stack;
    }

    /**
     * The frames from the innermost outwards, without those of the runtime on top; only the first
     * of them where no more is known, and none where the depot was full.
     */
    public List<StackTraceElement> frames() {
        return stack.frames();
    }

    /** The class, without its package, and the method that it was; empty if that is not known. */
    public String caller() {
        List<StackTraceElement> frames = frames();
        return frames.isEmpty() ? "" : Text.method(frames.get(0));
    }
}
