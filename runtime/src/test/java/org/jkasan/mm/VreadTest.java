package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the kernel's own reader finds in vmalloc space. */
class VreadTest {

    private static final byte UNTOUCHED = 0x33;

    private final TestMachine machine = TestMachine.withCpus(2, 256 << 20);
    private final Vmalloc vmalloc = machine.vmalloc();
    private final KernelMemory memory = machine.memory();
    private final byte[] buf = new byte[8 * PAGE];

    @AfterEach
    void close() {
        assertThat(machine.reports()).isEmpty();
        machine.close();
    }

    @Test
    void vread_readsAcrossObjectsWithZeroInTheHoles() {
        filled(vmalloc.vmalloc(PAGE + 7), 2 * PAGE, 1);
        long second = filled(vmalloc.vmalloc(PAGE), PAGE, 2);
        assertThat(second).isEqualTo(START + 3 * PAGE);
        assertThat(vread(START, 6 * PAGE)).isEqualTo(6 * PAGE);
        expect(0, 2 * PAGE, 1);
        expect(2 * PAGE, 3 * PAGE, 0);
        expect(3 * PAGE, 4 * PAGE, 2);
        expect(4 * PAGE, 6 * PAGE, 0);
        expect(6 * PAGE, 8 * PAGE, UNTOUCHED);
    }

    @Test
    void vread_fromWithinAPageReadsJustThat() {
        long addr = filled(vmalloc.vmalloc(2 * PAGE), 2 * PAGE, 7);
        memory.storeByte(addr + PAGE, (byte) 8);
        assertThat(vread(addr + PAGE - 3, 5)).isEqualTo(5);
        expect(0, 3, 7);
        expect(3, 4, 8);
        expect(4, 5, 7);
        expect(5, 6, UNTOUCHED);
    }

    @Test
    void vread_ofARangeThatBeginsBeforeAndEndsBehind() {
        filled(vmalloc.vmalloc(1), PAGE, 5);
        assertThat(vread(START - PAGE, 3 * PAGE)).isEqualTo(3 * PAGE);
        expect(0, PAGE, 0);
        expect(PAGE, 2 * PAGE, 5);
        expect(2 * PAGE, 3 * PAGE, 0);
    }

    @Test
    void vread_whereNothingIs_isNothing() {
        long addr = vmalloc.vmalloc(1);
        long freed = vmalloc.vmalloc(1);
        vmalloc.vfree(freed);
        for (long at : new long[] {0, START - PAGE, addr + PAGE, freed, addr + 4 * PAGE, -PAGE}) {
            assertThat(vread(at, PAGE)).as("at %x", at).isZero();
        }
        assertThat(vread(addr, 0)).isZero();
        assertThat(vread(-8, 4 * PAGE)).isZero();
        expect(0, buf.length, UNTOUCHED);
    }

    @Test
    void vread_ofPooledAreasIsNothing() {
        long size = 255L * PAGE;
        long addr = vmalloc.vmalloc(size);
        for (int i = 0; machine.mm.space().areas().pooledPages() == 0; i++) {
            assertThat(i).isLessThan(1000);
            vmalloc.vfree(addr);
            addr = vmalloc.vmalloc(size);
        }
        vmalloc.vfree(addr);
        assertThat(vread(START, buf.length)).isZero();
    }

    @Test
    void vread_readsModulesAsWell() {
        long addr = filled(machine.mm.modules().moduleAlloc(PAGE), PAGE, 4);
        assertThat(vread(addr - 1, PAGE)).isEqualTo(PAGE);
        expect(0, 1, 0);
        expect(1, PAGE, 4);
    }

    @Test
    void vread_ofADevicesMemoryIsZero() {
        VmallocRequest request = vmalloc.request(PAGE).flagged(VmFlags.IOREMAP);
        long addr = filled(vmalloc.vmallocNodeRange(request), PAGE, 9);
        assertThat(vread(addr, PAGE)).isEqualTo(PAGE);
        expect(0, PAGE, 0);
    }

    @Test
    void vread_ofWhatIsNotSetUpIsNothing() {
        VmallocRequest request = vmalloc.request(PAGE).flagged(VmFlags.UNINITIALIZED);
        long addr = filled(vmalloc.vmallocNodeRange(request), PAGE, 9);
        assertThat(vread(addr, PAGE)).isZero();
    }

    @Test
    void vread_ofAnArraysAreaIsZeroForNothingIsMappedThere() {
        byte[] array = vmalloc.vmallocBytes(PAGE);
        array[0] = 1;
        assertThat(vread(vmalloc.addressOf(array), PAGE)).isEqualTo(PAGE);
        expect(0, PAGE, 0);
    }

    @Test
    void vread_intoTooSmallAnArrayFailsAtOnce() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> vmalloc.vread(START, new byte[7], 8));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> vmalloc.vread(START, buf, -1));
    }

    @Test
    void vread_findsTheLowestAreaInWhicheverTreeItIs() {
        for (int i = 0; i < 64; i++) {
            filled(vmalloc.vmalloc(9 * PAGE), 9 * PAGE, 1 + i);
        }
        for (int i = 0; i < 64; i++) {
            assertThat(vread(START + 10L * PAGE * i, 8 * PAGE)).isEqualTo(8 * PAGE);
            expect(0, 8 * PAGE, 1 + i);
        }
    }

    private long filled(long addr, long size, int value) {
        memory.memset(addr, value, size);
        return addr;
    }

    private int vread(long addr, int count) {
        Arrays.fill(buf, UNTOUCHED);
        return vmalloc.vread(addr, buf, count);
    }

    private void expect(int from, int to, int value) {
        byte[] expected = new byte[to - from];
        Arrays.fill(expected, (byte) value);
        assertThat(Arrays.copyOfRange(buf, from, to)).isEqualTo(expected);
    }
}
