package org.jkasan.mm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Two CPUs put neighbours into a table that has no arrays there yet; none is lost.
 *
 * <p>Guards the compareAndSets in {@link VmapTable#insert}.
 */
@JCStressTest
@State
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "both are in the table")
@Outcome(expect = Expect.FORBIDDEN, desc = "an area was lost")
public class TableRace {

    private static final long START = TestMachine.START;
    private static final long SIZE = 2L * TestMachine.PAGE;

    private final VmapTable table = new VmapTable(START, 4 * SIZE);
    private final VmapArea low = new VmapArea(START, START + SIZE);
    private final VmapArea high = new VmapArea(START + SIZE, START + 2 * SIZE);

    @Actor
    public void low() {
        table.insert(low);
    }

    @Actor
    public void high() {
        table.insert(high);
    }

    @Arbiter
    public void after(ZZ_Result r) {
        r.r1 = table.find(START) == low && table.find(START + SIZE - 1) == low;
        r.r2 = table.find(START + SIZE) == high && table.find(START + 2 * SIZE - 1) == high;
    }
}
