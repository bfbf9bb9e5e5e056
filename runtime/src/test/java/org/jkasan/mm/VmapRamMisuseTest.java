package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What must not be done with vm_map_ram, and what fails half way: nothing is lost or corrupted. */
class VmapRamMisuseTest {

    private static final int ANY_NODE = VmallocRequest.ANY_NODE;

    private final TestMachine machine = TestMachine.withKasan(64 << 20);
    private final VmapRam ram = machine.mm.vmapRam();
    private final PageFrames frames = machine.mm.frames();
    private final KernelMemory memory = machine.memory();

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void mappingOfNothing_warns() {
        assertThat(ram.vmMapRam(new long[1], 0, ANY_NODE)).isZero();
        assertThat(machine.log).containsExactly("WARN vm_map_ram: no pages to map");
    }

    @Test
    void pageThatRamDoesNotHave_warns() {
        long total = machine.mm.ram().total();
        assertThat(ram.vmMapRam(new long[] {frames.alloc(), total}, 2, ANY_NODE)).isZero();
        assertThat(ram.vmMapRam(new long[] {-1}, 1, ANY_NODE)).isZero();
        assertThat(machine.log)
                .containsExactly(
                        "WARN vm_map_ram: page frame 262144 is not in RAM",
                        "WARN vm_map_ram: page frame -1 is not in RAM");
    }

    @Test
    void nodeThatDoesNotExist_warns() {
        assertThat(ram.vmMapRam(pages(1), 1, 1)).isZero();
        assertThat(machine.log).containsExactly("WARN vmalloc: there is no node 1, only node 0");
    }

    @Test
    void addressInsideAPage_warns() {
        long addr = map(1);
        ram.vmUnmapRam(addr + 8, 1);
        assertStillMapped(addr);
        assertThat(machine.log)
                .containsExactly("WARN Trying to vm_unmap_ram() bad address (ffffc90000000008)");
    }

    @Test
    void whatIsNoMapping_warns() {
        long addr = map(4);
        long large = map(65);
        long area = machine.vmalloc().vmalloc(PAGE);
        ram.vmUnmapRam(addr, 3);
        ram.vmUnmapRam(addr, 5);
        ram.vmUnmapRam(addr, 65);
        ram.vmUnmapRam(addr, 0);
        ram.vmUnmapRam(addr, -4);
        ram.vmUnmapRam(addr + PAGE, 3);
        ram.vmUnmapRam(addr + 4 * PAGE, 1);
        ram.vmUnmapRam(large, 64);
        ram.vmUnmapRam(large + PAGE, 64);
        ram.vmUnmapRam(large + PAGE, 65);
        ram.vmUnmapRam(area, 1);
        ram.vmUnmapRam(0, 1);
        ram.vmUnmapRam(-PAGE, 1);
        assertStillMapped(addr);
        assertStillMapped(large);
        assertStillMapped(area);
        assertThat(machine.log)
                .hasSize(13)
                .allMatch(line -> line.startsWith("WARN Trying to vm_unmap_ram() nonexistent map"))
                .contains(
                        "WARN Trying to vm_unmap_ram() nonexistent mapping (ffffc90000000000 of 3"
                                + " pages)");
        assertThat(machine.reports()).isEmpty();
    }

    @Test
    void secondUnmapping_isReportedAndChangesNothing() {
        long addr = map(2);
        long large = map(65);
        ram.vmUnmapRam(addr, 2);
        ram.vmUnmapRam(addr, 2);
        ram.vmUnmapRam(large, 65);
        ram.vmUnmapRam(large, 65);
        assertThat(machine.reports()).hasSize(2).allMatch(text -> text.contains("double-free"));
        assertThat(machine.log).hasSize(2).allMatch(line -> line.contains("nonexistent mapping"));
    }

    @Test
    void secondUnmappingInABlockThatWaits_isReported() {
        long[] pfns = pages(64);
        for (int i = 0; i < 16; i++) {
            ram.vmMapRam(pfns, 64, ANY_NODE);
        }
        for (int i = 0; i < 16; i++) {
            ram.vmUnmapRam(START + i * 64L * PAGE, 64);
        }
        ram.vmUnmapRam(START, 64);
        assertThat(machine.reports()).hasSize(1);
        machine.vmalloc().purge();
        ram.vmUnmapRam(START, 64);
        assertThat(machine.reports()).hasSize(1);
        assertThat(machine.log).hasSize(2);
    }

    @Test
    void vfreeAndVunmap_doNotKnowMappings() {
        long addr = map(1);
        long large = map(65);
        machine.vmalloc().vfree(addr);
        machine.vmalloc().vfree(large);
        machine.mm.vmap().vunmap(addr);
        machine.mm.vmap().vunmap(large);
        assertStillMapped(addr);
        assertStillMapped(large);
        assertThat(machine.log).hasSize(4).allMatch(line -> line.contains("nonexistent vm area"));
        assertThat(machine.reports()).isEmpty();
    }

    @Test
    void interrupt_mapsAndUnmapsNothing() {
        long[] pfns = pages(1);
        long addr = ram.vmMapRam(pfns, 1, ANY_NODE);
        machine.mm
                .interrupts()
                .run(
                        () -> {
                            assertThat(ram.vmMapRam(pfns, 1, ANY_NODE)).isZero();
                            ram.vmUnmapRam(addr, 1);
                        });
        assertStillMapped(addr);
        assertThat(machine.log)
                .containsExactly(
                        "WARN kernel BUG at mm/vmalloc.c: vm_map_ram in an interrupt",
                        "WARN kernel BUG at mm/vmalloc.c: vm_unmap_ram in an interrupt");
    }

    @Test
    void failNth_ofEveryAllocation_losesNothing() {
        long[] pfns = pages(65);
        for (int count : new int[] {3, 65}) {
            int failed = 0;
            for (int nth = 1; ; nth++) {
                AtomicInteger left = new AtomicInteger(nth);
                machine.mm.ram().failWhen(pages -> left.decrementAndGet() <= 0);
                long addr = ram.vmMapRam(pfns, count, ANY_NODE);
                machine.mm.ram().failWhen(null);
                if (addr != 0) {
                    ram.vmUnmapRam(addr, count);
                    break;
                }
                failed++;
                Invariants.check(machine.mm);
            }
            assertThat(failed).as("failures of %d pages", count).isPositive();
            assertThat(machine.log).hasSize(failed).allMatch(line -> line.contains("failed"));
            machine.log.clear();
            machine.vmalloc().purge();
            assertThat(((VmallocShadow) machine.mm.space().kasan()).present()).isZero();
        }
    }

    private void assertStillMapped(long addr) {
        assertThat(machine.shadow(addr)).isZero();
        memory.storeByte(addr, (byte) 1);
    }

    private long map(int count) {
        return ram.vmMapRam(pages(count), count, ANY_NODE);
    }

    private long[] pages(int count) {
        long[] pfns = new long[count];
        for (int i = 0; i < count; i++) {
            pfns[i] = frames.alloc();
        }
        return pfns;
    }
}
