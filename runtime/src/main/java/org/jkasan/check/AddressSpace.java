package org.jkasan.check;

import org.jkasan.report.BugType;
import org.jkasan.shadow.Shadow;

/** An address space whose addresses the checks can translate: a modelled kernel's memory. */
public interface AddressSpace {

    /** What {@link #hostAddress} answers for an address without shadow; never a host address. */
    long NO_SHADOW = Shadow.NO_ADDRESS;

    /**
     * The host address that a kernel address stands for, or {@link #NO_SHADOW} where there is no
     * shadow: null, user space, non-canonical addresses and kernel addresses outside all windows.
     * No lock, no allocation: this is on the check path.
     */
    long hostAddress(long address);

    /**
     * As {@link #hostAddress}, but {@link #NO_SHADOW} also where the page is not there, so that
     * what its shadow bytes say may be overruled.
     */
    default long presentAddress(long address) {
        return hostAddress(address);
    }

    /**
     * Whether some of a range that begins in a window is poisoned, whatever its shadow bytes say.
     *
     * @param size bytes, unsigned, not 0
     */
    default boolean isPoisoned(long address, long size) {
        return false;
    }

    /**
     * The title of an access where the kernel has no metadata: null, user space and non-canonical
     * addresses. It is null in the kernel's own half, where the shadow of what lies outside all
     * windows is absent: there the access runs into a page fault and KASAN says nothing.
     */
    BugType wildAccess(long address);
}
