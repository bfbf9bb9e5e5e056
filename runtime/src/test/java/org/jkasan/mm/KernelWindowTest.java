package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import org.jkasan.host.RawMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelWindowTest {

    private static final long START = TestMachine.START;

    @Test
    void kernelAndHostAddresses_agreeUpTo1GiB() {
        KernelWindow window = KernelWindow.reserve(TestMachine.HOST, START, 1 << 20, "a window");
        assertThat(window.delta() % KernelWindow.CONGRUENCE).isZero();
        assertThat(window.toHost(START + 5)).isEqualTo(window.hostStart() + 5);
        assertThat(window.toKernel(window.hostStart() + 5)).isEqualTo(START + 5);
        window.release(TestMachine.HOST);
    }

    @ParameterizedTest
    @ValueSource(longs = {0xffffffffa0000000L, 0xffff800000008000L, 0xffff80003fff8000L})
    void startWithinAGiB_isThereOnTheHostAsWell(long start) {
        FakeHost host = FakeHost.withPages(4096);
        KernelWindow window = KernelWindow.reserve(host, start, 1 << 20, "a window");
        assertThat(window.delta() % KernelWindow.CONGRUENCE).isZero();
        assertThat(host.reservedBytes()).isEqualTo((1 << 20) + 0x8000);
        RawMemory.storeByte(window.hostStart() - 0x8000, (byte) 1);
        RawMemory.storeByte(window.toHost(window.end() - 1), (byte) 1);
        window.release(host);
        assertThat(host.reservedBytes()).isZero();
    }

    @Test
    void window_containsItsAddressesAndOwnsItsMoat() {
        FakeHost host = FakeHost.withPages(4096);
        KernelWindow window = KernelWindow.reserve(host, START, 1 << 20, "a window");
        assertThat(host.reservedBytes()).isEqualTo((1 << 20) + 0x8000);
        assertThat(window.contains(START)).isTrue();
        assertThat(window.contains(START - 1)).isFalse();
        assertThat(window.contains(window.end() - 1)).isTrue();
        assertThat(window.contains(window.end())).isFalse();
        assertThat(window.ownsHost(window.hostStart() - 0x8000)).isTrue();
        assertThat(window.ownsHost(window.hostStart() - 0x8001)).isFalse();
        assertThat(window.ownsHost(window.hostStart() + (1 << 20))).isFalse();
        window.release(host);
        assertThat(host.reservedBytes()).isZero();
    }

    @Test
    void allOfVmallocSpace_canBeReserved() {
        long size = Architecture.X86_64.layout().vmallocSize();
        KernelWindow window = KernelWindow.reserve(TestMachine.HOST, START, size, "a window");
        PageTable pages = new PageTable(TestMachine.HOST, window);
        pages.map(window.end() - 4096, 1);
        assertThat(pages.isMapped(window.end() - 1)).isTrue();
        assertThat(pages.isMapped(window.end() - 4097)).isFalse();
        pages.release(TestMachine.HOST);
        window.release(TestMachine.HOST);
    }
}
