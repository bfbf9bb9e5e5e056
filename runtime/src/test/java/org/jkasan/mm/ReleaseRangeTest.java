package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleaseRangeTest {

    private static final long BASE = TestMachine.START;
    private static final long WINDOW = 0x8000;

    /** The test vectors of the founding commit's rule, as offsets in vmalloc space. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "exactly one window,                        0,     8000,  0,     8000,   0,     8000,  1",
        "small area with busy neighbours,           1000,  3000,  1000,  3000,   0,     0,     0",
        "small area in a window that is free,       1000,  3000,  0,     8000,   0,     8000,  1",
        "small area before a busy last page,        1000,  3000,  0,     7000,   0,     0,     0",
        "straddling with free region itself,        6000,  a000,  6000,  a000,   0,     0,     0",
        "straddling with the left window free,      6000,  a000,  0,     a000,   0,     8000,  1",
        "straddling with the right window free,     6000,  a000,  6000,  10000,  8000,  10000, 1",
        "straddling with both free,                 6000,  a000,  0,     10000,  0,     10000, 2",
        "big with free region itself,               6000,  22000, 6000,  22000,  8000,  20000, 3",
        "big with all free,                         6000,  22000, 0,     100000, 0,     28000, 5",
        "small in a huge free region,               10000, 12000, 0,     100000, 10000, 18000, 1",
        "stack and guard with free region itself,   10000, 19000, 10000, 19000,  10000, 18000, 1",
        "stack and guard with the next window free, 10000, 19000, 10000, 20000,  10000, 20000, 2",
    })
    void rule_releasesWholeFreeWindowsThatTheRegionTouches(
            String name,
            String start,
            String end,
            String freeStart,
            String freeEnd,
            String from,
            String to,
            int pages) {
        ReleaseRange range =
                ReleaseRange.of(at(start), at(end), at(freeStart), at(freeEnd), WINDOW);
        assertThat(range.isEmpty()).isEqualTo(pages == 0);
        assertThat(range.size()).isEqualTo(pages * WINDOW);
        if (pages > 0) {
            assertThat(range).isEqualTo(new ReleaseRange(at(from), at(to)));
        }
        assertThat(inSteps(at(start), at(end), at(freeStart), at(freeEnd)))
                .as("inside first and the edges later")
                .isEqualTo(windows(range));
    }

    /** What Reclaim makes of the rule: first what nobody else can own, then what was shared. */
    private static List<Long> inSteps(long start, long end, long freeStart, long freeEnd) {
        List<Long> windows = new ArrayList<>();
        Reclaim reclaim =
                new Reclaim(
                        WINDOW, (from, to) -> windows.addAll(windows(new ReleaseRange(from, to))));
        reclaim.inside(start, end);
        reclaim.edges(new VmapArea(start, end), new VmapArea(freeStart, freeEnd));
        windows.sort(null);
        return windows;
    }

    private static List<Long> windows(ReleaseRange range) {
        List<Long> windows = new ArrayList<>();
        for (long window = range.start(); window < range.end(); window += WINDOW) {
            windows.add(window);
        }
        return windows;
    }

    private static long at(String offset) {
        return BASE + Long.parseLong(offset, 16);
    }
}
