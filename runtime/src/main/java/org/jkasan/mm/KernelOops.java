package org.jkasan.mm;

import java.util.List;

/**
 * An access that the model's memory management unit refused. The message is the first line of the
 * kernel's oops; {@link #lines()} has all that the model can say of it.
 */
public final class KernelOops extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long address;
    private final boolean write;
    private final transient List<String> lines;

    /**
     * An oops.
     *
     * @param address the first byte that could not be accessed
     * @param write whether it was to be written
     * @param lines what the kernel prints, at least one line
     */
    public KernelOops(long address, boolean write, List<String> lines) {
        super(lines.get(0));
        this.address = address;
        this.write = write;
        this.lines = List.copyOf(lines);
    }

    /** The first byte that could not be accessed. */
    public long address() {
        return address;
    }

    /** Whether it was to be written. */
    public boolean isWrite() {
        return write;
    }

    /** The oops as the kernel prints it, line by line. */
    public List<String> lines() {
        return lines == null ? List.of(getMessage()) : lines;
    }
}
