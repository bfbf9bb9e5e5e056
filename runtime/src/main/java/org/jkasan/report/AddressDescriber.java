package org.jkasan.report;

/**
 * Knows what lies at an address. The layers above the report implement it and register with the
 * {@link Reporter}; that cuts the kernel's circle of report asking vmalloc and vmalloc calling
 * kasan. Implementations must not wait for a lock that an allocator holds: they try it, and answer
 * less where they do not get it.
 */
public interface AddressDescriber {

    /**
     * What lies at the host address, or null if the address is none of this owner's. Called on the
     * thread of the access. A vmapped stack has two who answer, its area's and its task's owner.
     */
    AddressInfo describe(long hostAddress);
}
