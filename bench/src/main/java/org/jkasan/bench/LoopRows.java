package org.jkasan.bench;

import java.util.ArrayList;
import java.util.List;
import org.jkasan.bench.loops.Copy;
import org.jkasan.bench.loops.CopyLarge;
import org.jkasan.bench.loops.Crc;
import org.jkasan.bench.loops.Encode;
import org.jkasan.bench.loops.Histogram;
import org.jkasan.bench.loops.InsertionSort;
import org.jkasan.bench.loops.LoopMemory;
import org.jkasan.bench.loops.Match;
import org.jkasan.bench.loops.MatrixProduct;
import org.jkasan.bench.loops.Sha256;
import org.jkasan.bench.loops.Stencil;
import org.jkasan.bench.loops.Sum;
import org.jkasan.bench.loops.Text;
import org.jkasan.bench.loops.Xor;
import org.jkasan.bench.memory.TrackedLoops;

/**
 * The rows on loops: each over plain arrays, over tracked ones, and in C with and without the
 * address sanitizer.
 */
final class LoopRows {

    private static final String AREA = "instrumentation";

    /** What instrumented code may cost over arrays that nobody tracks. */
    private static final double UNTRACKED = 1.05;

    /** What it may cost over tracked ones that a loop goes through in order. */
    private static final double SEQUENTIAL = 1.10;

    /** What it may cost over tracked ones that are accessed here and there. */
    private static final double RANDOM = 1.6;

    private static final CLoops C = new CLoops();

    static final List<Row> ROWS = rows();

    private LoopRows() {}

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        loop(rows, "sum int[]", Sum.class, "ints", SEQUENTIAL, "sum-int");
        loop(rows, "sum long[]", Sum.class, "longs", SEQUENTIAL, "sum-long");
        loop(rows, "xor int[]", Xor.class, "ints", SEQUENTIAL, "xor");
        rows.add(untracked("xor byte[]", Xor.class, "bytes"));
        loop(rows, "copy byte[]", Copy.class, "bytes", SEQUENTIAL, "copy");
        rows.add(tracked("copy byte[] of 64 KiB, tracked", CopyLarge.class, "bytes"));
        loop(rows, "insertion-sort int[]", InsertionSort.class, "ints", SEQUENTIAL, "sort");
        loop(rows, "matrix-product double[]", MatrixProduct.class, "flat", RANDOM, "matrix");
        rows.add(untracked("matrix-product double[][]", MatrixProduct.class, "rows"));
        loop(rows, "sha-256", Sha256.class, "digest", SEQUENTIAL, "sha256");
        loop(rows, "crc-32", Crc.class, "table", RANDOM, "crc");
        loop(rows, "lz4-match", Match.class, "lz4", RANDOM, "match");
        loop(rows, "base64", Encode.class, "base64", RANDOM, "base64");
        loop(rows, "histogram", Histogram.class, "bytes", RANDOM, "histogram");
        loop(rows, "stencil double[]", Stencil.class, "plane", SEQUENTIAL, "stencil");
        loop(rows, "string-builder", Text.class, "builder", SEQUENTIAL, "text");
        rows.add(memory("ByteBuffer in order", "buffer", SEQUENTIAL));
        rows.add(memory("ByteBuffer by relative gets", "relative", SEQUENTIAL));
        rows.add(memory("kernel addresses in order", "kernel", SEQUENTIAL));
        rows.add(memory("int[] at random", "arrayAtRandom", RANDOM));
        rows.add(memory("ByteBuffer at random", "bufferAtRandom", RANDOM));
        rows.add(memory("kernel addresses at random", "kernelAtRandom", RANDOM));
        return List.copyOf(rows);
    }

    private static Row memory(String name, String method, double target) {
        return new BenchmarkRatio(
                Goal.ratioAtMost("tracked " + name, AREA, target),
                Trial.of(TrackedLoops.class, method, Kasan.ABSENT),
                Trial.of(TrackedLoops.class, method, Kasan.ON));
    }

    private static Row tracked(String name, Class<?> benchmark, String method) {
        return new BenchmarkRatio(
                Goal.ratioAtMost(name, AREA, SEQUENTIAL),
                trial(benchmark, method, Kasan.ABSENT),
                trial(benchmark, method, Kasan.ON));
    }

    private static void loop(
            List<Row> rows,
            String name,
            Class<?> benchmark,
            String method,
            double tracked,
            String inC) {
        rows.add(untracked(name, benchmark, method));
        Row ours =
                Remembered.of(
                        new BenchmarkRatio(
                                Goal.ratioAtMost(name + ", tracked", AREA, tracked),
                                trial(benchmark, method, Kasan.ABSENT),
                                trial(benchmark, method, Kasan.ON)));
        Row theirs =
                Remembered.of(
                        new CLoopRatio(
                                Goal.informs(name + " in C, gcc's sanitizer", AREA, Goal.RATIO),
                                C,
                                inC));
        rows.add(ours);
        rows.add(theirs);
        rows.add(new Quotient(Goal.ratioAtMost(name + ", tracked / C", AREA, 1), ours, theirs));
    }

    private static Trial trial(Class<?> benchmark, String method, Kasan kasan) {
        return Trial.of(benchmark, method, kasan).with(LoopMemory.TRACKED, 1);
    }

    private static Row untracked(String name, Class<?> benchmark, String method) {
        return new BenchmarkRatio(
                Goal.ratioAtMost(name, AREA, UNTRACKED),
                Trial.of(benchmark, method, Kasan.ABSENT),
                Trial.of(benchmark, method, Kasan.ON));
    }
}
