package org.jkasan.report;

import java.util.Optional;

/**
 * The stack of a kernel task.
 *
 * @param task whose stack it is
 * @param current whether that task does the access; only then does a report look into the stack
 * @param start its lowest kernel address
 * @param end the first kernel address above it
 * @param frame the frame that holds the address, if one of the current task's does
 */
public record StackRegion(
        Task task, boolean current, long start, long end, Optional<FrameInfo> frame)
        implements Region {

    /** Whether an address lies in the stack. */
    boolean holds(long address) {
        return Long.compareUnsigned(address - start, end - start) < 0;
    }
}
