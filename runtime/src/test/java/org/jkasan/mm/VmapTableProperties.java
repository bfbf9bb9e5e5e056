package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The table of areas against a sorted map. */
class VmapTableProperties {

    private static final long START = TestMachine.START;
    private static final long PAGE = TestMachine.PAGE;

    /** Pages over which one array of the middle level reaches. */
    private static final long MIDDLE = 1L << 22;

    /** Over a little more than two arrays of the middle level. */
    private static final long PAGES = 2 * MIDDLE + 100;

    private final VmapTable table = new VmapTable(START, PAGES * PAGE);
    private final TreeMap<Long, VmapArea> oracle = new TreeMap<>(Long::compareUnsigned);

    @Property(tries = 40)
    void lookups_agreeWithASortedMap(@ForAll long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 100; step++) {
            VmapArea area = anyArea(random);
            if (oracle.containsKey(area.start)) {
                table.remove(oracle.remove(area.start));
            } else if (isFree(area)) {
                table.insert(area);
                oracle.put(area.start, area);
            }
            expectSame(area.start + random.nextInt((int) (2 * PAGE)) - PAGE);
        }
        expectSame(START - 1);
        expectSame(START + PAGES * PAGE - 1);
        expectSame(START + PAGES * PAGE);
        assertThat(table.snapshot())
                .containsExactlyElementsOf(oracle.values().stream().map(AreaView::of).toList());
        assertThat(violations()).isEmpty();
    }

    /** At the edges of arrays, some over two of them, and at both ends. */
    private static VmapArea anyArea(Random random) {
        long[] edges = {0, 1 << 11, 1 << 12, MIDDLE, MIDDLE + (1 << 11), 2 * MIDDLE, PAGES};
        long page = edges[random.nextInt(edges.length)] + random.nextInt(12) - 6;
        long first = Math.max(page, 0);
        long pages = random.nextInt(20) == 0 ? 5000 : 1 + random.nextInt(4);
        long start = START + Math.min(first, PAGES - 1) * PAGE;
        return new VmapArea(start, Math.min(start + pages * PAGE, START + PAGES * PAGE));
    }

    private boolean isFree(VmapArea area) {
        Map.Entry<Long, VmapArea> before = oracle.lowerEntry(area.end);
        return before == null || before.getValue().end <= area.start;
    }

    private void expectSame(long addr) {
        Map.Entry<Long, VmapArea> floor = oracle.floorEntry(addr);
        boolean within = floor != null && floor.getValue().contains(addr);
        Map.Entry<Long, VmapArea> following = within ? floor : oracle.higherEntry(addr);
        assertThat(table.find(addr)).isSameAs(within ? floor.getValue() : null);
        assertThat(table.following(addr))
                .isEqualTo(following == null ? null : AreaView.of(following.getValue()));
    }

    private List<String> violations() {
        List<String> violations = new ArrayList<>();
        table.check(violations::add);
        return violations;
    }

    @Example
    void check_seesAreasThatHaveNotTheirPages() {
        VmapArea area = new VmapArea(START + PAGE, START + 5 * PAGE);
        table.insert(area);
        assertThat(violations()).isEmpty();
        table.remove(new VmapArea(START + 3 * PAGE, START + 4 * PAGE));
        assertThat(violations()).hasSize(2);
        table.insert(area);
        area.end = START + 4 * PAGE;
        assertThat(violations()).hasSize(1);
        area.end = START + 6 * PAGE;
        assertThat(violations()).hasSize(1);
    }
}
