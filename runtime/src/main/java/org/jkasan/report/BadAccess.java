package org.jkasan.report;

/**
 * A check that failed, as the checker hands it to the reporter.
 *
 * @param kind read, write or free
 * @param address the address as the program knows it: for memory in a kernel's window, the kernel
 *     address; otherwise the host address
 * @param hostAddress the same place as a host address, or {@link #NO_SHADOW} for a wild address
 * @param size bytes accessed, unsigned; 0 for a free
 * @param wild the title if the address turns out to have no shadow, as its owner knows it
 */
public record BadAccess(AccessKind kind, long address, long hostAddress, long size, BugType wild) {

    /** The host address of an access that has no shadow: null, user or wild. */
    public static final long NO_SHADOW = -1;

    /** A bad access to memory that has a shadow. */
    public BadAccess(AccessKind kind, long address, long hostAddress, long size) {
        this(kind, address, hostAddress, size, BugType.WILD_MEMORY_ACCESS);
    }

    /** A bad access to an address without shadow, titled by whose address space it is. */
    public static BadAccess wild(AccessKind kind, long address, long size, BugType title) {
        return new BadAccess(kind, address, NO_SHADOW, size, title);
    }
}
