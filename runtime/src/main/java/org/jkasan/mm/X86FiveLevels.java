package org.jkasan.mm;

/**
 * x86-64 with 5 levels of page tables, as it is with KASAN: without randomisation. Source:
 * Documentation/arch/x86/x86_64/mm.rst.
 */
final class X86FiveLevels {

    private static final long KERNEL_START = 0xff000000_00000000L;
    private static final long TASK_SIZE_MAX = 0x00ffffff_fffff000L;
    private static final long PAGE_OFFSET = 0xff110000_00000000L;
    private static final long DIRECT_MAP_SIZE = 32L << 50;
    private static final long VMALLOC_START = 0xffa00000_00000000L;
    private static final long VMALLOC_SIZE = 12800L << 40;
    private static final long MODULES_VADDR = 0xffffffff_a0000000L;
    private static final long MODULES_END = 0xffffffff_ff000000L;
    private static final long KASAN_SHADOW_OFFSET = 0xdffffc00_00000000L;

    static final MemoryLayout LAYOUT =
            new MemoryLayout(
                    KERNEL_START,
                    TASK_SIZE_MAX,
                    PAGE_OFFSET,
                    DIRECT_MAP_SIZE,
                    VMALLOC_START,
                    VMALLOC_SIZE,
                    MODULES_VADDR,
                    MODULES_END,
                    KASAN_SHADOW_OFFSET,
                    true,
                    FaultWords.X86);

    private X86FiveLevels() {}
}
