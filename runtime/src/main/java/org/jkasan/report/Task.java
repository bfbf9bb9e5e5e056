package org.jkasan.report;

/**
 * The task of a report: a kernel task, or else a Java thread under the names that the kernel has
 * for it.
 *
 * @param comm the task's or the thread's name
 * @param pid the task's or the thread's identifier
 */
public record Task(String comm, long pid) {

    /** What threads run as, if not as themselves. */
    private static final ThreadLocal<Task> ENTERED = new ThreadLocal<>();

    /** The task that the current thread runs as: the one that it has entered, or itself. */
    public static Task current() {
        Task entered = ENTERED.get();
        return entered != null ? entered : ofThread();
    }

    /**
     * Makes the current thread run as a task from now on.
     *
     * @param task the same object is {@link #current()} then; null for the thread itself
     * @return what the thread ran as before, null for itself
     */
    public static Task enter(Task task) {
        Task before = ENTERED.get();
        if (task == null) {
            ENTERED.remove();
        } else {
            ENTERED.set(task);
        }
        return before;
    }

    @SuppressWarnings("deprecation") // threadId() is since 19
    private static Task ofThread() {
        Thread thread = Thread.currentThread();
        return new Task(thread.getName(), thread.getId());
    }
}
