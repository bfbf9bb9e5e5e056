package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Zones of odd sizes under random traffic, against a set of the pages in use. */
class BuddyProperties {

    private record Block(long pfn, int order) {}

    private final BitSet used = new BitSet();
    private final List<Block> blocks = new ArrayList<>();

    @Property(tries = 300)
    void blocks_areAlignedDisjointAndAllFoundAgain(
            @ForAll @IntRange(min = 1, max = 5_000) int size,
            @ForAll @IntRange(min = 1, max = 3) int cpus,
            @ForAll @Size(max = 300) List<@IntRange(min = -20, max = 30) Integer> steps) {
        used.clear();
        blocks.clear();
        Vmemmap pages = new Vmemmap(TestMachine.HOST, size);
        try {
            Zone zone = new Zone(pages, 0, size, cpus);
            for (int step : steps) {
                step(zone, pages, Math.floorMod(step, cpus), step, size);
            }
            assertThat(zone.check(this::fail)).isEqualTo(used.cardinality());
            freeAll(zone, pages);
            zone.drain();
            assertThat(zone.check(this::fail)).isZero();
            expectAllMerged(zone, size);
        } finally {
            pages.release();
        }
    }

    private void step(Zone zone, Vmemmap pages, int cpu, int step, int size) {
        if (step >= 0 && !blocks.isEmpty() && step < 15) {
            free(zone, pages, cpu, blocks.remove(step % blocks.size()));
            return;
        }
        int order = Math.floorMod(step, Buddy.MAX_ORDER + 1);
        long pfn = zone.alloc(cpu, order);
        if (pfn == PageFrames.NO_PAGE) {
            assertThat(hasFree(order, size)).as("a free block of order %d", order).isFalse();
            return;
        }
        assertThat(pfn & (1L << order) - 1).isZero();
        assertThat(pfn + (1L << order)).isLessThanOrEqualTo(size);
        assertThat(used.get((int) pfn, last(pfn, order) + 1).isEmpty()).isTrue();
        used.set((int) pfn, last(pfn, order) + 1);
        blocks.add(new Block(pfn, order));
    }

    private static int last(long pfn, int order) {
        return (int) pfn + (1 << order) - 1;
    }

    private boolean hasFree(int order, int size) {
        for (int pfn = 0; last(pfn, order) < size; pfn += 1 << order) {
            int next = used.nextSetBit(pfn);
            if (next < 0 || next > last(pfn, order)) {
                return true;
            }
        }
        return false;
    }

    private void free(Zone zone, Vmemmap pages, int cpu, Block block) {
        assertThat(pages.claim(block.pfn(), block.order())).isTrue();
        assertThat(pages.claim(block.pfn(), block.order())).isFalse();
        used.clear((int) block.pfn(), last(block.pfn(), block.order()) + 1);
        zone.free(cpu, block.pfn(), block.order());
    }

    private void freeAll(Zone zone, Vmemmap pages) {
        blocks.forEach(block -> free(zone, pages, 0, block));
        blocks.clear();
    }

    /** Whatever was split is in blocks as large as fit again, so all of it can be had. */
    private static void expectAllMerged(Zone zone, int size) {
        int left = size;
        for (int order = Buddy.MAX_ORDER; order >= 0; order--) {
            while (left >= 1 << order) {
                assertThat(zone.alloc(0, order)).isNotEqualTo(PageFrames.NO_PAGE);
                left -= 1 << order;
            }
        }
        assertThat(left).isZero();
    }

    private void fail(String violation) {
        throw new AssertionError(violation);
    }
}
