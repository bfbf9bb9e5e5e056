package org.jkasan.mm.slab;

import java.util.concurrent.atomic.AtomicInteger;
import org.jkasan.mm.RaceMachine;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIJ_Result;

/**
 * Objects go into a quarantine, more than it may hold, while all of them are taken out. Each leaves
 * it once, and its bytes with it.
 *
 * <p>Guards the locks of the lists and of the ring in {@link Quarantine}.
 */
@JCStressTest
@State
@Outcome(id = "12, 0, 0", expect = Expect.ACCEPTABLE, desc = "each left once")
@Outcome(expect = Expect.FORBIDDEN, desc = "one is lost, or left twice")
public class QuarantineRace {

    private static final int OBJECTS = 12;

    /** A thirty-second of it are the 1 MiB of a CPU and 1 MiB more. */
    private static final long RAM = 64L << 20;

    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger leftAgain = new AtomicInteger();
    private final Slab[] slabs = new Slab[OBJECTS];
    private final Quarantine quarantine =
            new Quarantine(RaceMachine.cpus(1), RAM, (slab, index) -> leave(slab));

    /** With freed objects that are not in the quarantine yet. */
    public QuarantineRace() {
        for (int i = 0; i < OBJECTS; i++) {
            slabs[i] = SlabRaces.slab(Slab.QUARANTINED);
        }
    }

    private void leave(Slab slab) {
        boolean first = slab.move(0, Slab.QUARANTINED, Slab.FREE);
        (first ? left : leftAgain).incrementAndGet();
    }

    @Actor
    public void put() {
        for (Slab slab : slabs) {
            quarantine.put(slab, 0);
        }
    }

    @Actor
    public void remove() {
        for (int i = 0; i < OBJECTS; i++) {
            quarantine.remove(SlabRaces.CACHE::equals);
            quarantine.reduce();
        }
    }

    @Arbiter
    public void after(IIJ_Result r) {
        quarantine.remove(SlabRaces.CACHE::equals);
        r.r1 = left.get();
        r.r2 = leftAgain.get();
        r.r3 = quarantine.bytes();
    }
}
