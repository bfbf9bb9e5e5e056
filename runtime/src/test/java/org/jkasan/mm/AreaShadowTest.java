package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jkasan.mm.TestMachine.PAGE;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jkasan.shadow.ShadowByte;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a free does to the shadow of an area, and what its next use finds. */
class AreaShadowTest {

    private static final int SIZE = 3 * PAGE - 100;

    private final TestMachine machine = TestMachine.withCpus(2, 64L << 20);
    private final Vmalloc vmalloc = machine.vmalloc();

    @AfterEach
    void close() {
        machine.close();
    }

    private byte byteOf(long addr) {
        return machine.shadow().load(machine.host(addr));
    }

    /** What was freed goes to a pool, for the next use of as many pages. */
    private void keep() {
        machine.mm.space().purge().tryPurge();
    }

    @Test
    void free_poisonsByThePageTableAlone() {
        long addr = vmalloc.vmalloc(SIZE);
        assertThat(byteOf(addr)).isZero();
        assertThat(byteOf(addr + SIZE)).isEqualTo((byte) (SIZE % 8));
        assertThat(byteOf(addr + SIZE + 8)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        vmalloc.vfree(addr);
        for (int i = 0; i < 4 * PAGE; i += 8) {
            assertThat(machine.shadow(addr + i)).isEqualTo(ShadowByte.VMALLOC_INVALID);
            assertThat(byteOf(addr + i)).isZero();
        }
    }

    @Test
    void accessToAFreedArea_isReportedWithItsDump() {
        long addr = vmalloc.vmalloc(SIZE);
        vmalloc.vfree(addr);
        assertThatThrownBy(() -> machine.read(addr + PAGE)).isInstanceOf(KernelOops.class);
        assertThat(machine.reports()).hasSize(1);
        assertThat(machine.reports().get(0))
                .contains("BUG: KASAN: vmalloc-use-after-free in ")
                .contains("Read of size 1 at addr " + Faults.hex(addr + PAGE))
                .contains(">" + Faults.hex(addr + PAGE) + ": f8 f8 f8 f8 f8 f8 f8 f8 f8")
                .doesNotContain(": 00");
    }

    @ParameterizedTest
    @ValueSource(ints = {SIZE, SIZE - 1, SIZE + 1, SIZE - 4, 3 * PAGE, 2 * PAGE + 1, 2 * PAGE + 8})
    void nextUse_opensWhatItAskedFor(int size) {
        long addr = vmalloc.vmalloc(SIZE);
        vmalloc.vfree(addr);
        keep();
        assertThat(vmalloc.vmalloc(size)).isEqualTo(addr);
        for (int at = 0; at < 4 * PAGE; at += 8) {
            int left = Math.max(0, Math.min(8, size - at));
            byte expected = left == 0 ? ShadowByte.VMALLOC_INVALID : (byte) (left % 8);
            assertThat(machine.shadow(addr + at)).as("at %d", at).isEqualTo(expected);
        }
    }

    @Test
    void shrunkObject_isPoisonedAsFarAsItWent() {
        long addr = vmalloc.vmalloc(SIZE);
        vmalloc.vrealloc(addr, 100);
        vmalloc.vfree(addr);
        assertThat(machine.shadow(addr)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        keep();
        assertThat(vmalloc.vmalloc(SIZE)).isEqualTo(addr);
        assertThat(machine.shadow().isAccessible(machine.host(addr), SIZE)).isTrue();
        assertThat(machine.shadow().isAccessible(machine.host(addr), SIZE + 1)).isFalse();
    }

    @Test
    void array_mayHaveTheAreaOfWhatWasMapped() {
        vmalloc.vfree(vmalloc.vmalloc(SIZE + PAGE));
        keep();
        byte[] array = vmalloc.vmallocBytes(SIZE + 3);
        long addr = vmalloc.addressOf(array);
        assertThat(machine.shadow().isAccessible(machine.host(addr), SIZE + 3)).isTrue();
        assertThat(machine.mm.space().pages().isMapped(addr)).isFalse();
        assertThatThrownBy(() -> machine.read(addr)).isInstanceOf(KernelOops.class);
        assertThat(machine.reports()).isEmpty();
    }

    @Test
    void arrayBehindPlainAddresses_isGuardedInFront() {
        long front = vmalloc.vmalloc(3 * PAGE);
        byte[] array = vmalloc.vmallocBytes(10);
        long addr = vmalloc.addressOf(array);
        assertGuarded(addr);
        vmalloc.vfree(array);
        assertGuarded(addr);
        assertThat(byteOf(front + 3 * PAGE - 1)).isZero();
        assertThat(machine.readElement(array, -4))
                .contains(
                        "BUG: KASAN: vmalloc-out-of-bounds in ",
                        "The buggy address is located 4 bytes to the left of\n freed 10-byte region",
                        "belongs to a 1-page vmalloc region starting at 0x" + Faults.hex(addr));
    }

    private void assertGuarded(long array) {
        assertThat(byteOf(array - PAGE)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        assertThat(byteOf(array - 1)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        assertThat(byteOf(array + PAGE)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        assertThat(byteOf(array + 2 * PAGE - 1)).isEqualTo(ShadowByte.VMALLOC_INVALID);
    }

    @Test
    void guardPageInFront_isMemoryOfWhateverComesNext() {
        byte[] array = vmalloc.vmallocBytes(10);
        long addr = vmalloc.addressOf(array);
        vmalloc.vfree(array);
        vmalloc.purge();
        long next = vmalloc.vmalloc(4 * PAGE);
        assertThat(next).isEqualTo(addr - PAGE);
        machine.readElement(array, -1);
        assertThat(machine.reports()).isEmpty();
        vmalloc.vfree(next);
        machine.readElement(array, -1);
        assertThat(machine.reports()).hasSize(1);
    }

    @Test
    void mappingOfRam_isWatchedByteByByteUntilItsPurge() {
        VmapRam ram = machine.mm.vmapRam();
        int count = VmapRam.MAX_ALLOC + 1;
        long addr = vmalloc.vmalloc((long) (count - 1) * PAGE);
        vmalloc.vfree(addr);
        keep();
        long[] pfns = new long[count];
        pfns[count - 1] = machine.mm.frames().alloc();
        Arrays.fill(pfns, 0, count, pfns[count - 1]);
        assertThat(ram.vmMapRam(pfns, count, 0)).isEqualTo(addr);
        assertThat(machine.shadow(addr + (count - 1L) * PAGE)).isZero();
        ram.vmUnmapRam(addr, count);
        assertThat(byteOf(addr)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        long beside =
                vmalloc.vmallocNodeRange(
                        vmalloc.request(PAGE)
                                .within(addr + count * (long) PAGE, addr + (count + 9L) * PAGE));
        vmalloc.purge();
        assertThat(byteOf(beside - PAGE)).isZero();
        assertThat(machine.shadow(beside - PAGE)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        machine.mm.frames().free(pfns[0]);
    }

    @Test
    void bufferOfAnEarlierUse_isSeenWhoeverFreedSinceThen() {
        ByteBuffer buffer = vmalloc.vmallocBuffer(SIZE);
        long addr = vmalloc.addressOf(buffer);
        vmalloc.vfree(buffer);
        assertThat(byteOf(addr)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        keep();
        useByAddress(addr);
        vmalloc.purge();
        useByAddress(addr);
    }

    private void useByAddress(long addr) {
        assertThat(vmalloc.vmalloc(SIZE)).isEqualTo(addr);
        assertThat(machine.shadow().isAccessible(machine.host(addr), SIZE)).isTrue();
        vmalloc.vfree(addr);
        assertThat(byteOf(addr)).isEqualTo(ShadowByte.VMALLOC_INVALID);
    }

    @Test
    void bufferFromVrealloc_isWatchedByTheShadow() {
        ByteBuffer buffer = vmalloc.vrealloc((ByteBuffer) null, SIZE);
        buffer = vmalloc.vrealloc(buffer, 5 * PAGE);
        long addr = vmalloc.addressOf(buffer);
        vmalloc.vfree(buffer);
        assertThat(byteOf(addr)).isEqualTo(ShadowByte.VMALLOC_INVALID);
    }

    @Test
    void bufferOfAMapping_isWatchedByTheShadow() {
        long pfn = machine.mm.frames().alloc();
        ByteBuffer buffer = machine.mm.vmap().vmapBuffer(pfn);
        long addr = vmalloc.addressOf(buffer);
        machine.mm.vmap().vunmap(buffer);
        assertThat(byteOf(addr)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        machine.mm.frames().free(pfn);
    }

    @Test
    void freeSpace_isPoisonedAsFarAsItsShadowStays() {
        long addr = vmalloc.vmalloc(SIZE);
        long large = vmalloc.vmalloc(40L * PAGE);
        long last = vmalloc.vmalloc(PAGE);
        vmalloc.vfree(large);
        vmalloc.purge();
        for (long at = large; at < last; at += 8) {
            byte expected = isPopulated(at) ? ShadowByte.VMALLOC_INVALID : 0;
            assertThat(machine.shadow(at)).isEqualTo(expected);
        }
        assertThat(isPopulated(large + 20L * PAGE)).isFalse();
        assertThat(isPopulated(large)).isTrue();
        assertThat(machine.shadow(addr)).isZero();
    }

    private boolean isPopulated(long addr) {
        return ((VmallocShadow) machine.mm.space().kasan()).isPopulated(addr);
    }
}
