package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jkasan.check.AddressSpace;
import org.jkasan.report.BugType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KernelMemoryTest {

    private final TestMachine machine = TestMachine.withKasan(1 << 20);
    private final KernelMemory memory = machine.memory();

    /** Two pages and, behind them, the guard page. */
    private final long addr = machine.vmalloc().vzalloc(2 * PAGE);

    private final long end = addr + 2 * PAGE;

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void loads_areLittleEndianUnlessAnOrderSaysOtherwise() {
        for (int i = 0; i < 8; i++) {
            memory.storeByte(addr + i, (byte) (i + 1));
        }
        assertThat(memory.loadByte(addr + 7)).isEqualTo((byte) 8);
        assertThat(memory.loadShort(addr)).isEqualTo((short) 0x0201);
        assertThat(memory.loadInt(addr)).isEqualTo(0x04030201);
        assertThat(memory.loadLong(addr)).isEqualTo(0x0807060504030201L);
        assertThat(memory.loadShort(addr, ByteOrder.BIG_ENDIAN)).isEqualTo((short) 0x0102);
        assertThat(memory.loadInt(addr, ByteOrder.BIG_ENDIAN)).isEqualTo(0x01020304);
        assertThat(memory.loadLong(addr, ByteOrder.BIG_ENDIAN)).isEqualTo(0x0102030405060708L);
        assertThat(memory.loadInt(addr, ByteOrder.LITTLE_ENDIAN)).isEqualTo(0x04030201);
    }

    @Test
    void stores_areReadBackInTheOrderTheyWereMadeIn() {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            memory.storeShort(addr + 1, (short) 0x1234, order);
            assertThat(memory.loadShort(addr + 1, order)).isEqualTo((short) 0x1234);
            memory.storeInt(addr + 3, 0x12345678, order);
            assertThat(memory.loadInt(addr + 3, order)).isEqualTo(0x12345678);
            memory.storeLong(addr + 5, 0x123456789abcdef0L, order);
            assertThat(memory.loadLong(addr + 5, order)).isEqualTo(0x123456789abcdef0L);
        }
        memory.storeShort(addr, (short) 0x1234, ByteOrder.BIG_ENDIAN);
        assertThat(memory.loadByte(addr)).isEqualTo((byte) 0x12);
    }

    @Test
    void accessAcrossTwoMappedPages_isDone() {
        memory.storeLong(addr + PAGE - 3, 0x1122334455667788L);
        assertThat(memory.loadLong(addr + PAGE - 3)).isEqualTo(0x1122334455667788L);
        assertThat(memory.loadByte(addr + PAGE)).isEqualTo((byte) 0x55);
    }

    @Test
    void accessIntoTheGuardPage_faultsAtItsFirstByteAndStoresNothing() {
        assertFault(() -> memory.storeLong(end - 3, -1), end, true);
        assertThat(memory.loadByte(end - 3)).isZero();
        assertFault(() -> memory.loadShort(end - 1), end, false);
        assertFault(() -> memory.loadInt(end), end, false);
        assertFault(() -> memory.storeByte(end + 5, (byte) 1), end + 5, true);
    }

    @Test
    void accessFromAnUnmappedPageIntoAMappedOne_faultsWhereItBegins() {
        long second = machine.vmalloc().vmalloc(1);
        assertFault(() -> memory.loadLong(second - 3), second - 3, false);
    }

    @Test
    void addressesOutsideTheWindows_faultAndHaveNoShadow() {
        long[] wild = {0, 8, 0x400000, 0x8000_0000_0000L, START - 1, START + (1 << 20), -8};
        for (long bad : wild) {
            assertFault(() -> memory.loadByte(bad), bad, false);
            assertThat(memory.hostAddress(bad)).isEqualTo(AddressSpace.NO_SHADOW);
        }
        long last = START + (1 << 20) - 1;
        assertFault(() -> memory.loadShort(last), last, false);
        assertThat(memory.hostAddress(last)).isEqualTo(memory.hostAddress(START) + (1 << 20) - 1);
    }

    @Test
    void wildAddresses_areTitledByTheArchitecture() {
        assertThat(memory.wildAccess(0)).isEqualTo(BugType.NULL_PTR_DEREF);
        assertThat(memory.wildAccess(0x8000_0000_0000L)).isEqualTo(BugType.WILD_MEMORY_ACCESS);
        assertThat(memory.wildAccess(START - 1)).isNull();
    }

    @Test
    void memset_setsExactlyTheRange() {
        memory.memset(addr + 1, 0x1ab, PAGE + 1);
        assertThat(memory.loadByte(addr)).isZero();
        assertThat(memory.loadByte(addr + 1)).isEqualTo((byte) 0xab);
        assertThat(memory.loadByte(addr + PAGE + 1)).isEqualTo((byte) 0xab);
        assertThat(memory.loadByte(addr + PAGE + 2)).isZero();
        memory.memset(0, 1, 0);
    }

    @Test
    void memset_withANegativeSizeRunsIntoTheGuardPage() {
        assertFault(() -> memory.memset(addr + PAGE, 7, -1), end, true);
        assertThat(memory.loadByte(end - 1)).isEqualTo((byte) 7);
    }

    @Test
    void memcpy_stopsWhereASideIsNotMapped() {
        long other = machine.vmalloc().vzalloc(1);
        memory.memset(addr, 1, 2 * PAGE);
        assertFault(() -> memory.memcpy(other, addr + 10, 2 * PAGE), other + PAGE, true);
        assertThat(memory.loadByte(other + PAGE - 1)).isEqualTo((byte) 1);
        assertFault(() -> memory.memcpy(addr, other + 1, PAGE), other + PAGE, false);
        memory.memcpy(0, 0, 0);
    }

    @Test
    void memmove_ofOverlappingRangesAgreesWithArraycopy() {
        byte[] expected = new byte[2 * PAGE];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (byte) (i * 7 + i / 256);
        }
        int[][] moves = {{0, 5, PAGE + 100}, {5, 0, PAGE + 100}, {3, PAGE - 1, PAGE}, {9, 9, 50}};
        for (int[] move : moves) {
            memory.copyIn(addr, expected, 0, expected.length);
            memory.memmove(addr + move[1], addr + move[0], move[2]);
            System.arraycopy(expected, move[0], expected, move[1], move[2]);
            assertThat(contents()).isEqualTo(expected);
        }
    }

    @Test
    void memmove_upwardsFaultsAtTheHighestBadPage() {
        assertFault(() -> memory.memmove(addr + PAGE, addr, 2 * PAGE), end - 1 + PAGE, true);
    }

    @Test
    void memcmp_comparesUnsignedAndNoFurtherThanTheFirstDifference() {
        memory.storeByte(addr + 20, (byte) 0xff);
        memory.storeByte(addr + PAGE + 20, (byte) 1);
        assertThat(memory.memcmp(addr, addr + PAGE, 20)).isZero();
        assertThat(memory.memcmp(addr, addr + PAGE, 21)).isEqualTo(254);
        assertThat(memory.memcmp(addr + PAGE, addr, 1 << 20)).isEqualTo(-254);
        assertFault(() -> memory.memcmp(addr + PAGE + 32, addr + 32, PAGE), end, false);
        assertThat(memory.memcmp(0, 0, 0)).isZero();
    }

    @Test
    void copyInAndOut_takeRangesOfTheArray() {
        byte[] bytes = {1, 2, 3, 4, 5};
        memory.copyIn(addr + PAGE - 1, bytes, 1, 3);
        byte[] read = new byte[5];
        memory.copyOut(addr + PAGE - 2, read, 0, 5);
        assertThat(read).containsExactly(0, 2, 3, 4, 0);
        assertThatThrownBy(() -> memory.copyIn(addr, bytes, 3, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> memory.copyOut(addr, bytes, -1, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertFault(() -> memory.copyIn(end - 2, bytes, 0, 5), end, true);
        assertThat(memory.loadShort(end - 2)).isEqualTo((short) 0x0201);
        Arrays.fill(read, (byte) 9);
        assertFault(() -> memory.copyOut(end - 2, read, 0, 5), end, false);
        assertThat(read).containsExactly(1, 2, 9, 9, 9);
    }

    @Test
    void closedKernel_refusesEveryAccess() {
        TestMachine other = TestMachine.withKasan(1 << 20);
        long there = other.vmalloc().vmalloc(8);
        other.close();
        assertThatThrownBy(() -> other.memory().loadByte(there))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThat(other.memory().hostAddress(there)).isEqualTo(AddressSpace.NO_SHADOW);
    }

    private byte[] contents() {
        byte[] bytes = new byte[2 * PAGE];
        memory.copyOut(addr, bytes, 0, bytes.length);
        return bytes;
    }

    private static void assertFault(ThrowingCallable access, long at, boolean write) {
        KernelOops oops = catchThrowableOfType(KernelOops.class, access);
        assertThat(oops.address()).isEqualTo(at);
        assertThat(oops.isWrite()).isEqualTo(write);
    }
}
