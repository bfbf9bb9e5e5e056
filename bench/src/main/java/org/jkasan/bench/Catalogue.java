package org.jkasan.bench;

import java.util.List;
import java.util.stream.Stream;
import org.jkasan.bench.loops.InsertionSort;
import org.jkasan.bench.loops.MatrixProduct;
import org.jkasan.bench.loops.Sum;
import org.jkasan.bench.loops.Xor;
import org.jkasan.bench.memory.TrackedLoops;
import org.jkasan.bench.memory.UntrackedAmongTracked;

/** Every row of the scoreboard, in the order in which it prints them. */
final class Catalogue {

    private static final String INSTRUMENTATION = "instrumentation";

    /** What instrumented code may cost over arrays that nobody tracks. */
    private static final double UNTRACKED = 1.10;

    private static final List<Row> ROWS =
            Stream.concat(
                            Stream.of(
                                    untracked("xor int[]", Xor.class, "ints"),
                                    untracked("xor byte[]", Xor.class, "bytes"),
                                    untracked("sum int[]", Sum.class, "ints"),
                                    untracked("sum long[]", Sum.class, "longs"),
                                    untracked("insertion-sort int[]", InsertionSort.class, "ints"),
                                    untracked(
                                            "matrix-product double[]", MatrixProduct.class, "flat"),
                                    untracked(
                                            "matrix-product double[][]",
                                            MatrixProduct.class,
                                            "rows"),
                                    costs(
                                            "xor int[], others tracked",
                                            UntrackedAmongTracked.class,
                                            "xor"),
                                    costs(
                                            "matrix double[][], others tracked",
                                            UntrackedAmongTracked.class,
                                            "rows"),
                                    costs("tracked sum int[]", TrackedLoops.class, "array"),
                                    costs("tracked sum ByteBuffer", TrackedLoops.class, "buffer"),
                                    new StartUp(
                                            Goal.informs("start-up added", INSTRUMENTATION, "ms"))),
                            Stream.of(VmallocRows.ROWS, TestVmallocRows.ROWS, ReportRows.ROWS)
                                    .flatMap(List::stream))
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

    private static Row untracked(String name, Class<?> benchmark, String method) {
        return new BenchmarkRatio(
                Goal.ratioAtMost(name, INSTRUMENTATION, UNTRACKED),
                Trial.of(benchmark, method, Kasan.ABSENT),
                Trial.of(benchmark, method, Kasan.ON));
    }
}
