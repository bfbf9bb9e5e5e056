package org.jkasan.report;

/**
 * The task of a report: a Java thread under the names that the kernel has for it.
 *
 * @param comm the thread's name
 * @param pid the thread's identifier
 */
public record Task(String comm, long pid) {

    /** The current thread. */
    @SuppressWarnings("deprecation") // threadId() is since 19
    public static Task current() {
        Thread thread = Thread.currentThread();
        return new Task(thread.getName(), thread.getId());
    }
}
