package org.jkasan.mm;

/** Knows what some faults mean, better than the memory management unit that refused the access. */
@FunctionalInterface
public interface FaultHandler {

    /**
     * The oops of an access that was refused on the current thread, or null for the ordinary one.
     *
     * @param addr the first byte that is not mapped
     */
    KernelOops oops(long addr, boolean write);
}
