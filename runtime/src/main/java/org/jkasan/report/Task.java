package org.jkasan.report;

/**
 * The task of a report: a kernel task, or else a Java thread under the names that the kernel has
 * for it.
 *
 * @param comm the task's or the thread's name
 * @param pid the task's or the thread's identifier
 */
public record Task(String comm, long pid) {

    /** The task that the current thread runs as: the one that it has entered, or itself. */
    public static Task current() {
        return ThreadState.current().task();
    }

    /**
     * Makes the current thread run as a task from now on.
     *
     * @param task the same object is {@link #current()} then; null for the thread itself
     * @return what the thread ran as before, null for itself
     */
    public static Task enter(Task task) {
        return ThreadState.current().enter(task);
    }

    @SuppressWarnings("deprecation") // threadId() is since 19
    static Task of(Thread thread) {
        return new Task(thread.getName(), thread.getId());
    }
}
