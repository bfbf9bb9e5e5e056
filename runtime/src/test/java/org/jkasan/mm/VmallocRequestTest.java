package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import org.jkasan.shadow.ShadowByte;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The variants of vmalloc: alignment, range, gfp, flags and node. */
class VmallocRequestTest {

    private static final long MIB = 1L << 20;

    private final TestMachine machine = TestMachine.withKasan(16 * MIB);
    private final Vmalloc vmalloc = machine.vmalloc();
    private final KernelMemory memory = machine.memory();

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void fixAlignAlloc_isAlignedAndZeroed() {
        vmalloc.vmalloc(1);
        long dirty = vmalloc.vmalloc(64 << 10);
        memory.memset(dirty, 0x5a, 64 << 10);
        long addr = vmalloc.vmallocNodeRange(vmalloc.request(5 * PAGE).aligned(64 << 10).zeroed());
        assertThat(addr).isNotZero();
        assertThat(addr % (64 << 10)).isZero();
        assertThat(memory.loadLong(addr + 5 * PAGE - 8)).isZero();
    }

    @Test
    void randomSizeAlignAlloc_everyAlignmentUpTo4MiB() {
        for (int shift = 0; shift < 23; shift++) {
            long align = 1L << shift;
            long size = (shift % 10 + 1) * (long) PAGE;
            long addr = vmalloc.vmallocNodeRange(vmalloc.request(size).aligned(align).zeroed());
            assertThat(addr).isNotZero();
            assertThat(addr % Math.max(align, PAGE)).isZero();
            assertThat(memory.loadLong(addr + size - 8)).isZero();
            vmalloc.vfree(addr);
        }
        assertThat(machine.log).isEmpty();
    }

    @Test
    void alignShiftAlloc_succeedsUpToTheLargestMultipleInVmallocSpace() {
        try (TestMachine whole =
                TestMachine.withKasan(Architecture.X86_64.layout().vmallocSize())) {
            for (int shift = 0; shift < Long.SIZE; shift++) {
                VmallocRequest request = whole.vmalloc().request(PAGE).aligned(1L << shift);
                long addr = whole.vmalloc().vmallocNodeRange(request.zeroed());
                assertThat(addr != 0).as("align 1 << %d", shift).isEqualTo(shift <= 45);
                if (addr != 0) {
                    assertThat(addr & (1L << shift) - 1).isZero();
                    assertThat(whole.memory().loadByte(addr)).isZero();
                }
                whole.vmalloc().vfree(addr);
            }
            assertThat(whole.log).hasSize(Long.SIZE - 46);
        }
    }

    @Test
    void alignmentThatIsNoPowerOfTwo_warnsAndGivesNull() {
        assertThat(vmalloc.vmallocNodeRange(vmalloc.request(1).aligned(0))).isZero();
        assertThat(vmalloc.vmallocNodeRange(vmalloc.request(1).aligned(3))).isZero();
        assertThat(machine.log)
                .containsExactly(
                        "WARN vmalloc: alignment 0 is not a power of two",
                        "WARN vmalloc: alignment 3 is not a power of two");
    }

    @Test
    void range_holdsTheAreaAndItsGuardPage() {
        long from = START + 8 * PAGE;
        VmallocRequest request = vmalloc.request(PAGE).within(from, from + 4 * PAGE);
        assertThat(vmalloc.vmallocNodeRange(request)).isEqualTo(from);
        assertThat(vmalloc.vmallocNodeRange(request)).isEqualTo(from + 2 * PAGE);
        assertThat(vmalloc.vmallocNodeRange(request)).isZero();
        assertThat(machine.log)
                .containsExactly(
                        "vmalloc_node_range for size 8192 failed: Address range restricted to"
                                + " 0xffffc90000008000 - 0xffffc9000000c000");
    }

