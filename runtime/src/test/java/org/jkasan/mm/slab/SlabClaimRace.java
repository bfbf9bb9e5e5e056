package org.jkasan.mm.slab;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * Two free one object of a slab. One of them does.
 *
 * <p>Guards the compareAndSet in {@link Slab#move}: with a look and a store instead, both do.
 */
@JCStressTest
@State
@Outcome(
        id = {"true, false", "false, true"},
        expect = Expect.ACCEPTABLE,
        desc = "freed once")
@Outcome(expect = Expect.FORBIDDEN, desc = "freed twice, or not at all")
public class SlabClaimRace {

    private final Slab slab = SlabRaces.slab(Slab.LIVE);

    @Actor
    public void one(ZZ_Result r) {
        r.r1 = slab.move(0, Slab.LIVE, Slab.ENDING);
    }

    @Actor
    public void other(ZZ_Result r) {
        r.r2 = slab.move(0, Slab.LIVE, Slab.ENDING);
    }
}
