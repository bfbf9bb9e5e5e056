package org.jkasan.check;

/** An address space whose addresses the checks can translate: a modelled kernel's memory. */
public interface AddressSpace {

    /** What {@link #hostAddress} answers for an address without shadow; never a host address. */
    long NO_SHADOW = -1;

    /**
     * The host address that a kernel address stands for, or {@link #NO_SHADOW} where the kernel has
     * no shadow: null, user space, non-canonical addresses and kernel addresses outside all
     * windows. No lock, no allocation: this is on the check path.
     */
    long hostAddress(long address);
}
