package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.util.ArrayList;
import java.util.List;
import org.jkasan.shadow.ShadowByte;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LazyPurgeTest {

    private static final long WINDOW = 0x8000;
    private static final long SIZE = 128L << 20;

    private final TestMachine machine = TestMachine.withKasan(SIZE);
    private final Vmalloc vmalloc = machine.vmalloc();

    @AfterEach
    void close() {
        machine.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 8192",
        "2, 16384",
        "3, 16384",
        "4, 24576",
        "8, 32768",
        "16, 40960",
        "64, 57344",
        "128, 65536"
    })
    void limit_growsWithTheLogarithmOfTheCpus(int cpus, long pages) {
        assertThat(LazyPurge.maxPages(cpus)).isEqualTo(pages);
    }

    @Test
    void free_purgesWhenTheLimitIsPassed() {
        int areas = 8192 / 2;
        long[] addr = new long[areas + 1];
        for (int i = 0; i <= areas; i++) {
            addr[i] = vmalloc.vmalloc(PAGE);
        }
        for (int i = 0; i < areas; i++) {
            vmalloc.vfree(addr[i]);
        }
        assertThat(machine.mm.space().areas().lazyPages()).isEqualTo(8192);
        vmalloc.vfree(addr[areas]);
        assertThat(machine.mm.space().areas().lazyPages()).isZero();
        assertThat(vmalloc.vmalloc(1)).isEqualTo(START);
    }

    @Test
    void residency_growsWithUseAndIsNothingAfterAPurge() {
        assertThat(machine.residentShadow(0, SIZE)).isZero();
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            // Not whole pages, for of those the page table says all.
            long addr = vmalloc.vmalloc(7 * PAGE - 8);
            machine.memory().memset(addr, 1, 7 * PAGE);
            addresses.add(addr);
        }
        assertThat(machine.residentData(0, SIZE)).isEqualTo(64 * 7);
        assertThat(machine.residentShadow(0, SIZE)).isEqualTo(64);
        assertThat(shadowPages()).isEqualTo(64);
        addresses.forEach(vmalloc::vfree);
        assertThat(machine.residentShadow(0, SIZE)).isEqualTo(64);
        vmalloc.purge();
        assertThat(machine.residentShadow(0, SIZE)).isZero();
        assertThat(machine.residentData(0, SIZE)).isZero();
        assertThat(shadowPages()).isZero();
    }

    @Test
    void shadowOfWholePages_takesNoMemoryOfTheHost() {
        long addr = vmalloc.vmalloc(70 * PAGE);
        assertThat(shadowPages()).isEqualTo(9);
        assertThat(machine.residentShadow(0, SIZE)).isZero();
        vmalloc.vfree(addr);
        assertThat(machine.shadow(addr)).isEqualTo(ShadowByte.VMALLOC_INVALID);
    }

    @Test
    void sharedWindow_keepsItsShadowUntilItsLastAreaIsFree() {
        long[] addr = new long[4];
        for (int i = 0; i < 4; i++) {
            addr[i] = vmalloc.vmalloc(PAGE);
        }
        assertThat(addr[3] + 2 * PAGE).isEqualTo(START + WINDOW);
        assertThat(shadowPages()).isEqualTo(1);
        for (int i : new int[] {2, 0, 3}) {
            vmalloc.vfree(addr[i]);
            vmalloc.purge();
            assertThat(shadowPages()).isEqualTo(1);
            Invariants.check(machine.mm);
        }
        vmalloc.vfree(addr[1]);
        vmalloc.purge();
        assertThat(shadowPages()).isZero();
    }

    @Test
    void areasThatStraddleWindows_releaseThemTogether() {
        long first = vmalloc.vmalloc(5 * PAGE);
        long second = vmalloc.vmalloc(5 * PAGE);
        long third = vmalloc.vmalloc(3 * PAGE);
        assertThat(shadowPages()).isEqualTo(2);
        vmalloc.vfree(second);
        vmalloc.purge();
        assertThat(shadowPages()).isEqualTo(2);
        vmalloc.vfree(first);
        vmalloc.purge();
        assertThat(shadowPages()).isEqualTo(1);
        vmalloc.vfree(third);
        vmalloc.purge();
        assertThat(shadowPages()).isZero();
    }

    @Test
    void releasedShadow_readsAsZeroAndTheMmuRefuses() {
        long addr = vmalloc.vmalloc(PAGE);
        vmalloc.vfree(addr);
        vmalloc.purge();
        assertThat(machine.shadow(addr)).isZero();
        assertThat(machine.mm.space().pages().isMapped(addr)).isFalse();
    }

    @Test
    void hugeArea_isGivenBackWhole() {
        long addr = vmalloc.vmalloc(100L << 20);
        machine.memory().storeByte(addr, (byte) 1);
        machine.memory().storeByte(addr + (100L << 20) - 1, (byte) 1);
        assertThat(shadowPages()).isEqualTo((100L << 20) / WINDOW + 1);
        vmalloc.vfree(addr);
        assertThat(machine.residentShadow(0, SIZE)).isZero();
        assertThat(machine.residentData(0, SIZE)).isZero();
    }

    private long shadowPages() {
        return ((VmallocShadow) machine.mm.space().kasan()).present();
    }
}
