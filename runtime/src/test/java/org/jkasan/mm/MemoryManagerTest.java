package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jkasan.host.HostMemoryException;
import org.jkasan.host.RawMemory;
import org.junit.jupiter.api.Test;

class MemoryManagerTest {

    private static final MemoryConfig CONFIG = TestMachine.config(1 << 20);
    private static final KernelLog LOG = new RecordedLog();

    @Test
    void refusedReservation_leavesNothingReserved() {
        int reservations = 0;
        while (!boots(FakeHost.refusingAfter(reservations))) {
            reservations++;
        }
        assertThat(reservations).isPositive();
    }

    private static boolean boots(FakeHost host) {
        try (MemoryManager mm = MemoryManager.withoutKasan(host, CONFIG, LOG)) {
            return mm.ram().free() > 0;
        } catch (HostMemoryException e) {
            assertThat(host.reservedBytes()).isZero();
            return false;
        }
    }

    @Test
    void close_givesEverythingBackAndMayBeRepeated() {
        FakeHost host = FakeHost.withPages(4096);
        MemoryManager mm = MemoryManager.withoutKasan(host, CONFIG, LOG);
        assertThat(mm.vmalloc().vmalloc(1)).isNotZero();
        assertThat(host.reservedBytes()).isPositive();
        mm.close();
        mm.close();
        assertThat(host.reservedBytes()).isZero();
    }

    @Test
    void close_leavesNoShadowBehind() {
        TestMachine machine = TestMachine.withKasan(1 << 20);
        long addr = machine.vmalloc().vmalloc(1);
        long shadow = TestMachine.SANITIZER.shadow().shadowAddress(machine.host(addr));
        assertThat(RawMemory.loadByte(shadow + 1)).isNotZero();
        assertThat(RawMemory.loadByte(shadow - 1)).isNotZero();
        machine.close();
        assertThat(RawMemory.loadByte(shadow + 1)).isZero();
        assertThat(RawMemory.loadByte(shadow - 1)).isZero();
    }

    @Test
    void twoKernels_haveTheSameAddressesAndDifferentMemory() {
        try (TestMachine one = TestMachine.withKasan(1 << 20);
                TestMachine two = TestMachine.withKasan(1 << 20)) {
            long addr = one.vmalloc().vzalloc(8);
            assertThat(two.vmalloc().vzalloc(8)).isEqualTo(addr);
            one.memory().storeLong(addr, 1);
            assertThat(two.memory().loadLong(addr)).isZero();
            one.vmalloc().vfree(addr);
            assertThat(two.shadow(addr)).isZero();
        }
    }

    @Test
    void invariants_seeWhatIsBroken() {
        TestMachine machine = TestMachine.withKasan(1 << 20);
        long addr = machine.vmalloc().vmalloc(100);
        machine.mm.space().pages().unmap(addr, 1);
        TestMachine.SANITIZER.shadow().unpoison(machine.host(addr), 108);
        assertThatThrownBy(() -> Invariants.check(machine.mm))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("page is mapped")
                .hasMessageContaining("shadow of ffffc90000000060 is 0 instead of 4");
        machine.mm.close();
    }
}
