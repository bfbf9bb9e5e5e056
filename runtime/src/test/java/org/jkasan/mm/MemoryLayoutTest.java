package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.jkasan.report.BugType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryLayoutTest {

    private static String title(Architecture architecture, String address) {
        BugType type = architecture.layout().wildAccess(Long.parseUnsignedLong(address, 16));
        return type == null ? "none" : type.title();
    }

    @ParameterizedTest
    @EnumSource
    void nullPage_isANullPointer(Architecture architecture) {
        assertThat(title(architecture, "0")).isEqualTo("null-ptr-deref");
        assertThat(title(architecture, "fff")).isEqualTo("null-ptr-deref");
        assertThat(title(architecture, "1000")).isEqualTo("user-memory-access");
    }

    @ParameterizedTest
    @CsvSource({
        "X86_64, 7fffffffefff, user-memory-access",
        "X86_64, 7ffffffff000, wild-memory-access",
        "X86_64, 800000000000, wild-memory-access",
        "X86_64, dead000000000100, wild-memory-access",
        "X86_64, ffff7fffffffffff, wild-memory-access",
        "X86_64, ffff800000000000, none",
        "X86_64_LA57, fffffffffeffff, user-memory-access",
        "X86_64_LA57, fffffffffff000, wild-memory-access",
        "X86_64_LA57, feffffffffffffff, wild-memory-access",
        "X86_64_LA57, ff00000000000000, none",
        "ARM64, ffffffffffff, user-memory-access",
        "ARM64, 1000000000000, wild-memory-access",
        "ARM64, fffeffffffffffff, wild-memory-access",
        "ARM64, ffff000000000000, none",
    })
    void title_isTheArchitectures(Architecture architecture, String address, String expected) {
        assertThat(title(architecture, address)).isEqualTo(expected);
    }

    /** KASAN_SHADOW_START and _END as each architecture defines them. */
    @ParameterizedTest
    @CsvSource({
        "X86_64, ffffec0000000000, fffffc0000000000",
        "X86_64_LA57, ffdffc0000000000, fffffc0000000000",
        "ARM64, ffff600000000000, ffff800000000000",
    })
    void shadowOfTheKernelsHalf_liesWhereTheKernelHasIt(
            Architecture architecture, String start, String end) {
        MemoryLayout layout = architecture.layout();
        assertThat(shadow(layout, layout.kernelStart()))
                .isEqualTo(Long.parseUnsignedLong(start, 16));
        assertThat(shadow(layout, -1) + 1).isEqualTo(Long.parseUnsignedLong(end, 16));
    }

    private static long shadow(MemoryLayout layout, long addr) {
        return (addr >>> 3) + layout.kasanShadowOffset();
    }

    @ParameterizedTest
    @EnumSource
    void regions_lieInTheKernelsHalfApartFromEachOther(Architecture architecture) {
        MemoryLayout layout = architecture.layout();
        long mapEnd = layout.directMapStart() + layout.directMapSize();
        long vmallocEnd = layout.vmallocStart() + layout.vmallocSize();
        assertThat(layout.isKernel(layout.directMapStart())).isTrue();
        assertThat(mapEnd).isLessThanOrEqualTo(layout.modulesStart());
        assertThat(mapEnd).isLessThanOrEqualTo(layout.vmallocStart());
        assertThat(
                        vmallocEnd <= layout.modulesStart()
                                || layout.modulesEnd() <= layout.vmallocStart())
                .isTrue();
        assertThat(layout.modulesEnd()).isGreaterThan(layout.modulesStart());
        long dataEnd = layout.dataStart() + DataSection.SIZE;
        assertThat(vmallocEnd).isLessThanOrEqualTo(layout.dataStart());
        assertThat(mapEnd).isLessThanOrEqualTo(layout.dataStart());
        assertThat(dataEnd <= layout.modulesStart() || layout.modulesEnd() <= layout.dataStart())
                .isTrue();
        assertThat(layout.isCanonical(layout.userEnd() - 1)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void builder_takesALayoutAsItIs(Architecture architecture) {
        assertThat(new LayoutBuilder(architecture.layout()).build())
                .isEqualTo(architecture.layout());
    }

    @Test
    void numberThatIsMissing_isNamed() {
        LayoutBuilder incomplete =
                new LayoutBuilder().kernelStart(1).userEnd(1).directMap(1, 1).vmalloc(1, 1);
        assertThatIllegalStateException()
                .isThrownBy(incomplete::build)
                .withMessageContaining("needs modules");
    }

    @Test
    void fiveLevels_areUsableInAPartOfTheirVmallocSpace() {
        try (TestMachine machine =
                TestMachine.withKasan(TestMachine.config(Architecture.X86_64_LA57, 1 << 20))) {
            long addr = machine.vmalloc().vmalloc(8);
            assertThat(addr).isEqualTo(0xffa0000000000000L);
            machine.memory().storeLong(addr, 7);
            assertThat(machine.memory().loadLong(addr)).isEqualTo(7);
            assertThat(machine.shadow(addr + 8)).isEqualTo((byte) 0xf8);
        }
    }

    @Test
    void arm64_allocatesBehindTheModules() {
        try (TestMachine machine =
                TestMachine.withKasan(TestMachine.config(Architecture.ARM64, 1 << 20))) {
            assertThat(machine.vmalloc().vmalloc(8)).isEqualTo(0xffff800080000000L);
        }
    }
}
