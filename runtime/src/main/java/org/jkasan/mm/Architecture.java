package org.jkasan.mm;

/**
 * The architectures that a kernel can be built for; wiring up one is a page of constants such as
 * {@link Arm64}.
 */
public enum Architecture {
    /** x86-64 with 4 levels of page tables. */
    X86_64(X86.FOUR_LEVELS),

    /** x86-64 with 5 levels of page tables. */
    X86_64_LA57(X86.FIVE_LEVELS),

    /** arm64 with pages of 4 KiB and addresses of 48 bits. */
    ARM64(Arm64.LAYOUT);

    private final MemoryLayout layout;

    Architecture(MemoryLayout layout) {
        this.layout = layout;
    }

    public MemoryLayout layout() {
        return layout;
    }
}
