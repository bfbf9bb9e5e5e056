package org.jkasan.mm;

/** The flags of an area, with the kernel's values. */
public final class VmFlags {

    /** Maps a device's memory. */
    public static final int IOREMAP = 0x1;

    /** Owns its pages, as what vmalloc allocates does. */
    public static final int ALLOC = 0x2;

    /** Maps the caller's pages. */
    public static final int MAP = 0x4;

    /** May be mapped to user space as well. */
    public static final int USERMAP = 0x8;

    /** Maps memory that a device reads and writes. */
    public static final int DMA_COHERENT = 0x10;

    /** Is not set up yet, so that nobody looks into it. */
    public static final int UNINITIALIZED = 0x20;

    /** Has no guard page behind it. */
    public static final int NO_GUARD = 0x40;

    /** Has shadow of its own, which is freed with it. */
    public static final int KASAN = 0x80;

    /** Has its permissions reset and is purged at once when it is freed. */
    public static final int FLUSH_RESET_PERMS = 0x100;

    /** Owns the pages that its caller had mapped. */
    public static final int MAP_PUT_PAGES = 0x200;

    /** May be mapped with pages of 2 MiB. */
    public static final int ALLOW_HUGE_VMAP = 0x400;

    private VmFlags() {}
}
