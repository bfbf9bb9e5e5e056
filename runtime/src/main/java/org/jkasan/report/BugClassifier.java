package org.jkasan.report;

import org.jkasan.shadow.ShadowByte;

/**
 * The kernel's choice of a title from the shadow; where there is none, the address space knows it.
 * Titles are the most probable cause, not a proof. Source: get_bug_type of the kernel's generic
 * mode.
 */
final class BugClassifier {

    private BugClassifier() {}

    /** Whether the size reaches over the end of the address space: a negative size, as a rule. */
    static boolean wraps(long address, long size) {
        return Long.compareUnsigned(address + size, address) < 0;
    }

    /**
     * The title for the first bad granule.
     *
     * @param bad its shadow byte
     * @param next the shadow byte after it, which explains a granule that is accessible in part
     */
    static BugType ofShadow(byte bad, byte next) {
        return ofShadow(bad > 0 && bad <= 7 ? next : bad);
    }

    private static BugType ofShadow(byte shadow) {
        return switch (shadow) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> BugType.OUT_OF_BOUNDS;
            case ShadowByte.PAGE_FREE -> BugType.USE_AFTER_FREE;
            case ShadowByte.PAGE_REDZONE, ShadowByte.SLAB_REDZONE -> BugType.SLAB_OUT_OF_BOUNDS;
            case ShadowByte.SLAB_FREE, ShadowByte.SLAB_FREE_META -> BugType.SLAB_USE_AFTER_FREE;
            case ShadowByte.GLOBAL_REDZONE -> BugType.GLOBAL_OUT_OF_BOUNDS;
            case ShadowByte.VMALLOC_INVALID -> BugType.VMALLOC_OUT_OF_BOUNDS;
            case ShadowByte.STACK_LEFT,
                    ShadowByte.STACK_MID,
                    ShadowByte.STACK_RIGHT,
                    ShadowByte.STACK_PARTIAL ->
                    BugType.STACK_OUT_OF_BOUNDS;
            case ShadowByte.ALLOCA_LEFT, ShadowByte.ALLOCA_RIGHT -> BugType.ALLOCA_OUT_OF_BOUNDS;
            default -> BugType.UNKNOWN_CRASH;
        };
    }
}
