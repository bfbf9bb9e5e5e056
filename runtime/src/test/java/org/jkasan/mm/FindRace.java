package org.jkasan.mm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * An area that is in its tree all the time is found all the time, while the tree around it changes,
 * and where there is none, none is found.
 *
 * <p>Guards the validate in {@link VmapZones#find}: without it a look-up that crosses a rotation
 * misses the area.
 */
@JCStressTest
@State
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "found, and nothing else")
@Outcome(expect = Expect.FORBIDDEN, desc = "a live area was missed, or one seen that never was")
public class FindRace {

    /** All in one zone of 64 KiB. */
    private static final int AREAS = 16;

    private static final int STAYING = 5;
    private static final int ROUNDS = 4;
    private static final long SIZE = TestMachine.PAGE;

    private final VmapZones zones = new VmapZones(1);
    private final VmapArea[] areas = new VmapArea[AREAS];

    /** With some areas, between which there is one page each. */
    public FindRace() {
        for (int i = 0; i < AREAS; i++) {
            long start = TestMachine.START + 2 * i * SIZE;
            areas[i] = new VmapArea(start, start + SIZE);
            zones.insert(areas[i]);
        }
    }

    @Actor
    public void change() {
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < AREAS; i++) {
                if (i != STAYING) {
                    zones.unlink(areas[i]);
                }
            }
            for (int i = 0; i < AREAS; i++) {
                if (i != STAYING) {
                    zones.insert(areas[i]);
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
            found &= zones.find(staying.start) == staying;
            nothing &= zones.find(staying.end) == null;
        }
        r.r1 = found;
        r.r2 = nothing;
    }
}
