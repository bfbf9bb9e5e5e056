package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Where congruent areas go, against trying every base from the highest down. */
class CongruentAreasProperties {

    private static final long START = TestMachine.START;
    private static final long PAGE = TestMachine.PAGE;

    @Property(tries = 400)
    void base_isTheHighestAtWhichEveryAreaIsFree(
            @ForAll long seed,
            @ForAll @IntRange(min = 4, max = 160) int pages,
            @ForAll @IntRange(max = 90) int percentUsed,
            @ForAll @IntRange(max = 2) int order) {
        Random random = new Random(seed);
        boolean[] free = new boolean[pages];
        FreeVmapTree tree = tree(free, random, percentUsed);
        long align = PAGE << order;
        for (int i = 0; i < 12; i++) {
            Wanted wanted = Wanted.random(random, order);
            long from = START + random.nextInt(pages) / 3 * PAGE;
            long to = START + (pages - random.nextInt(pages) / 3) * PAGE;
            long base = wanted.areas(align).highestBase(tree, from, to);
            assertThat(base).isEqualTo(highest(free, wanted, align, from, to));
        }
    }

    @Property(tries = 60)
    void carvingAtTheBaseAndMerging_leaveTheTreeSound(
            @ForAll long seed, @ForAll @IntRange(max = 60) int percentUsed) {
        Random random = new Random(seed);
        boolean[] free = new boolean[200];
        FreeVmapTree tree = tree(free, random, percentUsed);
        List<List<VmapArea>> taken = new ArrayList<>();
        for (int step = 0; step < 60; step++) {
            if (random.nextInt(3) == 0 && !taken.isEmpty()) {
                List<VmapArea> areas = taken.remove(random.nextInt(taken.size()));
                areas.forEach(tree::merge);
                areas.forEach(area -> mark(free, area, true));
            } else {
                Wanted wanted = Wanted.random(random, 0);
                CongruentAreas areas = wanted.areas(PAGE);
                long base = areas.highestBase(tree, START, START + 200 * PAGE);
                assertThat(base).isEqualTo(highest(free, wanted, PAGE, START, START + 200 * PAGE));
                if (base != FreeVmapTree.NONE) {
                    List<VmapArea> carved = new ArrayList<>();
                    for (int i = 0; i < areas.count(); i++) {
                        carved.add(areas.at(base, i));
                    }
                    carved.forEach(tree::take);
                    carved.forEach(area -> mark(free, area, false));
                    taken.add(carved);
                }
            }
            List<String> violations = new ArrayList<>();
            TreeCheck.check(tree, violations::add);
            assertThat(violations).isEmpty();
        }
    }

    /** A tree in which runs of pages are used, and the same as an array. */
    private static FreeVmapTree tree(boolean[] free, Random random, int percentUsed) {
        FreeVmapTree tree = FreeVmapTree.wholeAddressSpace();
        int page = 0;
        while (page < free.length) {
            int run = Math.min(1 + random.nextInt(12), free.length - page);
            boolean used = random.nextInt(100) < percentUsed;
            if (used) {
                tree.take(new VmapArea(START + page * PAGE, START + (page + run) * PAGE));
            }
            for (int i = 0; i < run; i++) {
                free[page++] = !used;
            }
        }
        return tree;
    }

    private static void mark(boolean[] free, VmapArea area, boolean value) {
        for (long addr = area.start; addr != area.end; addr += PAGE) {
            int page = (int) ((addr - START) / PAGE);
            assertThat(free[page]).isNotEqualTo(value);
            free[page] = value;
        }
    }

    private static long highest(boolean[] free, Wanted wanted, long align, long from, long to) {
        for (long base = to & -align; base >= from; base -= align) {
            if (wanted.isFree(free, base, to)) {
                return base;
            }
        }
        return FreeVmapTree.NONE;
    }

    /** Offsets and sizes that are a valid question. */
    private record Wanted(long[] offsets, long[] sizes) {

        static Wanted random(Random random, int order) {
            int count = 1 + random.nextInt(4);
            long[] offsets = new long[count];
            long[] sizes = new long[count];
            long at = (long) random.nextInt(2) * random.nextInt(3);
            for (int i = 0; i < count; i++) {
                offsets[i] = at * PAGE << order;
                long size = 1 + random.nextInt(5);
                sizes[i] = size * PAGE << order;
                at += size + random.nextInt(8);
            }
            // In any order: which of them lies highest is not said.
            int a = random.nextInt(count);
            int b = random.nextInt(count);
            swap(offsets, a, b);
            swap(sizes, a, b);
            return new Wanted(offsets, sizes);
        }

        private static void swap(long[] values, int a, int b) {
            long value = values[a];
            values[a] = values[b];
            values[b] = value;
        }

        CongruentAreas areas(long align) {
            return new CongruentAreas(offsets, sizes, align);
        }

        boolean isFree(boolean[] free, long base, long to) {
            for (int i = 0; i < offsets.length; i++) {
                long end = base + offsets[i] + sizes[i];
                for (long addr = base + offsets[i]; addr != end; addr += PAGE) {
                    if (addr >= to || !free[(int) ((addr - START) / PAGE)]) {
                        return false;
                    }
                }
            }
            return true;
        }
    }
}