    @Test
    void rangeOfExactlyTheSize_needsNoSlackForItsAlignment() {
        long align = 64 << 10;
        VmallocRequest request =
                vmalloc.request(align)
                        .aligned(align)
                        .within(START + align, START + 2 * align)
                        .flagged(VmFlags.NO_GUARD);
        assertThat(vmalloc.vmalloc(align - PAGE)).isEqualTo(START);
        assertThat(vmalloc.vmalloc(16 * MIB - 3 * align - PAGE)).isEqualTo(START + align);
        vmalloc.vfree(START + align);
        vmalloc.purge();
        assertThat(vmalloc.vmallocNodeRange(request)).isEqualTo(START + align);
    }

    @Test
    void rangeThatIsNotInVmallocSpace_warnsAndGivesNull() {
        VmallocRequest request = vmalloc.request(1).within(0, -1);
        assertThat(vmalloc.vmallocNodeRange(request)).isZero();
        assertThat(machine.log)
                .containsExactly(
                        "WARN vmalloc: 0x0000000000000000 - 0xffffffffffffffff is not in vmalloc"
                                + " space");
    }

    @Test
    void emptyRange_warnsAndGivesNull() {
        VmallocRequest request = vmalloc.request(1).within(START + PAGE, START);
        assertThat(vmalloc.vmallocNodeRange(request)).isZero();
        assertThat(machine.log).hasSize(1);
    }

    @Test
    void noGuard_leavesNoPageBetween() {
        VmallocRequest request = vmalloc.request(PAGE).flagged(VmFlags.NO_GUARD);
        long addr = vmalloc.vmallocNodeRange(request);
        assertThat(vmalloc.vmallocNodeRange(request)).isEqualTo(addr + PAGE);
        assertThat(machine.shadow(addr + PAGE)).isZero();
        vmalloc.vfree(addr);
        assertThat(machine.shadow(addr + PAGE - 8)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        assertThat(machine.shadow(addr + PAGE)).isZero();
    }

    @Test
    void nonBlockingRequest_doesNotPurgeAndMayBeSilent() {
        vmalloc.vfree(vmalloc.vmalloc(16 * MIB - PAGE));
        assertThat(vmalloc.vmallocNodeRange(vmalloc.request(1).with(Gfp.NOWAIT))).isZero();
        assertThat(machine.log).isEmpty();
        assertThat(vmalloc.vmallocNodeRange(vmalloc.request(1).with(Gfp.ATOMIC))).isZero();
        assertThat(machine.log).hasSize(1);
        assertThat(vmalloc.vmallocNodeRange(vmalloc.request(1).with(Gfp.KERNEL.silent())))
                .isEqualTo(START);
        assertThat(vmalloc.vmallocNodeRange(vmalloc.request(-1).with(Gfp.NOWAIT))).isZero();
        assertThat(machine.log).hasSize(1);
    }

    @Test
    void vmallocUser_isZeroedAndMayBeMappedByUsers() {
        memory.memset(vmalloc.vmalloc(PAGE), 1, PAGE);
        vmalloc.vfree(START);
        vmalloc.purge();
        long addr = vmalloc.vmallocUser(PAGE);
        assertThat(memory.loadLong(addr)).isZero();
        assertThat(machine.mm.space().areas().liveArea(addr, null).vm.flags)
                .isEqualTo((short) (VmFlags.ALLOC | VmFlags.USERMAP));
        assertThat(vmalloc.vmalloc32User(PAGE)).isEqualTo(addr + 2 * PAGE);
    }

    @Test
    void vmalloc32_isAnOrdinaryAreaOfVmallocSpace() {
        assertThat(vmalloc.vmalloc32(100)).isEqualTo(START);
        assertThat(machine.shadow(START + 96)).isEqualTo((byte) 4);
    }

    @Test
    void node0_isTheOnlyOne() {
        assertThat(vmalloc.vmallocNode(1, 0)).isNotZero();
        assertThat(vmalloc.vzallocNode(1, VmallocRequest.ANY_NODE)).isNotZero();
        assertThat(vmalloc.vmallocNode(1, 1)).isZero();
        assertThat(vmalloc.vmallocNode(1, -2)).isZero();
        assertThat(machine.log)
                .containsExactly(
                        "WARN vmalloc: there is no node 1, only node 0",
                        "WARN vmalloc: there is no node -2, only node 0");
    }
}
