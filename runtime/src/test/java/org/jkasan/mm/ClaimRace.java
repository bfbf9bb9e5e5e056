package org.jkasan.mm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Two free one area. One of them does.
 *
 * <p>Guards the compareAndSet in {@link VmStruct#end}: with a look and a store instead, both do.
 */
@JCStressTest
@State
@Outcome(
        id = {"true, false", "false, true"},
        expect = Expect.ACCEPTABLE,
        desc = "freed once")
@Outcome(expect = Expect.FORBIDDEN, desc = "freed twice, or not at all")
public class ClaimRace {

    private static final long START = TestMachine.START;

    private final VmapAreas areas = new VmapAreas(new VmapTable(START, 1 << 20), new Cpus(1));

    /** With a live area. */
    public ClaimRace() {
        VmapArea area = new VmapArea(START, START + 2L * TestMachine.PAGE);
        areas.insert(area);
        area.vm = new VmStruct(100, VmFlags.ALLOC, null);
    }

    @Actor
    public void one(ZZ_Result r) {
        r.r1 = areas.claim(START, null, null) != null;
    }

    @Actor
    public void other(ZZ_Result r) {
        r.r2 = areas.claim(START, null, null) != null;
    }
}
