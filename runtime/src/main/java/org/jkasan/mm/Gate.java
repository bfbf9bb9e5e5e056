package org.jkasan.mm;

/**
 * Whether a kernel still has its memory. Every call passes here that would touch it, for behind a
 * closed kernel's addresses may be anybody's memory by then.
 *
 * <p>That costs a load of a plain field. A call that races with the close is not stopped: whoever
 * closes a kernel sees to it that nobody is using it.
 */
public final class Gate {

    private boolean closed;

    Gate() {}

    /**
     * Passes while the kernel has its memory.
     *
     * @throws IllegalStateException once it is closed
     */
    public void pass() {
        if (closed) {
            throw gone();
        }
    }

    public boolean isClosed() {
        return closed;
    }

    private static IllegalStateException gone() {
        return new IllegalStateException("This kernel is closed, and its memory is gone.");
    }

    void close() {
        closed = true;
    }
}
