package org.jkasan.mm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * An area that is in the table all the time is found all the time by any of its pages, while the
 * table around it changes, and where there is none, none is found.
 */
@JCStressTest
@State
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "found, and nothing else")
@Outcome(expect = Expect.FORBIDDEN, desc = "a live area was missed, or one seen that never was")
public class FindRace {

    private static final int AREAS = 16;

    private static final int STAYING = 5;
    private static final int ROUNDS = 4;
    private static final long SIZE = TestMachine.PAGE;

    private final VmapTable table = new VmapTable(TestMachine.START, 4 * AREAS * SIZE);
    private final VmapArea[] areas = new VmapArea[AREAS];

    /** With some areas of two pages, between which there are as many. */
    public FindRace() {
        for (int i = 0; i < AREAS; i++) {
            long start = TestMachine.START + 4 * i * SIZE;
            areas[i] = new VmapArea(start, start + 2 * SIZE);
            table.insert(areas[i]);
        }
    }

    @Actor
    public void change() {
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < AREAS; i++) {
                if (i != STAYING) {
                    table.remove(areas[i]);
                }
            }
            for (int i = 0; i < AREAS; i++) {
                if (i != STAYING) {
                    table.insert(areas[i]);
                }
            }
        }
    }

    @Actor
    public void find(ZZ_Result r) {
        VmapArea staying = areas[STAYING];
        boolean found = true;
        boolean nothing = true;
        for (int i = 0; i < ROUNDS * AREAS; i++) {
            found &= table.find(staying.start) == staying;
            found &= table.find(staying.end - 1) == staying;
            nothing &= table.find(staying.end) == null;
        }
        r.r1 = found;
        r.r2 = nothing;
    }
}
