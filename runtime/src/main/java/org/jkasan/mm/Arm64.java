package org.jkasan.mm;

/**
 * arm64 with pages of 4 KiB and addresses of 48 bits. The shadow has the upper quarter of the
 * linear map, and vmalloc space begins where the modules end. Source:
 * Documentation/arch/arm64/memory.rst.
 */
final class Arm64 {

    private static final long KERNEL_START = 0xffff0000_00000000L;
    private static final long TASK_SIZE_MAX = 0x00010000_00000000L;
    private static final long PAGE_OFFSET = 0xffff0000_00000000L;
    private static final long DIRECT_MAP_SIZE = 96L << 40;
    private static final long MODULES_VADDR = 0xffff8000_00000000L;
    private static final long MODULES_END = 0xffff8000_80000000L;
    private static final long VMALLOC_START = 0xffff8000_80000000L;
    private static final long VMALLOC_END = 0xfffffbff_f0000000L;
    private static final long VMALLOC_SIZE = VMALLOC_END - VMALLOC_START;
    private static final long KASAN_SHADOW_OFFSET = 0xdfff8000_00000000L;

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
                    FaultWords.ARM64);

    private Arm64() {}
}
