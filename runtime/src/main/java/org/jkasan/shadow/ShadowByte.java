package org.jkasan.shadow;

/**
 * The values of a shadow byte in the kernel's generic mode (since v5.8). 0 means that all eight
 * bytes of a granule may be accessed, 1 to 7 that only the first so many, a negative value that
 * none, and which one says why.
 */
public final class ShadowByte {

    /** All eight bytes accessible. */
    public static final byte ACCESSIBLE = 0;

    /** KASAN_PAGE_FREE. */
    public static final byte PAGE_FREE = (byte) 0xFF;

    /** KASAN_PAGE_REDZONE: behind a large kmalloc. */
    public static final byte PAGE_REDZONE = (byte) 0xFE;

    /** KASAN_SLAB_REDZONE. */
    public static final byte SLAB_REDZONE = (byte) 0xFC;

    /** KASAN_SLAB_FREE. */
    public static final byte SLAB_FREE = (byte) 0xFB;

    /** KASAN_SLAB_FREE_META: first granule of a freed object with a valid free track. */
    public static final byte SLAB_FREE_META = (byte) 0xFA;

    /** KASAN_GLOBAL_REDZONE. */
    public static final byte GLOBAL_REDZONE = (byte) 0xF9;

    /** KASAN_VMALLOC_INVALID: vmap space outside live ranges. */
    public static final byte VMALLOC_INVALID = (byte) 0xF8;

    /** KASAN_STACK_LEFT. */
    public static final byte STACK_LEFT = (byte) 0xF1;

    /** KASAN_STACK_MID. */
    public static final byte STACK_MID = (byte) 0xF2;

    /** KASAN_STACK_RIGHT. */
    public static final byte STACK_RIGHT = (byte) 0xF3;

    /** KASAN_STACK_PARTIAL. */
    public static final byte STACK_PARTIAL = (byte) 0xF4;

    /** KASAN_ALLOCA_LEFT. */
    public static final byte ALLOCA_LEFT = (byte) 0xCA;

    /** KASAN_ALLOCA_RIGHT. */
    public static final byte ALLOCA_RIGHT = (byte) 0xCB;

    private ShadowByte() {}
}
