package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jkasan.shadow.ShadowByte;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VmallocTest {

    private static final long MIB = 1L << 20;

    private final TestMachine machine = TestMachine.withKasan(16 * MIB);
    private final Vmalloc vmalloc = machine.vmalloc();
    private final KernelMemory memory = machine.memory();

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void vmalloc_ofOnePageEach_goesUpwardsWithAGuardPageBetween() {
        assertThat(vmalloc.vmalloc(PAGE)).isEqualTo(START);
        assertThat(vmalloc.vmalloc(1)).isEqualTo(START + 2 * PAGE);
        assertThat(vmalloc.vmalloc(PAGE + 1)).isEqualTo(START + 4 * PAGE);
        assertThat(vmalloc.vmalloc(PAGE)).isEqualTo(START + 7 * PAGE);
    }

    @Test
    void vmallocOob_shadowEndsWithTheObject() {
        long addr = vmalloc.vmalloc(2035);
        assertThat(machine.shadow(addr)).isZero();
        assertThat(machine.shadow(addr + 2024)).isZero();
        assertThat(machine.shadow(addr + 2032)).isEqualTo((byte) 3);
        assertThat(machine.shadow(addr + 2040)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        assertThat(machine.shadow(addr + PAGE)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        assertThat(machine.shadow(addr + 0x7ff8)).isEqualTo(ShadowByte.VMALLOC_INVALID);
    }

    @Test
    void shadowBelowTheFirstArea_isPoisoned() {
        long addr = vmalloc.vmalloc(1);
        long below = machine.host(addr) - 1;
        assertThat(TestMachine.SANITIZER.shadow().isAccessible(below, 1)).isFalse();
    }

    @Test
    void vmalloc_ofNothing_warnsAndGivesNull() {
        assertThat(vmalloc.vmalloc(0)).isZero();
        assertThat(vmalloc.vmallocBuffer(0)).isNull();
        assertThat(vmalloc.vmallocBytes(0)).isNull();
        assertThat(machine.log).hasSize(3).allMatch("WARN vmalloc: size 0"::equals);
    }

    @Test
    void vmalloc_ofMoreThanRam_warnsAndGivesNull() {
        assertThat(vmalloc.vmalloc((1L << 30) + 1)).isZero();
        assertThat(vmalloc.vmalloc(-1)).isZero();
        assertThat(vmalloc.vmallocLongs(-1)).isNull();
        assertThat(machine.log)
                .containsExactly(
                        "vmalloc error: size 1073741825, exceeds total pages",
                        "vmalloc error: size 18446744073709551615, exceeds total pages",
                        "vmalloc error: size 18446744073709551608, exceeds total pages");
    }

    @Test
    void vmalloc_whereTheAddressSpaceIsExhausted_warnsAndGivesNull() {
        assertThat(vmalloc.vmalloc(16 * MIB - PAGE)).isEqualTo(START);
        assertThat(vmalloc.vmalloc(1)).isZero();
        assertThat(machine.log)
                .containsExactly(
                        "vmalloc_node_range for size 8192 failed: Address range restricted to"
                                + " 0xffffc90000000000 - 0xffffc90001000000");
    }

    @Test
    void vmalloc_whereOnlyFreedAreasAreLeft_purgesThem() {
        long addr = vmalloc.vmalloc(16 * MIB - PAGE);
        vmalloc.vfree(addr);
        assertThat(vmalloc.vmalloc(1)).isEqualTo(START);
        assertThat(machine.log).isEmpty();
    }

    @Test
    void vzalloc_isZeroWhereTheHostsMemoryWasNot() {
        long addr = vmalloc.vmalloc(PAGE);
        memory.memset(addr, 0x5a, PAGE);
        long zeroed = vmalloc.vzalloc(PAGE);
        assertThat(memory.loadLong(zeroed + PAGE - 8)).isZero();
        assertThat(memory.loadLong(addr)).isEqualTo(0x5a5a5a5a5a5a5a5aL);
    }

    @Test
    void vfree_unmapsAndPoisonsAtOnceButReusesOnlyAfterAPurge() {
        long addr = vmalloc.vmalloc(100);
        vmalloc.vfree(addr);
        assertThatThrownBy(() -> memory.loadByte(addr)).isInstanceOf(KernelOops.class);
        assertThat(machine.shadow(addr)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        assertThat(vmalloc.vmalloc(100)).isEqualTo(addr + 2 * PAGE);
        vmalloc.purge();
        assertThat(vmalloc.vmalloc(100)).isEqualTo(addr);
    }

    @Test
    void vfree_ofNull_isNothing() {
        vmalloc.vfree(0);
        vmalloc.vfree((ByteBuffer) null);
        vmalloc.vfree((Object) null);
        assertThat(machine.log).isEmpty();
    }

    @Test
    void vfree_ofAnAddressInsideAPage_warnsAndFreesNothing() {
        long addr = vmalloc.vmalloc(PAGE);
        vmalloc.vfree(addr + 8);
        assertThat(machine.log)
                .containsExactly("WARN Trying to vfree() bad address (ffffc90000000008)");
        assertThat(memory.loadByte(addr)).isZero();
    }

    @Test
    void vfree_ofAnotherPageOfTheArea_freesIt() {
        long addr = vmalloc.vmalloc(2 * PAGE);
        vmalloc.vfree(addr + PAGE);
        assertThat(machine.log).isEmpty();
        assertThatThrownBy(() -> memory.loadByte(addr)).isInstanceOf(KernelOops.class);
    }

    @Test
    void vfree_ofNoArea_warns() {
        vmalloc.vfree(START);
        vmalloc.vfree(0xffff888000000000L);
        assertThat(machine.log)
                .containsExactly(
                        "WARN Trying to vfree() nonexistent vm area (ffffc90000000000)",
                        "WARN Trying to vfree() nonexistent vm area (ffff888000000000)");
        assertThat(machine.reports()).isEmpty();
    }

    @Test
    void vfree_twice_isReportedWithBothStacks() {
        long addr = vmalloc.vmalloc(PAGE);
        vmalloc.vfree(addr);
        vmalloc.vfree(addr);
        assertThat(machine.reports()).hasSize(1);
        assertThat(machine.reports().get(0))
                .contains("BUG: KASAN: double-free in ")
                .contains("Free of addr ffffc90000000000 by task")
                .contains("Allocated by task")
                .contains("Freed by task");
        assertThat(machine.log)
                .containsExactly("WARN Trying to vfree() nonexistent vm area (ffffc90000000000)");
    }

    @Test
    void vfree_twiceWithAPurgeBetween_onlyWarns() {
        long addr = vmalloc.vmalloc(PAGE);
        vmalloc.vfree(addr);
        vmalloc.purge();
        vmalloc.vfree(addr);
        assertThat(machine.reports()).isEmpty();
        assertThat(machine.log).hasSize(1);
    }

    @Test
    void vmallocBuffer_isLittleEndianAndCoversAllMappedPages() {
        ByteBuffer buffer = vmalloc.vmallocBuffer(PAGE + 1);
        assertThat(buffer.capacity()).isEqualTo(2 * PAGE);
        assertThat(buffer.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        long addr = vmalloc.addressOf(buffer);
        assertThat(addr).isEqualTo(START);
        buffer.putInt(PAGE - 2, 0x01020304);
        assertThat(memory.loadInt(addr + PAGE - 2)).isEqualTo(0x01020304);
        memory.storeByte(addr + 2 * PAGE - 1, (byte) 7);
        assertThat(buffer.get(2 * PAGE - 1)).isEqualTo((byte) 7);
    }

    @Test
    void vzallocBuffer_isZero() {
        ByteBuffer buffer = vmalloc.vzallocBuffer(10);
        assertThat(buffer.getLong(2)).isZero();
        assertThat(vmalloc.vzallocBuffer(1L << 31)).isNull();
        assertThat(machine.log)
                .containsExactly("vmalloc error: size 2147483648, exceeds what a buffer can have");
    }

    @Test
    void vfree_ofASliceThatBeginsElsewhere_warns() {
        ByteBuffer buffer = vmalloc.vmallocBuffer(PAGE);
        vmalloc.vfree(buffer.slice(8, 8));
        assertThat(machine.log).hasSize(1);
        vmalloc.vfree(buffer.duplicate().position(100));
        assertThat(machine.log).hasSize(1);
        assertThat(machine.shadow(START)).isEqualTo(ShadowByte.VMALLOC_INVALID);
    }

    @Test
    void vfree_ofBuffersThatAreNotVmallocs_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> vmalloc.vfree(ByteBuffer.allocate(8)))
                .withMessageContaining("Java heap");
        ByteBuffer direct = ByteBuffer.allocateDirect(8);
        assertThat(vmalloc.addressOf(direct)).isZero();
        vmalloc.vfree(direct);
        assertThat(machine.log).hasSize(1);
    }

    @Test
    void arrays_haveExactLengthAndAreasOfTheirOwn() {
        Object[] arrays = {
            vmalloc.vmallocBytes(3),
            vmalloc.vmallocBooleans(3),
            vmalloc.vmallocShorts(3),
            vmalloc.vmallocChars(3),
            vmalloc.vmallocInts(3),
            vmalloc.vmallocLongs(3),
            vmalloc.vmallocFloats(3),
            vmalloc.vmallocDoubles(3)
        };
        int[] sizes = {1, 1, 2, 2, 4, 8, 4, 8};
        for (int i = 0; i < arrays.length; i++) {
            long addr = vmalloc.addressOf(arrays[i]);
            assertThat(addr).isEqualTo(START + PAGE + 3L * PAGE * i);
            assertThat(java.lang.reflect.Array.getLength(arrays[i])).isEqualTo(3);
            assertThat(TestMachine.SANITIZER.arrays().handle(arrays[i]))
                    .isEqualTo(machine.host(addr));
            assertThat(
                            TestMachine.SANITIZER
                                    .shadow()
                                    .isAccessible(machine.host(addr), 3 * sizes[i]))
                    .isTrue();
            assertThat(
                            TestMachine.SANITIZER
                                    .shadow()
                                    .isAccessible(machine.host(addr) + 3 * sizes[i], 1))
                    .isFalse();
            vmalloc.vfree(arrays[i]);
            assertThat(vmalloc.addressOf(arrays[i])).isZero();
            assertThat(TestMachine.SANITIZER.shadow().isAccessible(machine.host(addr), 1))
                    .isFalse();
        }
        assertThat(machine.log).isEmpty();
    }

    @Test
    void arrayFreedTwice_isReported() {
        int[] array = vmalloc.vmallocInts(10);
        vmalloc.vfree(array);
        vmalloc.vfree(array);
        assertThat(machine.reports()).hasSize(1);
        assertThat(machine.reports().get(0)).contains("double-free");
    }

    @Test
    void arrayWhoseAreaIsAnothersByNow_cannotFreeIt() {
        int[] stale = vmalloc.vmallocInts(10);
        vmalloc.vfree(stale);
        vmalloc.purge();
        int[] fresh = vmalloc.vmallocInts(10);
        vmalloc.vfree(stale);
        assertThat(machine.log)
                .containsExactly("WARN Trying to vfree() nonexistent vm area (ffffc90000001000)");
        assertThat(vmalloc.addressOf(fresh)).isEqualTo(START + PAGE);
        assertThat(vmalloc.addressOf(stale)).isZero();
    }

    @Test
    void ordinaryArrays_areNotVmallocs() {
        assertThat(vmalloc.addressOf(new long[1])).isZero();
        vmalloc.vfree(new long[1]);
        assertThat(machine.log)
                .containsExactly("WARN Trying to vfree() nonexistent vm area (long[])");
        assertThatIllegalArgumentException().isThrownBy(() -> vmalloc.vfree("text"));
    }

    @Test
    void close_untracksArrays() {
        TestMachine other = TestMachine.withKasan(MIB);
        byte[] array = other.vmalloc().vmallocBytes(10);
        assertThat(TestMachine.SANITIZER.arrays().handle(array)).isNotZero();
        other.close();
        assertThat(TestMachine.SANITIZER.arrays().handle(array)).isZero();
    }

    @Test
    void withoutKasan_allIsThereButTheReports() {
        try (TestMachine plain = TestMachine.withoutKasan(MIB)) {
            long addr = plain.vmalloc().vmalloc(10);
            byte[] array = plain.vmalloc().vmallocBytes(10);
            assertThat(plain.vmalloc().addressOf(array)).isEqualTo(addr + 3 * PAGE);
            plain.memory().storeLong(addr + 8, 1);
            plain.vmalloc().vfree(addr);
            plain.vmalloc().vfree(addr);
            plain.vmalloc().vfree(array);
            assertThat(plain.log).hasSize(1);
            assertThat(plain.reports()).isEmpty();
        }
    }
}
