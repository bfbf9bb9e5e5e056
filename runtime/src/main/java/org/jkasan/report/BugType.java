package org.jkasan.report;

/** The kinds of bug that a report can name, with the kernel's titles for them. */
public enum BugType {
    /** A negative size, or a shadow that changed under the check. */
    OUT_OF_BOUNDS("out-of-bounds"),
    SLAB_OUT_OF_BOUNDS("slab-out-of-bounds"),
    GLOBAL_OUT_OF_BOUNDS("global-out-of-bounds"),
    STACK_OUT_OF_BOUNDS("stack-out-of-bounds"),
    /** A variable whose scope has ended; the kernel has no such title. */
    STACK_USE_AFTER_SCOPE("stack-use-after-scope"),
    ALLOCA_OUT_OF_BOUNDS("alloca-out-of-bounds"),
    VMALLOC_OUT_OF_BOUNDS("vmalloc-out-of-bounds"),
    /** Pages that went back to the page allocator. */
    USE_AFTER_FREE("use-after-free"),
    SLAB_USE_AFTER_FREE("slab-use-after-free"),
    /** A freed area that is still known; the kernel has no such title. */
    VMALLOC_USE_AFTER_FREE("vmalloc-use-after-free"),
    DOUBLE_FREE("double-free"),
    INVALID_FREE("invalid-free"),
    NULL_PTR_DEREF("null-ptr-deref"),
    USER_MEMORY_ACCESS("user-memory-access"),
    WILD_MEMORY_ACCESS("wild-memory-access"),
    /** A shadow byte that no allocator writes. */
    UNKNOWN_CRASH("unknown-crash");

    private final String title;

    BugType(String title) {
        this.title = title;
    }

    /** The words after "BUG: KASAN:". */
    public String title() {
        return title;
    }

    /** Whether this is one of the two ways in which a free can be wrong. */
    boolean isBadFree() {
        return this == DOUBLE_FREE || this == INVALID_FREE;
    }

    /** Whether the bad byte belongs to vmalloc space. */
    boolean isVmalloc() {
        return this == VMALLOC_OUT_OF_BOUNDS || this == VMALLOC_USE_AFTER_FREE;
    }
}
