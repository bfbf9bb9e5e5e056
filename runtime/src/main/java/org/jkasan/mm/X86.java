package org.jkasan.mm;

/**
 * x86-64 as it is with KASAN: without randomisation. Source: Documentation/arch/x86/x86_64/mm.rst.
 */
final class X86 {

    static final MemoryLayout FOUR_LEVELS =
            anyLevels()
                    .kernelStart(0xffff8000_00000000L)
                    .userEnd(0x00007fff_fffff000L)
                    .directMap(0xffff8880_00000000L, 64L << 40)
                    .vmalloc(0xffffc900_00000000L, 32L << 40)
                    .build();

    static final MemoryLayout FIVE_LEVELS =
            anyLevels()
                    .kernelStart(0xff000000_00000000L)
                    .userEnd(0x00ffffff_fffff000L)
                    .directMap(0xff110000_00000000L, 32L << 50)
                    .vmalloc(0xffa00000_00000000L, 12800L << 40)
                    .build();

    private X86() {}

    private static LayoutBuilder anyLevels() {
        return new LayoutBuilder()
                .modules(0xffffffff_a0000000L, 0xffffffff_ff000000L)
                .data(0xffffffff_82000000L)
                .kasanShadowOffset(0xdffffc00_00000000L)
                .hasKasanVmalloc(true)
                .faults(FaultWords.X86);
    }
}
