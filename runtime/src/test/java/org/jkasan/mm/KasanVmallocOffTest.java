package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** KASAN without KASAN_VMALLOC: vmalloc space on the early shadow. */
class KasanVmallocOffTest {

    private static final MemoryConfig ON = TestMachine.config(1 << 20);

    private static MemoryConfig off(MemoryLayout layout) {
        return new MemoryConfig(layout, 1 << 30, 1, 1 << 20, false);
    }

    @Test
    void nothingIsDetected_inVmallocSpace() {
        try (TestMachine machine = TestMachine.withKasan(off(ON.layout()))) {
            assertThat(machine.mm.kasan()).isTrue();
            assertThat(machine.mm.kasanVmalloc()).isFalse();
            long addr = machine.vmalloc().vmalloc(100);
            byte[] array = machine.vmalloc().vmallocBytes(10);
            assertThat(machine.residentShadow(0, 1 << 20)).isZero();
            assertThat(machine.shadow(addr + 100)).isZero();
            assertThat(machine.shadow(addr + TestMachine.PAGE)).isZero();
            assertThat(machine.shadow().load(machine.host(addr) - 1)).isZero();
            machine.vmalloc().vfree(addr);
            machine.vmalloc().vfree(addr);
            machine.vmalloc().vfree(array);
            assertThat(machine.shadow(addr)).isZero();
            assertThat(machine.reports()).isEmpty();
            assertThat(machine.log).hasSize(1).first().asString().contains("nonexistent vm area");
        }
    }

    @Test
    void architectureWithout_hasNoRealShadow() {
        MemoryLayout without = new LayoutBuilder(ON.layout()).hasKasanVmalloc(false).build();
        MemoryConfig config = new MemoryConfig(without, 1 << 30, 1, 1 << 20, true);
        try (TestMachine machine = TestMachine.withKasan(config)) {
            assertThat(machine.mm.kasanVmalloc()).isFalse();
        }
    }

    @Test
    void otherwise_itIsOn() {
        try (TestMachine machine = TestMachine.withKasan(ON);
                TestMachine plain = TestMachine.withoutKasan(1 << 20)) {
            assertThat(machine.mm.kasanVmalloc()).isTrue();
            assertThat(plain.mm.kasan()).isFalse();
            assertThat(plain.mm.kasanVmalloc()).isFalse();
        }
    }
}
