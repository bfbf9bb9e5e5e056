package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Percpu areas from the top and vmalloc from the bottom of one space, against an array of pages.
 */
class PercpuAreasProperties {

    private static final int PAGES = 256;

    private enum Page {
        FREE,
        USED,
        WAITING
    }

    private final Page[] pages = new Page[PAGES];

    @Property(tries = 60)
    void placesAndInvariants_areTheOracles(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int percpuShare) {
        Random random = new Random(seed);
        Arrays.fill(pages, Page.FREE);
        try (TestMachine machine = TestMachine.withKasan((long) PAGES * PAGE)) {
            PercpuAreas percpu = machine.percpuAreas();
            List<List<VmapArea>> chunks = new ArrayList<>();
            List<long[]> areas = new ArrayList<>();
            for (int step = 0; step < 120; step++) {
                boolean allocates = random.nextInt(5) < 3;
                boolean isPercpu = random.nextInt(10) < percpuShare;
                if (allocates && isPercpu) {
                    allocate(percpu, random, chunks);
                } else if (allocates) {
                    vmalloc(machine, 1 + random.nextInt(12), areas);
                } else if (isPercpu && !chunks.isEmpty()) {
                    List<VmapArea> freed = chunks.remove(random.nextInt(chunks.size()));
                    percpu.free(freed);
                    freed.forEach(area -> mark(area.start, area.pages(), Page.WAITING));
                } else if (!areas.isEmpty()) {
                    long[] freed = areas.remove(random.nextInt(areas.size()));
                    machine.vmalloc().vfree(freed[0]);
                    mark(freed[0], freed[1], Page.WAITING);
                }
                if (step % 20 == 0) {
                    Invariants.check(machine.mm);
                }
            }
            Invariants.check(machine.mm);
            chunks.forEach(percpu::free);
            areas.forEach(area -> machine.vmalloc().vfree(area[0]));
            machine.vmalloc().purge();
            assertThat(machine.mm.ram().free()).isEqualTo(machine.mm.ram().total());
        }
    }

    private void allocate(PercpuAreas percpu, Random random, List<List<VmapArea>> chunks) {
        int order = random.nextInt(4);
        long align = (long) PAGE << order;
        int count = 1 + random.nextInt(3);
        long[] offsets = new long[count];
        long[] sizes = new long[count];
        long at = 0;
        for (int i = 0; i < count; i++) {
            offsets[i] = at * align;
            long size = 1 + random.nextInt(3);
            sizes[i] = size * align;
            at += size + random.nextInt(5);
        }
        List<VmapArea> got = percpu.allocate(new CongruentAreas(offsets, sizes, align));
        long base = highest(offsets, sizes, align);
        if (base == 0) {
            purged();
            base = highest(offsets, sizes, align);
        }
        if (base == 0) {
            assertThat(got).isNull();
            return;
        }
        long expected = base;
        assertThat(got.stream().mapToLong(area -> area.start))
                .containsExactlyElementsOf(
                        LongStream.of(offsets).map(offset -> expected + offset).boxed().toList());
        got.forEach(area -> mark(area.start, area.pages(), Page.USED));
        chunks.add(got);
    }

    private long highest(long[] offsets, long[] sizes, long align) {
        for (long base = START + (long) PAGES * PAGE; base >= START; base -= align) {
            boolean free = true;
            for (int i = 0; i < offsets.length; i++) {
                free &= isFree(base + offsets[i], sizes[i] / PAGE);
            }
            if (free) {
                return base;
            }
        }
        return 0;
    }

    private void vmalloc(TestMachine machine, int size, List<long[]> areas) {
        long addr = machine.vmalloc().vmalloc((long) size * PAGE);
        long start = lowest(size + 1);
        if (start == 0) {
            purged();
            start = lowest(size + 1);
        }
        assertThat(addr).isEqualTo(start);
        if (addr != 0) {
            mark(addr, size + 1, Page.USED);
            areas.add(new long[] {addr, size + 1});
        }
    }

    private long lowest(int count) {
        for (long start = START; start < START + (long) PAGES * PAGE; start += PAGE) {
            if (isFree(start, count)) {
                return start;
            }
        }
        return 0;
    }

    private boolean isFree(long start, long count) {
        int first = (int) ((start - START) / PAGE);
        for (long page = first; page < first + count; page++) {
            if (page >= PAGES || pages[(int) page] != Page.FREE) {
                return false;
            }
        }
        return true;
    }

    private void purged() {
        for (int page = 0; page < PAGES; page++) {
            pages[page] = pages[page] == Page.WAITING ? Page.FREE : pages[page];
        }
    }

    private void mark(long start, long count, Page page) {
        int first = (int) ((start - START) / PAGE);
        Arrays.fill(pages, first, (int) (first + count), page);
    }
}
