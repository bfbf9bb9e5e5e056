package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jkasan.report.AccessKind;
import org.jkasan.report.BadAccess;
import org.jkasan.report.VmallocRegion;
import org.jkasan.shadow.ShadowByte;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PercpuAreasTest {

    private static final long SPACE = 1 << 20;
    private static final long END = START + SPACE;
    private static final long WINDOW = 32 << 10;

    private final TestMachine machine = TestMachine.withKasan(SPACE);
    private final PercpuAreas percpu = machine.percpuAreas();

    @AfterEach
    void close() {
        machine.close();
    }

    private static CongruentAreas one(long size) {
        return new CongruentAreas(new long[] {0}, new long[] {size}, PAGE);
    }

    private static CongruentAreas two(long size, long gap) {
        return new CongruentAreas(new long[] {0, size + gap}, new long[] {size, size}, PAGE);
    }

    private List<Long> allocate(CongruentAreas wanted) {
        return percpu.allocate(wanted).stream().map(area -> area.start).toList();
    }

    @Test
    void areas_goFromTheTopDownAndIntoEachOthersGaps() {
        assertThat(allocate(two(WINDOW, WINDOW))).containsExactly(END - 3 * WINDOW, END - WINDOW);
        assertThat(allocate(two(WINDOW, WINDOW)))
                .containsExactly(END - 4 * WINDOW, END - 2 * WINDOW);
        assertThat(allocate(one(PAGE))).containsExactly(END - 4 * WINDOW - PAGE);
        assertThat(machine.vmalloc().vmalloc(1)).isEqualTo(START);
    }

    @Test
    void areas_areAccessibleFromEndToEndAndNotMapped() {
        List<VmapArea> areas = percpu.allocate(two(3 * PAGE, PAGE));
        for (VmapArea area : areas) {
            assertThat(machine.shadow().isAccessible(machine.host(area.start), 3 * PAGE)).isTrue();
            assertThatThrownBy(() -> machine.memory().loadByte(area.start))
                    .isInstanceOf(KernelOops.class);
        }
        assertThat(machine.shadow(areas.get(0).end)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        percpu.free(areas);
        assertThat(machine.shadow(areas.get(1).end - 1)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        machine.vmalloc().purge();
        assertThat(machine.residentShadow(0, SPACE)).isZero();
        assertThat(machine.mm.ram().free()).isEqualTo(machine.mm.ram().total());
    }

    @Test
    void mappedPages_areThoseOfEveryUnitAndOfRam() {
        PercpuLayout layout = new PercpuLayout(2, 4, WINDOW);
        List<VmapArea> areas = percpu.allocate(one(layout.size()));
        VmapArea area = areas.get(0);
        long free = machine.mm.ram().free();
        assertThat(percpu.map(area, layout, 1, 2)).isTrue();
        assertThat(machine.mm.ram().free()).isEqualTo(free - 4);
        for (long unit = area.start; unit < area.end; unit += WINDOW) {
            boolean mapped = unit < area.start + 2 * WINDOW;
            assertThat(machine.mm.space().pages().isMapped(unit)).isFalse();
            assertThat(machine.mm.space().pages().isMapped(unit + PAGE)).isEqualTo(mapped);
            assertThat(machine.mm.space().pages().isMapped(unit + 2 * PAGE)).isEqualTo(mapped);
            assertThat(machine.mm.space().pages().isMapped(unit + 3 * PAGE)).isFalse();
        }
        Invariants.check(machine.mm);
        assertThatThrownBy(() -> percpu.free(areas)).hasMessageContaining("still has pages");
        percpu.unmap(area, layout, 1, 2);
        assertThat(machine.mm.ram().free()).isEqualTo(free);
        percpu.free(areas);
        assertThatThrownBy(() -> percpu.free(areas)).hasMessageContaining("not in use");
    }

    @Test
    void exhaustedSpace_isPurgedOnceAndThenRefused() {
        long addr = machine.vmalloc().vmalloc(SPACE - PAGE);
        assertThat(percpu.allocate(one(PAGE))).isNull();
        machine.vmalloc().vfree(addr);
        assertThat(allocate(one(SPACE))).containsExactly(START);
        assertThat(percpu.allocate(one(PAGE))).isNull();
        assertThat(machine.log).isEmpty();
    }

    @Test
    void areasThatNoSpaceCouldHold_areRefusedWithAWarning() {
        assertThat(percpu.allocate(two(WINDOW, SPACE))).isNull();
        assertThat(machine.log)
                .containsExactly(
                        "WARN percpu: areas that reach over 1114112 bytes cannot be in vmalloc"
                                + " space of 1048576");
    }

    @Test
    void questionsThatMakeNoSense_areRefusedInWords() {
        refuse(new long[0], new long[0], PAGE, "0 offsets and 0 sizes");
        refuse(new long[] {0}, new long[] {PAGE, PAGE}, PAGE, "1 offsets and 2 sizes");
        refuse(new long[] {0}, new long[] {PAGE}, 2048, "an alignment of 2048");
        refuse(new long[] {0}, new long[] {PAGE}, 3 * PAGE, "an alignment of 12288");
        refuse(new long[] {PAGE}, new long[] {2 * PAGE}, 2 * PAGE, "offset 4096");
        refuse(new long[] {-PAGE}, new long[] {PAGE}, PAGE, "offset -4096");
        refuse(new long[] {0}, new long[] {PAGE}, 2 * PAGE, "size 4096");
        refuse(new long[] {0}, new long[] {0}, PAGE, "size 0");
        refuse(new long[] {PAGE}, new long[] {Long.MAX_VALUE & -PAGE}, PAGE, "size 92233720");
        refuse(new long[] {0, PAGE}, new long[] {2 * PAGE, PAGE}, PAGE, "areas 0 and 1");
        refuse(new long[] {PAGE, 0}, new long[] {PAGE, 2 * PAGE}, PAGE, "areas 0 and 1");
    }

    private static void refuse(long[] offsets, long[] sizes, long align, String words) {
        assertThatThrownBy(() -> new CongruentAreas(offsets, sizes, align))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Percpu areas cannot have " + words);
    }

    @Test
    void areaOfAChunk_isNotVfreesToFree() {
        VmapArea area = percpu.allocate(one(PAGE)).get(0);
        machine.vmalloc().vfree(area.start);
        assertThat(machine.log)
                .containsExactly("WARN Trying to vfree() nonexistent vm area (ffffc900000ff000)");
        assertThat(area.isLive()).isTrue();
        assertThat(machine.reports()).isEmpty();
    }

    @Test
    void accessBehindAnArea_isReported() {
        VmapArea top = percpu.allocate(one(PAGE)).get(0);
        List<VmapArea> below = percpu.allocate(one(PAGE));
        percpu.free(List.of(top));
        long addr = below.get(0).end;
        assertThat(machine.shadow().isAccessible(machine.host(addr - 1), 1)).isTrue();
        assertThat(machine.shadow().isAccessible(machine.host(addr), 1)).isFalse();
        report(addr);
        assertThat(machine.reports()).hasSize(1);
        assertThat(machine.reports().get(0))
                .startsWith("=====")
                .contains("BUG: KASAN: vmalloc-use-after-free in ")
                .contains("Freed by task");
        report(below.get(0).start - 1);
        assertThat(machine.reports().get(1)).contains("BUG: KASAN: vmalloc-out-of-bounds in ");
    }

    private void report(long addr) {
        TestMachine.SANITIZER
                .reporter()
                .report(new BadAccess(AccessKind.READ, addr, machine.host(addr), 1));
    }

    @Test
    void area_isDescribedByItsWholeSize() {
        VmapArea area = percpu.allocate(one(3 * PAGE)).get(0);
        VmallocRegion region = machine.mm.space().areas().describe(area.start + 2 * PAGE);
        assertThat(region.start()).isEqualTo(area.start);
        assertThat(region.requestedSize()).isEqualTo(3 * PAGE);
        assertThat(region.pages()).isEqualTo(3);
    }

    /** A machine with any number of pages too few: whatever was got so far goes back. */
    @Test
    void shadowThatEndsAnywhere_leavesNothingBehind() {
        CongruentAreas wanted =
                new CongruentAreas(
                        new long[] {0, 5 * WINDOW - PAGE, 7 * WINDOW},
                        new long[] {4 * WINDOW, WINDOW + PAGE, 3 * WINDOW - 2 * PAGE},
                        PAGE);
        int pages = 0;
        boolean succeeded = false;
        while (!succeeded) {
            pages++;
            MemoryLayout x86 = Architecture.X86_64.layout();
            long ram = (long) pages + 2 << 12;
            try (TestMachine tight =
                    TestMachine.withKasan(new MemoryConfig(x86, ram, 1, SPACE, true))) {
                PercpuAreas areas = tight.percpuAreas();
                // A neighbour, with which the highest area shares a page of shadow.
                List<VmapArea> neighbour = areas.allocate(one(PAGE));
                long free = tight.mm.ram().free();
                List<VmapArea> got = areas.allocate(wanted);
                succeeded = got != null;
                if (!succeeded) {
                    assertThat(tight.mm.ram().free()).isEqualTo(free);
                    assertThat(areas.inUse()).isEqualTo(1);
                    Invariants.check(tight.mm);
                } else {
                    areas.free(got);
                }
                areas.free(neighbour);
            }
        }
        // The areas touch 10 windows, and the neighbour is in one of these.
        assertThat(pages + 2).isEqualTo(10);
    }

    /** From each allocation on, inside one call, all others fail: -ENOMEM at every place. */
    @Test
    void failNth_ofOneAllocation_leavesNothingBehind() {
        CongruentAreas wanted = two(5 * WINDOW, WINDOW);
        long before = machine.mm.ram().free();
        List<VmapArea> got = null;
        int nth = 0;
        while (got == null) {
            nth++;
            int failing = nth;
            AtomicInteger count = new AtomicInteger();
            machine.mm.ram().failWhen(pages -> count.incrementAndGet() >= failing);
            got = percpu.allocate(wanted);
            machine.mm.ram().failWhen(null);
            Invariants.check(machine.mm);
            if (got == null) {
                assertThat(machine.mm.ram().free()).isEqualTo(before);
            }
        }
        assertThat(nth).isEqualTo(3);
        percpu.free(got);
    }

    /** What one allocation could not have, the purge finds. */
    @Test
    void shadowThatAPurgeGivesBack_isUsed() {
        MemoryLayout x86 = Architecture.X86_64.layout();
        try (TestMachine tight =
                TestMachine.withKasan(new MemoryConfig(x86, 4 << 12, 1, SPACE, true))) {
            PercpuAreas areas = tight.percpuAreas();
            areas.free(areas.allocate(one(3 * WINDOW)));
            assertThat(tight.mm.ram().free()).isEqualTo(1);
            List<VmapArea> got = areas.allocate(one(3 * WINDOW));
            assertThat(got.get(0).start).isEqualTo(END - 6 * WINDOW);
            assertThat(tight.mm.ram().free()).isEqualTo(1);
        }
    }
}
