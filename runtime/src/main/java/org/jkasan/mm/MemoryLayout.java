package org.jkasan.mm;

/**
 * An architecture's address space as constants: one page of them wires up an architecture. All are
 * addresses or byte counts, unsigned; ends are exclusive.
 *
 * @param addressBits bits of a virtual address that translate; the ones above repeat the highest
 * @param userEnd TASK_SIZE_MAX: the first address behind user space
 * @param directMapStart PAGE_OFFSET
 * @param directMapSize the most RAM that the direct map holds
 * @param vmallocStart VMALLOC_START
 * @param vmallocSize all of vmalloc space
 * @param modulesStart MODULES_VADDR
 * @param modulesEnd MODULES_END
 * @param kasanShadowOffset KASAN_SHADOW_OFFSET: the kernel's shadow of address 0
 */
public record MemoryLayout(
        int addressBits,
        long userEnd,
        long directMapStart,
        long directMapSize,
        long vmallocStart,
        long vmallocSize,
        long modulesStart,
        long modulesEnd,
        long kasanShadowOffset) {

    /** log2 of the page size. */
    public static final int PAGE_SHIFT = 12;

    /** Bytes of a page. */
    public static final int PAGE_SIZE = 1 << PAGE_SHIFT;

    /** The bits of an address that lie within its page. */
    static final long PAGE_MASK = PAGE_SIZE - 1;

    /** Bytes of memory that one page of shadow describes. */
    static final long MEMORY_PER_SHADOW_PAGE = (long) PAGE_SIZE << 3;

    /** x86-64 with 4 levels of page tables and without address randomisation, as KASAN has it. */
    public static final MemoryLayout X86_64 =
            new MemoryLayout(
                    48,
                    0x00007fff_fffff000L,
                    0xffff8880_00000000L,
                    64L << 40,
                    0xffffc900_00000000L,
                    32L << 40,
                    0xffffffff_a0000000L,
                    0xffffffff_ff000000L,
                    0xdffffc00_00000000L);

    /** Whether the address is canonical: the bits that do not translate repeat the highest. */
    public boolean isCanonical(long addr) {
        int unused = Long.SIZE - addressBits;
        return addr << unused >> unused == addr;
    }

    /** Whether the address lies in user space, null and its page included. */
    public boolean isUser(long addr) {
        return Long.compareUnsigned(addr, userEnd) < 0;
    }

    /** The size rounded up to pages; 0 where that does not fit 64 bits. */
    static long pageAlign(long size) {
        return size + PAGE_MASK & ~PAGE_MASK;
    }
}
