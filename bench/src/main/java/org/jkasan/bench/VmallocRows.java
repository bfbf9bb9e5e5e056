package org.jkasan.bench;

import java.util.List;
import java.util.function.ToIntFunction;
import org.jkasan.bench.memory.HeapPerArea;
import org.jkasan.bench.memory.HeapPerArray;
import org.jkasan.bench.memory.LiveAreas;
import org.jkasan.bench.memory.LiveLines;
import org.jkasan.bench.memory.PureLoop;
import org.jkasan.bench.memory.PurgeStop;
import org.jkasan.bench.memory.ShadowLeft;
import org.jkasan.bench.memory.TwoCpus;
import org.jkasan.bench.memory.VmallocPair;

/** The rows on areas of vmalloc space. */
final class VmallocRows {

    private static final String AREA = "vmalloc";

    private static final int FEW = 1_000;
    private static final int MANY = 1_000_000;
    private static final int MANY_PURGED = 100_000;

    /** What a kernel with 2 CPUs may keep: a page for each page that waits or is in a pool. */
    private static final double SLACK_PAGES = 2 * 16384;

    static final List<Row> ROWS =
            List.of(
                    new BenchmarkTime(
                            goal("3 pages, kasan.vmalloc=off", "ns", Comparison.AT_MOST, 700),
                            pair(Kasan.VMALLOC_OFF)),
                    new BenchmarkTime(informs("3 pages", "ns"), pair(Kasan.ON)),
                    new BenchmarkRatio(
                            Goal.ratioAtMost("3 pages, on/off, callers", AREA, 1.15),
                            pair(Kasan.VMALLOC_OFF),
                            pair(Kasan.CALLER)),
                    new BenchmarkRatio(
                            Goal.informs("3 pages, on/off", AREA, Goal.RATIO),
                            pair(Kasan.VMALLOC_OFF),
                            pair(Kasan.ON)),
                    new BenchmarkRatio(
                            Goal.informs("3 pages, agent and off/none", AREA, Goal.RATIO),
                            pair(Kasan.ABSENT),
                            pair(Kasan.VMALLOC_OFF)),
                    twoCpus("two CPUs/one, of a whole machine", Kasan.ON),
                    twoCpus("two CPUs/one, the same, off", Kasan.VMALLOC_OFF),
                    program(
                            informs("two CPUs/one, what the machine gives", Goal.RATIO),
                            PureLoop.class,
                            Kasan.ABSENT,
                            Effort::iterations),
                    live("1,000,000 live/1,000, another", "another", Kasan.ON),
                    live("1,000,000 live/1,000, replaced", "replaced", Kasan.ON),
                    live("1,000,000 live/1,000, replaced, off", "replaced", Kasan.VMALLOC_OFF),
                    new LiveRatio(
                            Goal.informs(
                                    "1,000,000 live/1,000, 7 lines of memory", AREA, Goal.RATIO),
                            Trial.of(LiveLines.class, "pairAndLines", Kasan.VMALLOC_OFF),
                            FEW,
                            MANY),
                    heap("heap of an area", HeapPerArea.class, Kasan.ON),
                    heap("heap of an area, off", HeapPerArea.class, Kasan.VMALLOC_OFF),
                    heap("heap of an array's area", HeapPerArray.class, Kasan.ON),
                    program(
                            goal("longest stop by a purge", "us", Comparison.AT_MOST, 1000),
                            PurgeStop.class,
                            Kasan.ON,
                            effort -> effort.most(MANY_PURGED)),
                    shadowLeft("shadow left, strict", Kasan.STRICT, 0),
                    shadowLeft("shadow left", Kasan.ON, SLACK_PAGES));

    private VmallocRows() {}

    private static Goal goal(String name, String unit, Comparison comparison, double target) {
        return new Goal(name, AREA, unit, comparison, target);
    }

    private static Goal informs(String name, String unit) {
        return Goal.informs(name, AREA, unit);
    }

    private static Trial pair(Kasan kasan) {
        return Trial.of(VmallocPair.class, "threePages", kasan);
    }

    private static Row program(
            Goal goal, Class<?> program, Kasan kasan, ToIntFunction<Effort> work) {
        return new ProgramFigure(goal, program, kasan, work);
    }

    private static Row twoCpus(String name, Kasan kasan) {
        Goal goal = goal(name, Goal.RATIO, Comparison.AT_LEAST, 1.8);
        return program(goal, TwoCpus.class, kasan, Effort::iterations);
    }

    private static Row live(String name, String method, Kasan kasan) {
        Trial trial = Trial.of(LiveAreas.class, method, kasan);
        return new LiveRatio(Goal.ratioAtMost(name, AREA, 2), trial, FEW, MANY);
    }

    private static Row heap(String name, Class<?> program, Kasan kasan) {
        Goal goal = goal(name, "bytes", Comparison.AT_MOST, 160);
        return program(goal, program, kasan, effort -> effort.most(100_000));
    }

    private static Row shadowLeft(String name, Kasan kasan, double most) {
        Goal goal = goal(name, "pages", Comparison.AT_MOST, most);
        return program(goal, ShadowLeft.class, kasan, effort -> effort.most(100_000));
    }
}
