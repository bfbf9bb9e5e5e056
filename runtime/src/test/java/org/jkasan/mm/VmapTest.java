package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jkasan.mm.PageFrames.NO_PAGE;
import static org.jkasan.mm.TestMachine.PAGE;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VmapTest {

    private static final int RAM_PAGES = 256;
    private static final byte FREE = (byte) 0xff;
    private static final byte INVALID = (byte) 0xf8;

    private final TestMachine machine =
            TestMachine.withKasan(
                    new MemoryConfig(
                            Architecture.X86_64.layout(), RAM_PAGES * PAGE, 1, 1 << 20, true));
    private final PageFrames frames = machine.mm.frames();
    private final KernelMemory memory = machine.memory();
    private final Vmalloc vmalloc = machine.vmalloc();
    private final Vmap vmap = machine.mm.vmap();

    @AfterEach
    void close() {
        machine.close();
    }

    private long[] pages(int count) {
        long[] pfns = new long[count];
        for (int i = 0; i < count; i++) {
            pfns[i] = frames.alloc();
        }
        return pfns;
    }

    private long free() {
        return machine.mm.ram().free();
    }

    @Test
    void mappings_areTheSameMemory() {
        long one = frames.alloc();
        long two = frames.alloc();
        long up = vmap.vmap(one, two, one);
        long down = vmap.vmap(two, one);

        memory.storeLong(up + PAGE - 4, 0x1122334455667788L);

        assertThat(memory.loadInt(frames.address(one) + PAGE - 4)).isEqualTo(0x55667788);
        assertThat(memory.loadInt(frames.address(two))).isEqualTo(0x11223344);
        assertThat(memory.loadInt(down)).isEqualTo(0x11223344);
        assertThat(memory.loadInt(down + 2 * PAGE - 4)).isEqualTo(0x55667788);
        assertThat(memory.loadInt(up + 3 * PAGE - 4)).isEqualTo(0x55667788);
        memory.storeByte(frames.address(two) + 100, (byte) 7);
        assertThat(memory.loadByte(down + 100)).isEqualTo((byte) 7);
        assertThat(memory.loadByte(up + PAGE + 100)).isEqualTo((byte) 7);
    }

    @Test
    void buffer_isTheSameMemoryAsTheDirectMap() {
        long[] pfns = pages(2);
        ByteBuffer buffer = vmap.vmapBuffer(pfns[1], pfns[0]);
        assertThat(buffer.capacity()).isEqualTo(2 * PAGE);
        buffer.putInt(PAGE + 8, 0x01020304);
        assertThat(memory.loadInt(frames.address(pfns[0]) + 8)).isEqualTo(0x01020304);
        memory.storeShort(frames.address(pfns[1]), (short) 0x0506);
        assertThat(buffer.getShort(0)).isEqualTo((short) 0x0506);
        assertThat(vmap.vmapBuffer()).isNull();
        vmap.vunmap(buffer);
        vmap.vunmap((ByteBuffer) null);
        vmap.vunmap(0);
        assertThat(machine.log).isEmpty();
        assertThatThrownBy(() -> memory.loadByte(vmalloc.addressOf(buffer)))
                .isInstanceOf(KernelOops.class);
    }

    @Test
    void mapping_hasItsOwnShadowAndAGuardPage() {
        long pfn = frames.alloc();
        long addr = vmap.vmap(pfn);
        assertThat(machine.shadow(addr)).isZero();
        assertThat(machine.shadow(addr + PAGE - 1)).isZero();
        assertThat(machine.shadow(addr + PAGE)).isEqualTo(INVALID);
        assertThatThrownBy(() -> memory.loadByte(addr + PAGE)).isInstanceOf(KernelOops.class);
        assertThat(vmap.vmallocToPage(addr + PAGE - 1)).isEqualTo(pfn);
        assertThat(vmap.vmallocToPage(addr + PAGE)).isEqualTo(NO_PAGE);

        frames.free(pfn);
        assertThat(machine.shadow(frames.address(pfn))).isEqualTo(FREE);
        assertThat(machine.shadow(addr)).isZero();
        assertThat(frames.alloc()).isEqualTo(pfn);
        memory.storeLong(addr, 42);

        vmap.vunmap(addr);
        assertThat(machine.shadow(addr)).isEqualTo(INVALID);
        assertThat(machine.shadow(frames.address(pfn))).isZero();
        assertThat(memory.loadLong(frames.address(pfn))).isEqualTo(42);
        assertThatThrownBy(() -> memory.loadByte(addr)).isInstanceOf(KernelOops.class);
        assertThat(vmap.vmallocToPage(addr)).isEqualTo(NO_PAGE);
        assertThat(machine.reports()).isEmpty();
    }

    @Test
    void mapping_takesNoPageOfRam() {
        long before = free();
        long addr = vmap.vmap(pages(3));
        long shadow = ((VmallocShadow) machine.mm.spaces().vmalloc().kasan()).present();
        assertThat(free()).isEqualTo(before - 3 - shadow);
        vmap.vunmap(addr);
        vmalloc.purge();
        assertThat(free()).isEqualTo(before - 3);
    }

    @Test
    void purge_leavesThePagesAloneAndMakesTheAddressesFresh() {
        long[] pfns = pages(2);
        long addr = vmap.vmap(pfns);
        memory.memset(addr, 1, 2 * PAGE);
        vmap.vunmap(addr);
        vmalloc.purge();
        long again = vmalloc.vmalloc(2 * PAGE);
        assertThat(again).isEqualTo(addr);
        assertThat(memory.loadLong(again)).isZero();
        memory.memset(again, 2, 2 * PAGE);
        vmalloc.vfree(again);
        vmalloc.purge();
        assertThat(memory.loadByte(frames.address(pfns[0]))).isOne();
        assertThat(memory.loadByte(frames.address(pfns[1]) + PAGE - 1)).isOne();
    }

    @Test
    void counts_thatCannotBe_giveNoMapping() {
        assertThat(vmap.vmap()).isZero();
        assertThat(vmap.vmap(new long[] {1}, 0, VmFlags.MAP)).isZero();
        assertThat(vmap.vmap(new long[RAM_PAGES + 1], RAM_PAGES + 1, VmFlags.MAP)).isZero();
        assertThat(vmap.vmap(new long[1], -1, VmFlags.MAP)).isZero();
        assertThat(machine.log).isEmpty();
        assertThatThrownBy(() -> vmap.vmap(new long[1], 2, VmFlags.MAP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "A count of 2 needs as many page frame numbers, not 1; pass all of them.");
        assertThat(vmap.vmap(new long[] {0, RAM_PAGES})).isZero();
        assertThat(vmap.vmap(new long[] {-1})).isZero();
        assertThat(machine.log)
                .containsExactly(
                        "WARN vmap: page frame 256 is not in RAM",
                        "WARN vmap: page frame -1 is not in RAM");
    }

    @Test
    void flags_thatAreNotForVmap_areRefusedOrIgnored() {
        long[] pfns = pages(1);
        assertThat(vmap.vmap(pfns, 1, VmFlags.MAP | VmFlags.FLUSH_RESET_PERMS)).isZero();
        long addr = vmap.vmap(pfns, 1, VmFlags.USERMAP | VmFlags.NO_GUARD);
        assertThat(vmap.vmap(pfns)).isEqualTo(addr + 2 * PAGE);
        int flags = machine.mm.spaces().vmalloc().areas().liveArea(addr, null).vm.flags;
        assertThat(flags).isEqualTo(VmFlags.MAP | VmFlags.USERMAP);
        assertThat(machine.log)
                .containsExactly(
                        "WARN vmap: VM_FLUSH_RESET_PERMS is for memory that vmalloc allocates",
                        "WARN vmap: VM_NO_GUARD is ignored, every mapping has a guard page");
    }

    @Test
    void vfree_freesPagesThatWereHandedOverAndNoOthers() {
        long[] kept = pages(2);
        long before = free();
        long[] given = pages(2);
        long mine = vmap.vmap(kept);
        long its = vmap.vmap(given, 2, VmFlags.MAP | VmFlags.MAP_PUT_PAGES);
        vmalloc.vfree(mine);
        vmalloc.vfree(its);
        assertThat(frames.isAllocated(kept[0])).isTrue();
        assertThat(frames.isAllocated(kept[1])).isTrue();
        assertThat(frames.isAllocated(given[0])).isFalse();
        assertThat(machine.shadow(frames.address(given[1]))).isEqualTo(FREE);
        vmalloc.purge();
        assertThat(free()).isEqualTo(before);
    }

    @Test
    void vunmap_freesNoPagesThatWereHandedOver() {
        long[] given = pages(2);
        vmap.vunmap(vmap.vmap(given, 2, VmFlags.MAP | VmFlags.MAP_PUT_PAGES));
        assertThat(frames.isAllocated(given[0])).isTrue();
        frames.free(given[0]);
        frames.free(given[1]);
        assertThat(machine.log).isEmpty();
    }

    @Test
    void pagesHandedOverTwice_areFreedOnceWithAWarning() {
        long pfn = frames.alloc();
        long one = vmap.vmap(new long[] {pfn}, 1, VmFlags.MAP_PUT_PAGES);
        long two = vmap.vmap(new long[] {pfn}, 1, VmFlags.MAP_PUT_PAGES);
        vmalloc.vfree(one);
        vmalloc.vfree(two);
        assertThat(machine.log)
                .containsExactly(
                        "WARN BUG: Bad page state: page frame " + pfn + " is not allocated");
    }

    @Test
    void vunmap_ofWhatIsNoMapping_warns() {
        long addr = vmap.vmap(pages(3));
        vmap.vunmap(addr + 1);
        vmap.vunmap(addr - PAGE);
        vmap.vunmap(addr + 4 * PAGE);
        assertThat(machine.log)
                .containsExactly(
                        "WARN Trying to vunmap() bad address (ffffc90000000001)",
                        "WARN Trying to vunmap() nonexistent vm area (ffffc8fffffff000)",
                        "WARN Trying to vunmap() nonexistent vm area (ffffc90000004000)");
        assertThat(machine.reports()).isEmpty();
        vmap.vunmap(addr + 2 * PAGE);
        assertThat(machine.log).hasSize(3);
        assertThatThrownBy(() -> memory.loadByte(addr)).isInstanceOf(KernelOops.class);
    }

    @Test
    void interrupt_mapsAndUnmapsNothing() {
        long pfn = frames.alloc();
        long addr = vmap.vmap(pfn);
        machine.mm
                .interrupts()
                .run(
                        () -> {
                            assertThat(vmap.vmap(pfn)).isZero();
                            vmap.vunmap(addr);
                            assertThat(vmap.vmallocToPage(addr)).isEqualTo(pfn);
                        });
        assertThat(machine.log)
                .containsExactly(
                        "WARN kernel BUG at mm/vmalloc.c: vmap in an interrupt",
                        "WARN kernel BUG at mm/vmalloc.c: vunmap in an interrupt");
        vmap.vunmap(addr);
    }

    @Test
    void secondVunmap_isReportedAndWarns() {
        long addr = vmap.vmap(pages(1));
        vmap.vunmap(addr);
        vmap.vunmap(addr);
        assertThat(machine.reports()).hasSize(1);
        assertThat(machine.reports().get(0)).contains("BUG: KASAN: double-free");
        assertThat(machine.log)
                .containsExactly("WARN Trying to vunmap() nonexistent vm area (ffffc90000000000)");
        vmalloc.purge();
        vmap.vunmap(addr);
        assertThat(machine.reports()).hasSize(1);
        assertThat(machine.log).hasSize(2);
    }

    @Test
    void vunmap_ofVmallocsMemory_leavesTheFramesThatAreKnown() {
        long before = free();
        long known = vmalloc.vmalloc(2 * PAGE);
        long pfn = vmap.vmallocToPage(known);
        long next = vmap.vmallocToPage(known + PAGE);
        long unknown = vmalloc.vmalloc(3 * PAGE);
        vmap.vunmap(known);
        vmap.vunmap(unknown);
        vmalloc.purge();
        assertThat(free()).isEqualTo(before - 2);
        frames.free(pfn);
        frames.free(next);
        assertThat(free()).isEqualTo(before);
    }

    @Test
    void exhaustedSpace_givesNoMappingAndLosesNothing() {
        long pfn = frames.alloc();
        long before = free();
        int count = 0;
        while (vmap.vmap(pfn) != 0) {
            count++;
        }
        assertThat(count).isEqualTo((1 << 20) / (2 * PAGE));
        assertThat(machine.log).hasSize(1);
        assertThat(machine.log.get(0)).contains("Address range restricted to");
        for (int i = 0; i < count; i++) {
            vmap.vunmap(TestMachine.START + 2L * PAGE * i);
        }
        long addr = vmap.vmap(pfn);
        assertThat(addr).isEqualTo(TestMachine.START);
        vmap.vunmap(addr);
        vmalloc.purge();
        assertThat(free()).isEqualTo(before);
    }

    @Test
    void noRamForTheShadow_givesNoMappingAndLosesNothing() {
        long pfn = frames.alloc();
        long before = free();
        machine.mm.ram().failWhen(pages -> true);
        assertThat(vmap.vmap(pfn, pfn)).isZero();
        machine.mm.ram().failWhen(null);
        assertThat(machine.log).hasSize(1);
        vmalloc.purge();
        assertThat(free()).isEqualTo(before);
        assertThat(vmap.vmap(pfn, pfn)).isEqualTo(TestMachine.START);
    }

    @Test
    void mappingsCome_andGo_andTheWindowIsOneMappingOfTheHost() {
        KernelWindow window = machine.mm.spaces().vmalloc().window();
        int before = HostMappings.count(window);
        long[] pfns = pages(8);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 20; i++) {
                vmap.vmap(pfns[i % 8], pfns[(i + 3) % 8], pfns[(i + 5) % 8]);
                memory.storeByte(vmalloc.vmalloc(PAGE), (byte) 1);
            }
            assertThat(HostMappings.count(window)).isGreaterThan(before + 20);
            for (int i = 0; i < 20; i++) {
                vmap.vunmap(TestMachine.START + 6L * PAGE * i);
                vmalloc.vfree(TestMachine.START + 6L * PAGE * i + 4 * PAGE);
                if (i % 7 == 0) {
                    vmalloc.purge();
                }
            }
            vmalloc.purge();
            assertThat(HostMappings.count(window)).isEqualTo(before);
        }
    }

    @Test
    void closedKernel_refusesInASentence() {
        TestMachine other = TestMachine.withKasan(1 << 20);
        Vmap gone = other.mm.vmap();
        long addr = gone.vmap(other.mm.frames().alloc());
        other.close();
        assertThatThrownBy(() -> gone.vmap(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> gone.vunmap(addr)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> gone.vmallocToPage(addr))
                .isInstanceOf(IllegalStateException.class);
    }
}
