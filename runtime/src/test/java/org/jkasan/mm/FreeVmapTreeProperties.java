package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The free tree against a plain list of free intervals, checked whole after every step. */
class FreeVmapTreeProperties {

    private static final long START = TestMachine.START;
    private static final long PAGE = TestMachine.PAGE;

    @Property(tries = 60)
    void carvingAndMerging_agreeWithAListOfIntervals(
            @ForAll long seed, @ForAll @IntRange(min = 4, max = 400) int pages) {
        Random random = new Random(seed);
        FreeVmapTree tree = FreeVmapTree.wholeAddressSpace();
        Intervals oracle = new Intervals();
        List<VmapArea> used = new ArrayList<>();
        long end = START + pages * PAGE;
        for (int step = 0; step < 250; step++) {
            if (random.nextInt(5) < 3) {
                long size = (1 + random.nextInt(6)) * PAGE;
                long from = START + random.nextInt(pages) / 2 * PAGE;
                long expected = oracle.lowest(size, from, end);
                long start = tree.allocate(size, 1, from, end);
                assertThat(start).isEqualTo(expected);
                if (start != FreeVmapTree.NONE) {
                    oracle.carve(start, start + size);
                    used.add(new VmapArea(start, start + size));
                }
            } else if (!used.isEmpty()) {
                VmapArea area = used.remove(random.nextInt(used.size()));
                FreeBlock merged = tree.merge(area);
                Map.Entry<Long, Long> block = oracle.merge(area.start, area.end);
                assertThat(merged.start).isEqualTo(block.getKey());
                assertThat(merged.end).isEqualTo(block.getValue());
            }
            check(tree, oracle);
        }
        used.forEach(tree::merge);
        assertThat(tree.root().size()).isEqualTo(-2);
        assertThat(tree.root().left).isNull();
        assertThat(tree.root().right).isNull();
    }

    @Property(tries = 60)
    void alignedRequests_fitAndAreFoundWhereverThereIsRoomWithSlack(@ForAll long seed) {
        Random random = new Random(seed);
        FreeVmapTree tree = FreeVmapTree.wholeAddressSpace();
        Intervals oracle = new Intervals();
        long end = START + 512 * PAGE;
        for (int step = 0; step < 120; step++) {
            long align = PAGE << random.nextInt(6);
            long size = (1 + random.nextInt(8)) * PAGE;
            long start = tree.allocate(size, align, START, end);
            if (start == FreeVmapTree.NONE) {
                long slack = oracle.lowest(size + align - 1, START, end);
                assertThat(slack).isEqualTo(FreeVmapTree.NONE);
                continue;
            }
            assertThat(start % align).isZero();
            assertThat(start).isBetween(START, end - size);
            long withSlack = oracle.lowest(size + align - 1, START, end);
            if (withSlack != FreeVmapTree.NONE) {
                assertThat(start).isLessThanOrEqualTo(withSlack + align - 1);
            }
            oracle.carve(start, start + size);
            if (random.nextInt(3) == 0) {
                tree.merge(new VmapArea(start, start + size));
                oracle.merge(start, start + size);
            }
            check(tree, oracle);
        }
    }

    @Property(tries = 20)
    void exactRange_isFoundWithoutSlackForItsAlignment(@ForAll @IntRange(max = 15) int slot) {
        long align = 16 * PAGE;
        FreeVmapTree tree = FreeVmapTree.wholeAddressSpace();
        long start = START + slot * align;
        assertThat(tree.allocate(align, 1, start - align, start)).isEqualTo(start - align);
        assertThat(tree.allocate(align, 1, start + align, start + 2 * align))
                .isEqualTo(start + align);
        assertThat(tree.allocate(align, align, start, start + align)).isEqualTo(start);
        assertThat(tree.allocate(align, align, start, start + align)).isEqualTo(FreeVmapTree.NONE);
    }

    @Example
    void rangeThatIsFree_cannotBeGivenBack() {
        FreeVmapTree tree = FreeVmapTree.wholeAddressSpace();
        tree.take(new VmapArea(100, 200));
        tree.merge(new VmapArea(120, 150));
        expectFree(tree, 50, 101);
        expectFree(tree, 110, 121);
        expectFree(tree, 130, 140);
        expectFree(tree, 149, 160);
        tree.merge(new VmapArea(150, 160));
        assertThat(tree.floor(150).end).isEqualTo(160);
    }

    private static void expectFree(FreeVmapTree tree, long start, long end) {
        assertThatThrownBy(() -> tree.merge(new VmapArea(start, end)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("vmalloc bug");
    }

    @Example
    void treeCheck_seesWhatIsBroken() {
        FreeVmapTree tree = FreeVmapTree.wholeAddressSpace();
        for (int i = 1; i < 10; i++) {
            tree.take(new VmapArea(i * 10, i * 10 + 5));
        }
        tree.first().red = !tree.first().red;
        tree.root().start = 95;
        List<String> violations = new ArrayList<>();
        TreeCheck.check(tree, violations::add);
        assertThat(violations).hasSizeGreaterThan(2);
    }

    private static void check(FreeVmapTree tree, Intervals oracle) {
        List<String> violations = new ArrayList<>();
        TreeCheck.check(tree, violations::add);
        assertThat(violations).isEmpty();
        Map<Long, Long> blocks = new TreeMap<>(Long::compareUnsigned);
        for (FreeBlock block = tree.first(); block != null; block = tree.next(block)) {
            blocks.put(block.start, block.end);
        }
        assertThat(blocks).isEqualTo(oracle.free);
    }

    /** Free intervals by start; everything by linear search. */
    private static final class Intervals {

        final TreeMap<Long, Long> free = new TreeMap<>(Long::compareUnsigned);

        Intervals() {
            free.put(1L, -1L);
        }

        long lowest(long size, long from, long to) {
            for (Map.Entry<Long, Long> block : free.entrySet()) {
                long start = Long.compareUnsigned(block.getKey(), from) > 0 ? block.getKey() : from;
                long end = Long.compareUnsigned(block.getValue(), to) < 0 ? block.getValue() : to;
                if (Long.compareUnsigned(start, end) < 0 && end - start >= size) {
                    return start;
                }
            }
            return FreeVmapTree.NONE;
        }

        void carve(long start, long end) {
            Map.Entry<Long, Long> block = free.floorEntry(start);
            free.remove(block.getKey());
            if (block.getKey() != start) {
                free.put(block.getKey(), start);
            }
            if (block.getValue() != end) {
                free.put(end, block.getValue());
            }
        }

        Map.Entry<Long, Long> merge(long start, long end) {
            long first = start;
            long last = end;
            Map.Entry<Long, Long> before = free.lowerEntry(start);
            if (before != null && before.getValue() == start) {
                first = before.getKey();
            }
            Long after = free.remove(end);
            if (after != null) {
                last = after;
            }
            free.put(first, last);
            return Map.entry(first, last);
        }
    }
}
