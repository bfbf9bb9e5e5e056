package org.jkasan.mm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A purge gives back the shadow of windows while areas are allocated in their other halves. Each
 * area finds its shadow open, and it stays so.
 *
 * <p>Guards that {@link AreaSpace#merge} takes out of the free tree what {@link Edges#release}
 * gives back without its lock: otherwise somebody may have allocated and populated it.
 */
@JCStressTest
@State
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "open, and open for ever")
@Outcome(expect = Expect.FORBIDDEN, desc = "the purge took the shadow of a live area")
public class PurgeRace {

    private static final int WINDOWS = 8;
    private static final long WINDOW = MemoryLayout.MEMORY_PER_SHADOW_PAGE;
    private static final TestMachine MACHINE = RaceMachine.withCpus(1);
    private static final Vmalloc VMALLOC = MACHINE.vmalloc();

    private final long region = RaceMachine.region(WINDOWS * WINDOW);
    private final long[] old = new long[WINDOWS];
    private final long[] mine = new long[WINDOWS];

    /** With an area in the first half of each window. */
    public PurgeRace() {
        for (int i = 0; i < WINDOWS; i++) {
            old[i] = allocate(i, 0);
        }
    }

    private long allocate(int window, long half) {
        long place = region + window * WINDOW + half;
        VmallocRequest request = VMALLOC.request(RaceMachine.SIZE);
        return VMALLOC.vmallocNodeRange(request.within(place, place + WINDOW / 2));
    }

    @Actor
    public void purge() {
        for (long area : old) {
            VMALLOC.vfree(area);
        }
        VMALLOC.purge();
    }

    @Actor
    public void allocate(ZZ_Result r) {
        boolean usable = true;
        for (int i = 0; i < WINDOWS; i++) {
            mine[i] = allocate(i, WINDOW / 2);
            usable &= RaceMachine.isUsable(MACHINE, mine[i]);
        }
        r.r1 = usable;
    }

    @Arbiter
    public void after(ZZ_Result r) {
        boolean usable = true;
        for (long area : mine) {
            usable &= RaceMachine.isUsable(MACHINE, area);
            VMALLOC.vfree(area);
        }
        r.r2 = usable;
    }
}
