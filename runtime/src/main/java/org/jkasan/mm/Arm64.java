package org.jkasan.mm;

/**
 * arm64 with pages of 4 KiB and addresses of 48 bits. The shadow has the upper quarter of the
 * linear map, and vmalloc space begins where the modules end. The image's data, for which the
 * kernel sets some of vmalloc space aside, lies right behind it instead. Source:
 * Documentation/arch/arm64/memory.rst.
 */
final class Arm64 {

    private static final long MODULES_END = 0xffff8000_80000000L;
    private static final long VMALLOC_END = 0xfffffbff_f0000000L;

    static final MemoryLayout LAYOUT =
            new LayoutBuilder()
                    .kernelStart(0xffff0000_00000000L)
                    .userEnd(0x00010000_00000000L)
                    .directMap(0xffff0000_00000000L, 96L << 40)
                    .modules(0xffff8000_00000000L, MODULES_END)
                    .vmalloc(MODULES_END, VMALLOC_END - MODULES_END)
                    .data(VMALLOC_END)
                    .kasanShadowOffset(0xdfff8000_00000000L)
                    .hasKasanVmalloc(true)
                    .faults(FaultWords.ARM64)
                    .build();

    private Arm64() {}
}
