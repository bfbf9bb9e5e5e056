package org.jkasan.mm.slab;

/** The flags of a cache, with the kernel's values. */
public final class SlabFlags {

    /** None of them. */
    public static final int NONE = 0;

    /** SLAB_HWCACHE_ALIGN: objects begin at lines of the processor's cache, of 64 bytes. */
    public static final int HWCACHE_ALIGN = 0x2000;

    /**
     * SLAB_TYPESAFE_BY_RCU: a freed object may be read until a grace period is over, though it may
     * be another of the same type by then.
     */
    public static final int TYPESAFE_BY_RCU = 0x80000;

    static final int ALL = HWCACHE_ALIGN | TYPESAFE_BY_RCU;

    private SlabFlags() {}
}
