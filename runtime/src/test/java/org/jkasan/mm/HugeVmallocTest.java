package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HugeVmallocTest {

    private static final long MIB = 1L << 20;
    private static final long HUGE = 2 * MIB;

    private final TestMachine machine = TestMachine.withKasan(16 * MIB);
    private final Vmalloc vmalloc = machine.vmalloc();
    private final KernelMemory memory = machine.memory();
    private final Vmap vmap = machine.mm.vmap();

    @AfterEach
    void close() {
        machine.close();
    }

    private int order(long addr) {
        return machine.mm.space().pages().order(addr);
    }

    private void assertObject(long addr, long size) {
        assertThat(machine.shadow().isAccessible(machine.host(addr), size)).isTrue();
        assertThat(machine.shadow().isAccessible(machine.host(addr + size), 1)).isFalse();
        assertThat(machine.shadow().isAccessible(machine.host(addr + size + 8), 1)).isFalse();
    }

    @Test
    void twoMebibytesAndMore_areMappedByHugePages() {
        vmalloc.vmalloc(1);
        long addr = vmalloc.vmallocHuge(HUGE + 5);
        assertThat(addr).isEqualTo(START + HUGE);
        assertThat(order(addr)).isEqualTo(9);
        assertThat(order(addr + 2 * HUGE - 1)).isEqualTo(9);
        assertThat(memory.loadByte(addr + 2 * HUGE - 1)).isZero();
        assertThat(machine.mm.space().pages().isMapped(addr + 2 * HUGE)).isFalse();
        assertThat(vmalloc.vmallocHuge(HUGE)).isEqualTo(START + 4 * HUGE);
        assertObject(addr, HUGE + 5);
        assertThat(machine.log).isEmpty();
    }

    @Test
    void hugePage_isOneBlockOfRam() {
        long addr = vmalloc.vmallocHuge(2 * HUGE);
        long first = vmap.vmallocToPage(addr);
        assertThat(first % 512).isZero();
        assertThat(vmap.vmallocToPage(addr + 5)).isEqualTo(first);
        assertThat(vmap.vmallocToPage(addr + HUGE - 1)).isEqualTo(first + 511);
        assertThat(vmap.vmallocToPage(addr + HUGE) % 512).isZero();
        memory.storeLong(addr + 100 * PAGE, 42);
        assertThat(memory.loadLong(machine.mm.frames().address(first + 100))).isEqualTo(42);
    }

    @Test
    void lessThanTwoMebibytes_hasSmallPages() {
        long addr = vmalloc.vmallocHuge(HUGE - 1);
        assertThat(addr).isEqualTo(START);
        assertThat(order(addr)).isZero();
        assertObject(addr, HUGE - 1);
    }

    @Test
    void plainVmalloc_hasSmallPages() {
        assertThat(order(vmalloc.vmalloc(HUGE))).isZero();
        assertThat(order(vmalloc.vmallocNode(HUGE, 0))).isZero();
        assertThat(order(vmalloc.vmallocHugeNode(HUGE, 0))).isEqualTo(9);
        assertThat(vmalloc.vmallocHugeNode(HUGE, 1)).isZero();
        assertThat(machine.log).containsExactly("WARN vmalloc: there is no node 1, only node 0");
    }

    @Test
    void addressSpaceWithoutRoomForHugePages_givesSmallOnes() {
        vmalloc.vmalloc(11 * MIB);
        long addr = vmalloc.vmallocHuge(4 * MIB);
        assertThat(addr).isEqualTo(START + 11 * MIB + PAGE);
        assertThat(order(addr)).isZero();
        assertObject(addr, 4 * MIB);
        assertThat(machine.log).isEmpty();
    }

    @Test
    void ramWithoutAHugeBlock_givesSmallPages() {
        machine.mm.ram().failWhen(pages -> pages == 512);
        long addr = vmalloc.vmallocHuge(HUGE + 1);
        machine.mm.ram().failWhen(null);
        assertThat(order(addr)).isZero();
        assertObject(addr, HUGE + 1);
        assertThat(machine.log).isEmpty();
    }

    /** Fails the first allocation of RAM, then the second, and so on, until nothing fails. */
    @Test
    void everyFailureOfRam_losesNothing() {
        boolean huge = false;
        for (int nth = 0; !huge; nth++) {
            int[] left = {nth};
            machine.mm.ram().failWhen(pages -> left[0]-- == 0);
            long addr = vmalloc.vmallocHuge(2 * HUGE);
            machine.mm.ram().failWhen(null);
            assertThat(addr).isNotZero();
            assertObject(addr, 2 * HUGE);
            huge = order(addr) != 0 && left[0] >= 0;
            vmalloc.vfree(addr);
            vmalloc.purge();
            Invariants.check(machine.mm);
        }
        assertThat(machine.mm.ram().free()).isEqualTo(machine.mm.ram().total());
    }

    @Test
    void hugeArea_isZeroedResizedAndFreed() {
        long dirty = vmalloc.vmallocHuge(HUGE);
        memory.memset(dirty, 0x5a, (int) HUGE);
        vmalloc.vfree(dirty);
        vmalloc.purge();
        int flag = VmFlags.ALLOW_HUGE_VMAP;
        VmallocRequest zeroed = vmalloc.request(HUGE + 1).zeroed().flagged(flag);
        long addr = vmalloc.vmallocNodeRange(zeroed);
        assertThat(addr).isEqualTo(dirty);
        assertThat(memory.loadLong(addr)).isZero();
        assertThat(memory.loadLong(addr + HUGE)).isZero();
        assertThat(vmalloc.vrealloc(addr, 2 * HUGE)).isEqualTo(addr);
        assertObject(addr, 2 * HUGE);
        vmalloc.vrealloc(addr, 7);
        assertObject(addr, 7);
        vmalloc.vfreeAtomic(addr);
        vmalloc.purge();
        assertThat(machine.mm.space().pages().order(addr)).isZero();
        assertThat(machine.mm.ram().free()).isEqualTo(machine.mm.ram().total());
        assertThat(machine.log).isEmpty();
    }

    @Test
    void nohugevmalloc_givesSmallPages() {
        MemoryLayout layout = Architecture.X86_64.layout();
        MemoryConfig config = new MemoryConfig(layout, 1L << 30, 1, 16 * MIB, true, false);
        try (TestMachine small = TestMachine.withKasan(config)) {
            long addr = small.vmalloc().vmallocHuge(HUGE);
            assertThat(small.mm.space().pages().order(addr)).isZero();
            assertThat(small.vmalloc().vmallocHuge(HUGE)).isEqualTo(START + HUGE + PAGE);
        }
    }

    @Test
    void hostWithLargePages_givesSmallPages() {
        try (TestMachine large = TestMachine.withLargeHostPages(16 * MIB)) {
            long addr = large.vmalloc().vmallocHuge(HUGE);
            assertThat(large.mm.space().pages().order(addr)).isZero();
            assertThat(large.log).isEmpty();
        }
    }
}
