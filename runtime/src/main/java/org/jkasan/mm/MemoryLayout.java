package org.jkasan.mm;

import org.jkasan.report.BugType;

/**
 * An architecture's address space in numbers. All are addresses or byte counts, unsigned; ends are
 * exclusive. Of non-canonical addresses there are as many as between the lowest kernel address and
 * its negative, the end of what the hardware can translate for user space.
 *
 * @param kernelStart the lowest kernel address, from which on there is KASAN metadata
 * @param userEnd TASK_SIZE_MAX: the first address behind user space
 * @param directMapStart PAGE_OFFSET
 * @param directMapSize the most RAM that the direct map holds
 * @param vmallocStart VMALLOC_START
 * @param vmallocSize all of vmalloc space
 * @param modulesStart MODULES_VADDR
 * @param modulesEnd MODULES_END
 * @param dataStart where the kernel image has its global variables
 * @param kasanShadowOffset KASAN_SHADOW_OFFSET: the kernel's shadow of address 0
 * @param hasKasanVmalloc HAVE_ARCH_KASAN_VMALLOC: whether the shadow of vmalloc space is left
 *     unmapped at boot, so that it can be real
 * @param faults how the architecture words a fault
 */
public record MemoryLayout(
        long kernelStart,
        long userEnd,
        long directMapStart,
        long directMapSize,
        long vmallocStart,
        long vmallocSize,
        long modulesStart,
        long modulesEnd,
        long dataStart,
        long kasanShadowOffset,
        boolean hasKasanVmalloc,
        FaultWords faults) {

    /** log2 of the page size. */
    public static final int PAGE_SHIFT = 12;

    /** Bytes of a page. */
    public static final int PAGE_SIZE = 1 << PAGE_SHIFT;

    /** log2 of the pages of a huge page. */
    static final int HUGE_ORDER = 9;

    /** Bytes of a huge page: PMD_SIZE. */
    static final long HUGE_SIZE = (long) PAGE_SIZE << HUGE_ORDER;

    /** The bits of an address that lie within its page. */
    static final long PAGE_MASK = PAGE_SIZE - 1;

    /** Bytes of memory that one page of shadow describes. */
    static final long MEMORY_PER_SHADOW_PAGE = (long) PAGE_SIZE << 3;

    /** Whether the hardware translates the address: for user space or for the kernel. */
    public boolean isCanonical(long addr) {
        return isKernel(addr) || Long.compareUnsigned(addr, -kernelStart) < 0;
    }

    /** Whether KASAN has metadata for the address: addr_has_metadata. */
    public boolean isKernel(long addr) {
        return Long.compareUnsigned(addr, kernelStart) >= 0;
    }

    /** Whether the address lies in user space, null and its page included. */
    public boolean isUser(long addr) {
        return Long.compareUnsigned(addr, userEnd) < 0;
    }

    /** The title of an access where KASAN has no metadata; null where it has. */
    BugType wildAccess(long addr) {
        if (isKernel(addr)) {
            return null;
        }
        if (isNullPage(addr)) {
            return BugType.NULL_PTR_DEREF;
        }
        return isUser(addr) ? BugType.USER_MEMORY_ACCESS : BugType.WILD_MEMORY_ACCESS;
    }

    /** Whether the address is a null pointer with an offset. */
    static boolean isNullPage(long addr) {
        return Long.compareUnsigned(addr, PAGE_SIZE) < 0;
    }

    /** The size rounded up to pages; 0 where that does not fit 64 bits. */
    static long pageAlign(long size) {
        return size + PAGE_MASK & ~PAGE_MASK;
    }
}
