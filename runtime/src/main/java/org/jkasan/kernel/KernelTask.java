package org.jkasan.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jkasan.report.FrameInfo;
import org.jkasan.report.Task;

/**
 * A task of a kernel, with a stack. A thread runs it from its first {@link #enter} until that frame
 * is closed; reports call the thread by the task's name meanwhile. One thread at a time runs a
 * task; a thread that runs one may enter another, as a switch of context does, and returns to the
 * first when it leaves the second.
 */
public final class KernelTask implements AutoCloseable {

    private final Tasks tasks;
    private final Task identity;
    private final TaskStack stack;
    private final Deque<StackFrame> frames = new ArrayDeque<>();
    private long framesEntered;
    private volatile Thread runner;
    private volatile boolean dead;

    KernelTask(Tasks tasks, Task identity, TaskStack stack) {
        this.tasks = tasks;
        this.identity = identity;
        this.stack = stack;
    }

    /** Its name, at most 15 characters. */
    public String comm() {
        return identity.comm();
    }

    /** Its number, unique in the kernel. */
    public long pid() {
        return identity.pid();
    }

    /** The lowest address of its stack. */
    public long stackStart() {
        return stack.start();
    }

    /** The first address above its stack. */
    public long stackEnd() {
        return stack.end();
    }

    /**
     * Calls a function: opens a frame on the stack, and makes the thread run this task.
     *
     * @param function the name in reports
     * @throws org.jkasan.mm.KernelOops if the stack has no room for the frame
     * @throws IllegalStateException if the task has ended, or another thread runs it
     */
    public StackFrame enter(String function) {
        claim(function);
        Task before = Task.enter(identity);
        try {
            StackFrame frame = new StackFrame(this, function, before, ++framesEntered);
            frames.push(frame);
            return frame;
        } catch (RuntimeException e) {
            leave(before);
            throw e;
        }
    }

    private synchronized void claim(String function) {
        requireOpen();
        if (dead) {
            throw new IllegalStateException(
                    "Task " + name() + " has ended and cannot enter " + function + ".");
        }
        Thread self = Thread.currentThread();
        if (runner != null && runner != self) {
            throw new IllegalStateException(
                    "Task "
                            + name()
                            + " is run by thread "
                            + runner.getName()
                            + "; one thread at a time can run a task.");
        }
        runner = self;
    }

    private void leave(Task before) {
        Task.enter(before);
        if (frames.isEmpty()) {
            runner = null;
        }
    }

    /** Closes the innermost frame. */
    void pop(StackFrame frame) {
        requireRunning();
        if (frames.peek() != frame || Task.current() != identity) {
            throw new IllegalStateException(
                    "The frame of "
                            + frame.function()
                            + " is not the innermost of "
                            + Thread.currentThread().getName()
                            + "; close the ones opened after it first.");
        }
        frames.pop();
        if (!dead) {
            stack.pop(frame.top());
        }
        leave(frame.before());
    }

    /**
     * Ends the task: do_exit. Frames that are open stay as they are, redzones and all, for nobody
     * returns from them; the stack waits in the CPU's cache for the next task, or is freed.
     *
     * @throws IllegalStateException if another thread runs the task, or this one runs another in it
     */
    @Override
    public void close() {
        if (dead) {
            return;
        }
        endLife();
        tasks.exit(this);
    }

    private synchronized void endLife() {
        if (!frames.isEmpty()) {
            requireRunning();
            if (Task.current() != identity) {
                throw new IllegalStateException(
                        "Task "
                                + name()
                                + " cannot end while its thread runs another; close the"
                                + " frames of that one first.");
            }
            returnFromAll();
        }
        dead = true;
    }

    private void returnFromAll() {
        StackFrame outermost = frames.peekLast();
        frames.forEach(StackFrame::abandon);
        frames.clear();
        leave(outermost.before());
    }

    /** Ends the task since its kernel is closed: its memory is gone. */
    void vanish() {
        dead = true;
    }

    boolean isDead() {
        return dead;
    }

    /** Checks that the current thread runs the task. */
    void requireRunning() {
        if (runner != Thread.currentThread()) {
            throw new IllegalStateException(
                    "Task "
                            + name()
                            + " is not run by thread "
                            + Thread.currentThread().getName()
                            + "; only the thread that entered a task can use its frames.");
        }
    }

    /** Checks that the kernel is not closed. */
    void requireOpen() {
        tasks.requireOpen();
    }

    StackFrame innermost() {
        return frames.peek();
    }

    /** The open frames, the innermost first. */
    Deque<StackFrame> frames() {
        return frames;
    }

    Task identity() {
        return identity;
    }

    TaskStack stack() {
        return stack;
    }

    private String name() {
        return comm() + "/" + pid();
    }

    /**
     * What a report says of the frame that holds an address of the stack; null for unused stack.
     * Only the thread that runs the task may ask.
     */
    FrameInfo describe(long addr) {
        if (Long.compareUnsigned(addr, stack.pointer()) < 0) {
            return null;
        }
        for (StackFrame frame : frames) {
            if (Long.compareUnsigned(addr, frame.top()) < 0) {
                return frame.describe(addr);
            }
        }
        return null;
    }
}
