package org.jkasan.bench;

import java.util.List;
import org.jkasan.bench.memory.HeapPerEvent;
import org.jkasan.bench.memory.RecordStack;

/** The rows on what reports are made of: stacks of allocations and frees. */
final class ReportRows {

    private static final String AREA = "reports";

    static final List<Row> ROWS =
            List.of(
                    new BenchmarkTime(
                            new Goal("record a stack", AREA, "ns", Comparison.AT_MOST, 800),
                            Trial.of(RecordStack.class, "sixteenFrames", Kasan.ABSENT)),
                    new ProgramFigure(
                            new Goal("heap of a stack again", AREA, "bytes", Comparison.AT_MOST, 0),
                            HeapPerEvent.class,
                            Kasan.ABSENT,
                            effort -> effort.most(1_000_000)));

    private ReportRows() {}
}
