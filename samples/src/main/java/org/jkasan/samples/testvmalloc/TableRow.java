package org.jkasan.samples.testvmalloc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A row of the table.
 *
 * @param test the test, or null for all of them together
 */
record TableRow(TableRun run, int cpu, VmallocTest test) {

    /** The tests that the table has, which are those of Linux 5.5. */
    static final List<VmallocTest> TESTS =
            Arrays.stream(VmallocTest.values()).filter(VmallocTest::isOfLinux55).toList();

    static final String TOTAL = "total";

    /** The rows of a CPU: the tests in their order, then the total. */
    static List<TableRow> of(TableRun run, int cpu) {
        List<TableRow> rows = new ArrayList<>();
        TESTS.forEach(test -> rows.add(new TableRow(run, cpu, test)));
        rows.add(new TableRow(run, cpu, null));
        return rows;
    }

    /** All rows of the table. */
    static List<TableRow> all() {
        List<TableRow> rows = new ArrayList<>();
        for (TableRun run : TableRun.values()) {
            for (int cpu = 0; cpu < run.workers(); cpu++) {
                rows.addAll(of(run, cpu));
            }
        }
        return rows;
    }

    boolean isTotal() {
        return test == null;
    }

    String name() {
        return isTotal() ? TOTAL : test.key();
    }
}
