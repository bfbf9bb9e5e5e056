package org.jkasan.check;

import org.jkasan.report.AccessKind;
import org.jkasan.report.BadAccess;
import org.jkasan.report.BugType;
import org.jkasan.report.Reporter;
import org.jkasan.shadow.Shadow;

/**
 * The exact check behind the fast one: whether an access is allowed, and if not, a report. Source:
 * the kernel's generic mode, check_region_inline and the outline functions.
 */
public final class AccessChecker {

    /**
     * How much of a range of kernel addresses is looked at: 16 GiB, the longest array. One that
     * begins in a hole of a window finds only zeros in the shadow there, and must not read its way
     * through terabytes of it.
     */
    private static final long LONGEST_SCAN = 1L << 34;

    private final Shadow shadow;
    private final Reporter reporter;

    public AccessChecker(Shadow shadow, Reporter reporter) {
        this.shadow = shadow;
        this.reporter = reporter;
    }

    /**
     * Checks a load or store.
     *
     * @param host its host address
     * @param size 1, 2, 4 or 8 bytes
     */
    void access(AccessKind kind, long host, int size) {
        if (!shadow.isReserved() || !isValid(host, size)) {
            report(new BadAccess(kind, host, host, size));
        }
    }

    /**
     * Checks a range of host memory, all of which is there.
     *
     * @param size bytes, not negative
     * @return whether it counts as good: it is, or its report is suppressed
     */
    boolean range(AccessKind kind, long host, long size) {
        return isValidRange(host, size) || !report(new BadAccess(kind, host, host, size));
    }

    /** Whether a byte of a range, all of which is there, must not be touched. */
    boolean isBad(long host, long size) {
        return !isValidRange(host, size);
    }

    /**
     * Checks a range of which only the beginning is looked at, and which may lie anywhere: as
     * shadow that nobody wrote says, what is outside the host's address space is not bad.
     *
     * @param looked bytes that are looked at, at most {@code size}, and more than 0
     */
    void beginning(AccessKind kind, long host, long looked, long size) {
        if (isBeginningBad(host, looked)) {
            report(new BadAccess(kind, host, host, size));
        }
    }

    /** Whether {@link #beginning} would report. */
    boolean isBeginningBad(long host, long looked) {
        return host > 0 && host <= Shadow.ADDRESS_LIMIT - looked && !isValidRange(host, looked);
    }

    /**
     * Checks a range of kernel addresses, as far as the window goes where it begins: what lies
     * behind has no shadow, nor has a kernel address outside all windows, and is a page fault to
     * come. Wild is a range that begins where the kernel has no metadata.
     *
     * @param size bytes, unsigned
     * @return whether it counts as good: it is, or its report is suppressed
     */
    boolean kernelRange(AccessKind kind, AddressSpace space, long address, long size) {
        if (size == 0) {
            return true;
        }
        long host = space.hostAddress(address);
        if (Long.compareUnsigned(address + size, address) < 0) {
            return !report(new BadAccess(kind, address, host, size));
        }
        if (host == AddressSpace.NO_SHADOW) {
            BugType wild = space.wildAccess(address);
            return wild == null || !report(BadAccess.wild(kind, address, size, wild));
        }
        long shadowed = shadowed(space, address, host, size);
        long scanned = Math.min(shadowed, LONGEST_SCAN);
        return isValidRange(host, scanned) && !space.isPoisoned(address, scanned)
                || !report(new BadAccess(kind, address, host, size));
    }

    /**
     * Checks an access of a few bytes that is one of many.
     *
     * @return whether the next one is to be checked too: false where there is no shadow, so that a
     *     page fault is to come
     */
    boolean goesOn(AccessKind kind, AddressSpace space, long address, int size) {
        long host = space.hostAddress(address);
        if (host == AddressSpace.NO_SHADOW
                || !isValidRange(host, size)
                || space.isPoisoned(address, size)) {
            kernelRange(kind, space, address, size);
        }
        return host != AddressSpace.NO_SHADOW;
    }

    /**
     * Reports an access, and says whether it counts as bad. Where there is no shadow nobody can
     * tell, and nobody has memory that is watched, so only the self-test is told.
     */
    private boolean report(BadAccess access) {
        return shadow.isReserved() ? reporter.report(access) : reporter.collect(access);
    }

    private boolean isValidRange(long host, long size) {
        return shadow.isReserved() && shadow.isValid(host, size);
    }

    private boolean isValid(long host, int size) {
        return switch (size) {
            case 1 -> shadow.isValid1(host);
            case 2 -> shadow.isValid2(host);
            case 4 -> shadow.isValid4(host);
            case 8 -> shadow.isValid8(host);
            default ->
                    throw new IllegalArgumentException(
                            "An access has 1, 2, 4 or 8 bytes, not " + size + ".");
        };
    }

    /** How many bytes of a range lie in the window where it begins, by bisection. */
    private static long shadowed(AddressSpace space, long address, long host, long size) {
        if (space.hostAddress(address + size - 1) == host + size - 1) {
            return size;
        }
        long inside = 1;
        long outside = size;
        while (outside - inside > 1) {
            long middle = inside + (outside - inside >>> 1);
            if (space.hostAddress(address + middle - 1) == host + middle - 1) {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        return inside;
    }
}
