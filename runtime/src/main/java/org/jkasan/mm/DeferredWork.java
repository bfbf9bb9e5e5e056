package org.jkasan.mm;

/** Where work goes that cannot be done where it comes up: the kernel's schedule_work. */
@FunctionalInterface
public interface DeferredWork {

    /**
     * Has work done once, soon, and where it may sleep; it waits for nothing and may be called from
     * anywhere.
     */
    void schedule(Runnable work);
}
