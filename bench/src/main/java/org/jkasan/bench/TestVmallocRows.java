package org.jkasan.bench;

import java.util.List;
import java.util.function.Function;

/** The rows on the kernel's own benchmark of vmalloc, out of one table for each JDK. */
final class TestVmallocRows {

    private static final String AREA = "test-vmalloc";

    private static final String ONE = "performance";
    private static final String TWO = "sequential_2cpu";
    private static final String TOTAL = "total";
    private static final String KASAN_OVER_NONE = "kasan/no_kasan";
    private static final String VMALLOC_OVER_KASAN = "kasan_vmalloc/kasan";

    /** The baseline of the founding commit for fix_size_alloc_test. */
    private static final double LINUX_FIX_SIZE_NANOS = 662;

    private static final VmallocTable.Source TABLES = new VmallocTable.Source();

    static final List<Row> ROWS =
            List.of(
                    total("KASAN/none, one CPU", ONE, KASAN_OVER_NONE, 1.5),
                    total("KASAN/none, two CPUs", TWO, KASAN_OVER_NONE, 1.5),
                    total("vmalloc/KASAN, one CPU", ONE, VMALLOC_OVER_KASAN, 1.10),
                    total("vmalloc/KASAN, two CPUs", TWO, VMALLOC_OVER_KASAN, 1.15),
                    worst("vmalloc/KASAN, worst test, one CPU", ONE),
                    worst("vmalloc/KASAN, worst test, two CPUs", TWO),
                    new Figure(
                            new Goal(
                                    "fix_size, none",
                                    AREA,
                                    "ns",
                                    Comparison.AT_MOST,
                                    LINUX_FIX_SIZE_NANOS),
                            table -> nanos(table.of(ONE, "fix_size_alloc_test", "no_kasan"))));

    private TestVmallocRows() {}

    /** A goal for a figure of the table. */
    private record Figure(Goal goal, Function<VmallocTable, Estimate> figure) implements Row {

        @Override
        public Estimate measure(Bed bed) {
            return figure.apply(TABLES.of(bed));
        }
    }

    private static Row total(String name, String run, String ratio, double target) {
        return new Figure(
                Goal.ratioAtMost(name, AREA, target), table -> table.of(run, TOTAL, ratio));
    }

    private static Row worst(String name, String run) {
        return new Figure(
                Goal.ratioAtMost(name, AREA, 1.5), table -> table.worst(run, VMALLOC_OVER_KASAN));
    }

    /** Microseconds for a million loops are nanoseconds for one, in thousandths. */
    private static Estimate nanos(Estimate micros) {
        double loops = 1000;
        return new Estimate(micros.value() / loops, micros.low() / loops, micros.high() / loops);
    }
}
