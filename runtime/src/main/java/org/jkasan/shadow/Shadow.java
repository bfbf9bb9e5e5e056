package org.jkasan.shadow;

import org.jkasan.host.HostMemory;
import org.jkasan.host.RawMemory;

/**
 * The shadow of the host's whole user address space: one byte says how many of eight may be
 * touched. One flat reservation at a fixed offset, so that a check is one load and one compare.
 *
 * <p>Addresses are host addresses below 2^47. Source: the kernel's generic mode, outline checks.
 */
public final class Shadow {

    /** log2 of the granule size. */
    public static final int SCALE_SHIFT = 3;

    /** Bytes of memory that one shadow byte describes. */
    public static final int GRANULE_SIZE = 1 << SCALE_SHIFT;

    /** Bits of a host address. */
    public static final int ADDRESS_BITS = 47;

    private static final long GRANULE_MASK = GRANULE_SIZE - 1;

    private final long base;

    private Shadow(long base) {
        this.base = base;
    }

    /** Reserves the shadow, 16 TiB of address space of which nothing is committed. */
    public static Shadow reserve(HostMemory host) {
        long size = 1L << (ADDRESS_BITS - SCALE_SHIFT);
        return new Shadow(host.reserve(size, host.pageSize(), "the shadow"));
    }

    /** The host address of the shadow byte of address 0. */
    public long base() {
        return base;
    }

    /** The host address of the shadow byte of an address: kasan_mem_to_shadow. */
    public long shadowAddress(long address) {
        return base + (address >>> SCALE_SHIFT);
    }

    /** The shadow byte of an address. */
    public byte load(long address) {
        return RawMemory.loadByte(shadowAddress(address));
    }

    /** Whether an access of one byte is allowed. */
    public boolean isValid1(long address) {
        byte shadow = load(address);
        return shadow == 0 || (address & GRANULE_MASK) < shadow;
    }
}
