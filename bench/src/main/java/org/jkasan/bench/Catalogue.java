package org.jkasan.bench;

import java.util.List;
import java.util.stream.Stream;
import org.jkasan.bench.memory.UntrackedAmongTracked;

/** Every row of the scoreboard, in the order in which it prints them. */
final class Catalogue {

    private static final String INSTRUMENTATION = "instrumentation";

    private static final List<Row> ROWS =
            Stream.of(
                            LoopRows.ROWS.stream(),
                            Stream.of(
                                    costs(
                                            "xor int[], others tracked",
                                            UntrackedAmongTracked.class,
                                            "xor"),
                                    costs(
                                            "matrix double[][], others tracked",
                                            UntrackedAmongTracked.class,
                                            "rows"),
                                    new StartUp(
                                            new Goal(
                                                    "start-up added",
                                                    INSTRUMENTATION,
                                                    "ms",
                                                    Comparison.AT_MOST,
                                                    120)),
                                    new RewritingSpeed(
                                            new Goal(
                                                    "classes rewritten, one core",
                                                    INSTRUMENTATION,
                                                    "1/s",
                                                    Comparison.AT_LEAST,
                                                    3_000)),
                                    new AgentHeap(
                                            new Goal(
                                                    "heap of the agent",
                                                    INSTRUMENTATION,
                                                    "MiB",
                                                    Comparison.AT_MOST,
                                                    40))),
                            VmallocRows.ROWS.stream(),
                            TestVmallocRows.ROWS.stream(),
                            ReportRows.ROWS.stream(),
                            ProgramRows.ROWS.stream(),
                            MutantRows.ROWS.stream())
                    .flatMap(rows -> rows)
                    .toList();

    private Catalogue() {}

    static List<Row> rows() {
        return ROWS;
    }

    /** The areas that have rows. */
    static List<String> areas() {
        return ROWS.stream().map(row -> row.goal().area()).distinct().toList();
    }

    private static Row costs(String name, Class<?> benchmark, String method) {
        return new BenchmarkRatio(
                Goal.informs(name, INSTRUMENTATION, Goal.RATIO),
                Trial.of(benchmark, method, Kasan.ABSENT),
                Trial.of(benchmark, method, Kasan.ON));
    }
}
