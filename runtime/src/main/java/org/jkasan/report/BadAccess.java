package org.jkasan.report;

/**
 * A check that failed, as the checker hands it to the reporter.
 *
 * @param kind read, write or free
 * @param address the address as the program knows it: for memory in a kernel's window, the kernel
 *     address; otherwise the host address
 * @param hostAddress the same place as a host address, or {@link #NO_SHADOW} for a wild address
 * @param size bytes accessed, unsigned; 0 for a free
 */
public record BadAccess(AccessKind kind, long address, long hostAddress, long size) {

    /** The host address of an access that has no shadow: null, user or wild. */
    public static final long NO_SHADOW = -1;
}
