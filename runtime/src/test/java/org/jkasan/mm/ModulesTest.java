package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jkasan.mm.ModuleMachine.BACKED;
import static org.jkasan.mm.ModuleMachine.MODULES_VADDR;
import static org.jkasan.mm.ModuleMachine.OWN_SHADOW;
import static org.jkasan.mm.ModuleMachine.PLAIN;
import static org.jkasan.mm.TestMachine.PAGE;

import java.util.concurrent.atomic.AtomicInteger;
import org.jkasan.shadow.ShadowByte;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModulesTest {

    private static final int SIZE = 256 << 10;

    @ParameterizedTest
    @CsvSource({
        "X86_64, ffffffffa0000000, 1520",
        "X86_64_LA57, ffffffffa0000000, 1520",
        "ARM64, ffff800000000000, 2048",
    })
    void firstModule_beginsWhereTheModuleAreaDoes(Architecture built, String vaddr, long mib) {
        MemoryLayout layout = built.layout();
        assertThat(layout.modulesEnd() - layout.modulesStart()).isEqualTo(mib << 20);
        for (ModuleMachine kind : ModuleMachine.values()) {
            try (TestMachine machine = kind.boot(built)) {
                Modules modules = machine.mm.modules();
                long addr = modules.moduleAlloc(PAGE + 100);
                assertThat(addr).isEqualTo(Long.parseUnsignedLong(vaddr, 16));
                assertThat(modules.moduleAlloc(1)).isEqualTo(addr + up(3 * PAGE, kind.alignment));
                machine.memory().storeLong(addr + PAGE - 4, 0x1122334455667788L);
                assertThat(machine.memory().loadLong(addr + PAGE - 4))
                        .isEqualTo(0x1122334455667788L);
                assertThatThrownBy(() -> machine.memory().loadByte(addr + 2 * PAGE))
                        .isInstanceOf(KernelOops.class)
                        .hasMessageContaining(Faults.hex(addr + 2 * PAGE));
                modules.moduleFree(addr);
                assertThatThrownBy(() -> machine.memory().storeByte(addr, (byte) 1))
                        .isInstanceOf(KernelOops.class);
                assertThat(machine.log).isEmpty();
            }
        }
    }

    private static long up(long size, long unit) {
        return (size + unit - 1) / unit * unit;
    }

    @Test
    void backedModule_isOpenAsFarAsItWasAskedFor() {
        try (TestMachine machine = BACKED.boot(1, SIZE)) {
            long addr = machine.mm.modules().moduleAlloc(100);
            assertThat(machine.shadow(addr + 95)).isZero();
            assertThat(machine.shadow(addr + 96)).isEqualTo((byte) 4);
            assertThat(machine.shadow(addr + 104)).isEqualTo(ShadowByte.VMALLOC_INVALID);
            machine.read(addr + 100);
            assertThat(machine.reports())
                    .singleElement()
                    .asString()
                    .contains("BUG: KASAN: vmalloc-out-of-bounds in ")
                    .contains(
                            "The buggy address belongs to a 1-page vmalloc region starting at"
                                    + " 0xffffffffa0000000 allocated at ")
                    .contains("located 0 bytes to the right of\n allocated 100-byte region");
        }
    }

    @Test
    void freedBackedModule_isKnownUntilThePurge() {
        try (TestMachine machine = BACKED.boot(1, SIZE)) {
            long addr = machine.mm.modules().moduleAlloc(100);
            machine.mm.modules().moduleFree(addr);
            assertThatThrownBy(() -> machine.read(addr)).isInstanceOf(KernelOops.class);
            assertThat(machine.reports())
                    .singleElement()
                    .asString()
                    .contains("BUG: KASAN: vmalloc-use-after-free in ")
                    .contains("Freed by task ")
                    .contains("freed 100-byte region [ffffffffa0000000, ffffffffa0000064)");
            machine.vmalloc().purge();
            assertThat(machine.shadow(addr)).isZero();
        }
    }

    @Test
    void moduleWithItsOwnShadow_isOpenButForWhatItsOwnerCloses() {
        try (TestMachine machine = OWN_SHADOW.boot(1, SIZE)) {
            long addr = machine.mm.modules().moduleAlloc(100);
            long vmalloced = machine.vmalloc().vmalloc(100);
            machine.read(addr + 100);
            machine.read(vmalloced + 100);
            assertThat(machine.reports()).isEmpty();
            machine.shadow().poison(machine.host(addr + 64), 32, ShadowByte.GLOBAL_REDZONE);
            machine.read(addr + 64);
            assertThat(machine.reports())
                    .singleElement()
                    .asString()
                    .contains("BUG: KASAN: global-out-of-bounds in ")
                    .contains(
                            "The buggy address belongs to a 1-page vmalloc region starting at"
                                    + " 0xffffffffa0000000 allocated at ")
                    .contains("00 00 00 00 00 00 00 00 f9 f9 f9 f9 00 00 00 00\n");
        }
    }

    @Test
    void ownShadow_comesAndGoesWithItsModule() {
        try (TestMachine machine = OWN_SHADOW.boot(1, SIZE)) {
            long free = machine.mm.ram().free();
            long addr = machine.mm.modules().moduleAlloc(9 * PAGE);
            assertThat(machine.mm.ram().free()).isEqualTo(free - 9 - 2);
            machine.shadow().poison(machine.host(addr), 64, ShadowByte.GLOBAL_REDZONE);
            machine.mm.modules().moduleFree(addr);
            assertThat(machine.mm.ram().free()).isEqualTo(free);
            assertThat(machine.shadow(addr)).isZero();
            machine.vmalloc().purge();
            assertThat(machine.mm.modules().moduleAlloc(8 * PAGE)).isEqualTo(addr);
            assertThat(machine.mm.ram().free()).isEqualTo(free - 8 - 1);
        }
    }

    @Test
    void ownShadowThatRamHasNoPageFor_costsTheModule() {
        try (TestMachine machine = OWN_SHADOW.withRam(10)) {
            Modules modules = machine.mm.modules();
            assertThat(modules.moduleAlloc(10 * PAGE)).isZero();
            assertThat(modules.moduleAlloc(9 * PAGE)).isZero();
            assertThat(machine.log)
                    .hasSize(2)
                    .containsOnly("vmalloc error: size 8192, failed to allocate pages");
            assertThat(machine.mm.ram().free()).isEqualTo(10);
            assertThat(modules.moduleAlloc(8 * PAGE)).isNotZero();
        }
    }

    @Test
    void everyFailureUnderAModuleWithItsOwnShadow_losesNothing() {
        try (TestMachine machine = OWN_SHADOW.boot(1, SIZE)) {
            long free = machine.mm.ram().free();
            int failed = 0;
            boolean reached = true;
            for (int nth = 1; reached; nth++) {
                AtomicInteger left = new AtomicInteger(nth);
                machine.mm.ram().failWhen(pages -> left.decrementAndGet() <= 0);
                long addr = machine.mm.modules().moduleAlloc(9 * PAGE);
                machine.mm.ram().failWhen(null);
                reached = left.get() <= 0;
                failed += addr == 0 ? 1 : 0;
                assertThat(addr != 0 || reached).isTrue();
                Invariants.check(machine.mm);
                machine.mm.modules().moduleFree(addr);
                machine.vmalloc().purge();
                assertThat(machine.mm.ram().free()).isEqualTo(free);
            }
            assertThat(failed)
                    .as("failures of the data's pages and of the shadow's")
                    .isGreaterThan(1);
        }
    }

    @Test
    void shadowOfAFreedModule_isPurgedForWhoeverNeedsIt() {
        try (TestMachine machine = BACKED.withRam(4)) {
            machine.mm.modules().moduleFree(machine.mm.modules().moduleAlloc(PAGE));
            assertThat(machine.mm.ram().free()).isEqualTo(3);
            assertThat(machine.vmalloc().vmalloc(3 * PAGE)).isNotZero();
            assertThat(machine.log).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void freeOfOneKind_freesTheOther(ModuleMachine kind) {
        try (TestMachine machine = kind.boot(1, SIZE)) {
            long free = machine.mm.ram().free();
            long module = machine.mm.modules().moduleAlloc(3 * PAGE);
            long vmalloced = machine.vmalloc().vmalloc(3 * PAGE);
            machine.vmalloc().vfree(module);
            machine.mm.modules().moduleFree(vmalloced);
            machine.mm.modules().moduleFree(0);
            machine.vmalloc().purge();
            assertThat(machine.mm.ram().free()).isEqualTo(free);
            assertThat(machine.log).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void modules_areListedBehindVmallocSpaceOnX86(ModuleMachine kind) {
        try (TestMachine machine = kind.boot(1, SIZE)) {
            machine.mm.modules().moduleAlloc(PAGE);
            machine.vmalloc().vmalloc(PAGE);
            assertThat(machine.mm.vmallocInfo().text())
                    .containsPattern(
                            "(?s)^0xffffc90000000000-.*\n0xffffffffa0000000-0xffffffffa0002000"
                                    + " +8192 .*pages=1 vmalloc N0=1\n$");
        }
    }

    @ParameterizedTest
    @EnumSource
    void badFrees_changeNothing(ModuleMachine kind) {
        try (TestMachine machine = kind.boot(1, SIZE)) {
            Modules modules = machine.mm.modules();
            long addr = modules.moduleAlloc(2 * PAGE);
            modules.moduleFree(addr + 1);
            modules.moduleFree(addr + SIZE - PAGE);
            modules.moduleFree(addr + SIZE);
            assertThat(machine.log)
                    .containsExactly(
                            "WARN Trying to vfree() bad address (ffffffffa0000001)",
                            "WARN Trying to vfree() nonexistent vm area (ffffffffa003f000)",
                            "WARN Trying to vfree() nonexistent vm area (ffffffffa0040000)");
            machine.memory().storeByte(addr + 2 * PAGE - 1, (byte) 1);
            modules.moduleFree(addr + PAGE);
            modules.moduleFree(addr);
            assertThat(machine.log)
                    .hasSize(4)
                    .last()
                    .isEqualTo("WARN Trying to vfree() nonexistent vm area (ffffffffa0000000)");
            assertThat(machine.reports()).hasSize(kind == PLAIN ? 0 : 1);
            assertThat(String.join("", machine.reports()))
                    .contains(kind == PLAIN ? "" : "BUG: KASAN: double-free in ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void sizesThatCannotBe_failWithAWarning(ModuleMachine kind) {
        try (TestMachine machine = kind.boot(1, SIZE)) {
            Modules modules = machine.mm.modules();
            assertThat(modules.moduleAlloc(0)).isZero();
            assertThat(modules.moduleAlloc(-1)).isZero();
            assertThat(modules.moduleAlloc((16 << 20) + 1)).isZero();
            assertThat(modules.moduleAlloc(SIZE)).isZero();
            assertThat(machine.log)
                    .containsExactly(
                            "WARN vmalloc: size 0",
                            "vmalloc error: size 18446744073709551615, exceeds total pages",
                            "vmalloc error: size 16777217, exceeds total pages",
                            "vmalloc_node_range for size 266240 failed: Address range restricted"
                                    + " to 0xffffffffa0000000 - 0xffffffffa0040000");
            assertThat(modules.moduleAlloc(SIZE - PAGE)).isEqualTo(MODULES_VADDR);
        }
    }

    @ParameterizedTest
    @EnumSource
    void exhaustedArea_isUsableAgainAfterFrees(ModuleMachine kind) {
        try (TestMachine machine = kind.boot(2, SIZE)) {
            Modules modules = machine.mm.modules();
            int most = (int) (SIZE / up(3 * PAGE, kind.alignment));
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < most; i++) {
                    assertThat(modules.moduleAlloc(2 * PAGE))
                            .isEqualTo(MODULES_VADDR + i * up(3 * PAGE, kind.alignment));
                }
                assertThat(machine.log).isEmpty();
                for (int i = 0; i < most; i++) {
                    modules.moduleFree(MODULES_VADDR + i * up(3 * PAGE, kind.alignment));
                }
            }
        }
    }

    @Test
    void accessThatLeavesTheModuleArea_faultsThoughVmallocSpaceFollows() {
        MemoryLayout arm64 = Architecture.ARM64.layout();
        long end = arm64.modulesEnd();
        assertThat(end).isEqualTo(arm64.vmallocStart());
        MemoryLayout small = new LayoutBuilder(arm64).modules(end - 0x10000, end).build();
        try (TestMachine machine =
                BACKED.boot(new MemoryConfig(small, 16 << 20, 1, 1 << 20, true))) {
            assertThat(machine.vmalloc().vmalloc(8)).isEqualTo(end);
            assertThat(machine.mm.modules().moduleAlloc(15 * PAGE)).isEqualTo(end - 0x10000);
            machine.memory().storeLong(end - PAGE - 8, 1);
            assertThatThrownBy(() -> machine.memory().loadLong(end - 4))
                    .isInstanceOf(KernelOops.class)
                    .hasMessageContaining(Faults.hex(end - 4));
            assertThatThrownBy(() -> machine.memory().loadLong(end - PAGE - 4))
                    .isInstanceOf(KernelOops.class)
                    .hasMessageContaining(Faults.hex(end - PAGE));
        }
    }

    @Test
    void invariants_seeAModulesShadowThatIsNotThere() {
        TestMachine machine = OWN_SHADOW.boot(1, SIZE);
        long addr = machine.mm.modules().moduleAlloc(100);
        machine.mm.spaces().modules().kasan().poison(addr, PAGE);
        assertThatThrownBy(() -> Invariants.check(machine.mm))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("shadow exists wrongly, or wrongly not, at ffffffffa0000000");
        machine.mm.close();
    }

    @Test
    void invariants_seeShadowThatIsNoModules() {
        TestMachine machine = OWN_SHADOW.boot(1, SIZE);
        long addr = machine.mm.modules().moduleAlloc(100);
        machine.mm.modules().moduleFree(addr);
        long host = machine.host(addr);
        machine.shadow().poison(host, 8, ShadowByte.GLOBAL_REDZONE);
        assertThatThrownBy(() -> Invariants.check(machine.mm))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("shadow of ffffffffa0000000 says something");
        machine.shadow().unpoison(host, 8);
        machine.close();
    }
}
