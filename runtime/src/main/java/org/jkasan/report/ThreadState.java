package org.jkasan.report;

/** What is known of a thread: whose stack it runs on, and when it last kept one. */
final class ThreadState {

    private static final ThreadLocal<ThreadState> CURRENT =
            ThreadLocal.withInitial(ThreadState::new);

    /** Events of a thread per whole stack, on average. */
    private static final int EVENTS_PER_STACK = 1024;

    private final Thread thread = Thread.currentThread();
    private Task itself = Task.of(thread);
    private Task entered;
    private int random = (int) itself.pid() * 2 + 1;
    private int untilStack = EVENTS_PER_STACK;

    static ThreadState current() {
        return CURRENT.get();
    }

    /** The task that the thread runs as: the same object until it runs as another. */
    Task task() {
        if (entered != null) {
            return entered;
        }
        // A thread that is renamed gets another string, so this finds all but a name like the old.
        if (thread.getName() != itself.comm()) {
            itself = Task.of(thread);
        }
        return itself;
    }

    /** Makes the thread run as a task, or as itself for null; returns what it ran as, likewise. */
    Task enter(Task task) {
        Task before = entered;
        entered = task;
        return before;
    }

    /**
     * Whether a whole stack is to be kept this time. The distances vary, so that no event of a loop
     * is always the one, or never.
     */
    boolean isStackDue() {
        if (--untilStack > 0) {
            return false;
        }
        // Marsaglia's xorshift, which never becomes 0.
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        untilStack = EVENTS_PER_STACK / 2 + (random & EVENTS_PER_STACK - 1);
        return true;
    }
}
