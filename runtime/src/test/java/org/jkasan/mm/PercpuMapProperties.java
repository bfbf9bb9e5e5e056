package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A unit's map against a list of what is allocated in it. */
class PercpuMapProperties {

    private static final int PAGE = TestMachine.PAGE;

    @Property(tries = 200)
    void objects_goToTheLowestPlaceThatFits(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int pages) {
        Random random = new Random(seed);
        PercpuMap map = new PercpuMap(pages * PAGE);
        TreeMap<Integer, Integer> objects = new TreeMap<>();
        for (int step = 0; step < 300; step++) {
            if (random.nextInt(5) < 3) {
                int bytes = 1 + random.nextInt(random.nextBoolean() ? 24 : 3000);
                int align = 1 << random.nextInt(random.nextBoolean() ? 4 : 13);
                int limit = random.nextInt(3) == 0 ? random.nextInt(pages) * PAGE : pages * PAGE;
                int expected = lowest(objects, bytes, align, limit);
                assertThat(map.allocate(bytes, align, limit)).isEqualTo(expected);
                if (expected >= 0) {
                    objects.put(expected, bytes + 3 & -4);
                }
            } else {
                int offset = random.nextInt(pages * PAGE);
                Integer below = objects.floorKey(offset);
                boolean exact = below != null && random.nextInt(4) != 0;
                int freed = exact ? below : offset;
                assertThat(map.free(freed)).isEqualTo(objects.remove(freed) != null);
            }
            check(map, objects);
        }
    }

    private static int lowest(TreeMap<Integer, Integer> objects, int bytes, int align, int limit) {
        int size = bytes + 3 & -4;
        int step = Math.max(4, align);
        for (int start = 0; start + size <= limit; start += step) {
            Map.Entry<Integer, Integer> below = objects.lowerEntry(start + size);
            if (below == null || below.getKey() + below.getValue() <= start) {
                return start;
            }
        }
        return -1;
    }

    private static void check(PercpuMap map, TreeMap<Integer, Integer> objects) {
        List<String> violations = new ArrayList<>();
        map.check(violations::add);
        assertThat(violations).isEmpty();
        assertThat(map.isEmpty()).isEqualTo(objects.isEmpty());
        Map.Entry<Integer, Integer> last = objects.lastEntry();
        assertThat(map.end()).isEqualTo(last == null ? 0 : last.getKey() + last.getValue());
    }
}
