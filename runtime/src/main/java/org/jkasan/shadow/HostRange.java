package org.jkasan.shadow;

/** Ranges of the host's address space, which ends at {@link Shadow#ADDRESS_LIMIT}. */
final class HostRange {

    private HostRange() {}

    /** Whether [address, last] neither wraps around nor leaves the address space. */
    static boolean fits(long address, long last) {
        return address >= 0 && last >= address && last < Shadow.ADDRESS_LIMIT;
    }

    /** Refuses a range that does not begin at a granule or does not fit. */
    static void checkGranules(long address, long size) {
        if (address % Shadow.GRANULE_SIZE != 0) {
            throw new IllegalArgumentException(
                    "Address 0x"
                            + Long.toHexString(address)
                            + " is not the start of a granule: it must be a multiple of 8.");
        }
        if (size < 0 || size != 0 && !fits(address, address + (size - 1))) {
            throw new IllegalArgumentException(
                    "0x"
                            + Long.toHexString(size)
                            + " bytes at 0x"
                            + Long.toHexString(address)
                            + " do not lie in the host's address space, which ends at 0x"
                            + Long.toHexString(Shadow.ADDRESS_LIMIT)
                            + ".");
        }
    }
}
