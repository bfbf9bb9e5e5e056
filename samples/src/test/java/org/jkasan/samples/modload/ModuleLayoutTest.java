package org.jkasan.samples.modload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModuleLayoutTest {

    private final TestKernel kernel = new TestKernel();

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void of_objectFile_codeThenConstantsThenData() throws BadModuleException {
        ModuleLayout layout = new Steps(kernel, SmallElf.object()).layout;
        assertThat(layout.offset(SmallElf.OBJECT_TEXT)).isZero();
        assertThat(layout.offset(5)).as(".rodata, behind 20 bytes of code").isEqualTo(24);
        assertThat(layout.offset(SmallElf.OBJECT_DATA)).as("aligned to 32").isEqualTo(64);
        assertThat(layout.size()).isEqualTo(64 + 24);
        assertThat(layout.placed()).isEqualTo(3);
        assertThat(layout.isPlaced(6)).as(".debug_info").isFalse();
    }

    @Test
    void of_sharedObject_asLinked() throws BadModuleException {
        Steps steps = new Steps(kernel, SmallElf.shared());
        ModuleLayout layout = steps.layout;
        assertThat(layout.lowest()).isZero();
        assertThat(layout.offset(SmallElf.TEXT)).isEqualTo(SmallElf.TEXT_ADDRESS);
        assertThat(layout.isPlaced(SmallElf.TBSS)).isFalse();
        assertThat(layout.offset(SmallElf.BSS)).isEqualTo(0x4c0);
        assertThat(layout.size()).isEqualTo(0x4c0 + 0x123);
        assertThat(steps.word(SmallElf.TEXT, 0)).isEqualTo(0x0807060504030201L);
        assertThat(steps.word(SmallElf.BSS, 0)).isZero();
    }

    @Test
    void of_linkedHigh_beginsAtThePageOfItsLowestAddress() throws BadModuleException {
        ElfBuilder elf = new ElfBuilder(Elf.EXEC, ElfBuilder.X86_64);
        long kernelText = 0xffffffff81000000L;
        elf.zeroes("b", Elf.SHF_ALLOC, kernelText + 0x2000, 0x100, 8);
        elf.zeroes("a", Elf.SHF_ALLOC, kernelText + 0x40, 0x100, 8);
        ModuleLayout layout = new Steps(kernel, elf.build()).layout;
        assertThat(layout.lowest()).isEqualTo(kernelText);
        assertThat(layout.offset(2)).isEqualTo(0x40);
        assertThat(layout.offset(1)).isEqualTo(0x2000);
    }

    @Test
    void holds_onlyWhatLiesInOneSection() throws BadModuleException {
        ModuleLayout layout = new Steps(kernel, SmallElf.shared()).layout;
        assertThat(layout.holds(0x480, 8)).isTrue();
        assertThat(layout.holds(0x4a8, 8)).as("up to the end of .data").isTrue();
        assertThat(layout.holds(0x4a9, 8)).as("past it").isFalse();
        assertThat(layout.holds(0x4b0, 1)).as("between .data and .bss").isFalse();
        assertThat(layout.holds(0x47c, 8)).as(".dynamic and .data").isFalse();
        assertThat(layout.holds(0x4c0 + 0x122, 1)).isTrue();
        assertThat(layout.holds(0x4c0 + 0x123, 1)).isFalse();
        assertThat(layout.holds(0x100, 1)).as("before the first").isFalse();
        assertThat(layout.holds(-1, 1)).isFalse();
        assertThat(layout.holds(Long.MAX_VALUE, 8)).isFalse();
    }
}
