package org.jkasan.mm.slab;

import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two free the same objects of slabs. Of each, one of them does.
 *
 * <p>Guards the compareAndSet in {@link Slab#move}: with a look and a store instead, both do.
 */
@JCStressTest
@State
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "each freed once")
@Outcome(expect = Expect.FORBIDDEN, desc = "freed twice, or not at all")
public class SlabClaimRace {

    private static final int SLABS = 64;

    private final Slab[] slabs = new Slab[SLABS];
    private final boolean[] ended = new boolean[SLABS];
    private final boolean[] endedByOther = new boolean[SLABS];

    /** With a live object in each slab. */
    public SlabClaimRace() {
        Arrays.setAll(slabs, i -> SlabRaces.slab(Slab.LIVE));
    }

    private void free(boolean[] by) {
        for (int i = 0; i < SLABS; i++) {
            by[i] = slabs[i].move(0, Slab.LIVE, Slab.ENDING);
        }
    }

    @Actor
    public void one() {
        free(ended);
    }

    @Actor
    public void other() {
        free(endedByOther);
    }

    /** The least and the most that an object was freed. */
    @Arbiter
    public void after(II_Result r) {
        r.r1 = SLABS;
        for (int i = 0; i < SLABS; i++) {
            int all = (ended[i] ? 1 : 0) + (endedByOther[i] ? 1 : 0);
            r.r1 = Math.min(r.r1, all);
            r.r2 = Math.max(r.r2, all);
        }
    }
}
