package org.jkasan.mm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two on one CPU put areas into its list of deferred frees and take that list, since whoever finds
 * it empty is its worker as well. Every area is freed, and once.
 *
 * <p>Guards the compareAndSet in {@link DeferredFrees#vfreeAtomic} and the getAndSet in its drain:
 * with a look and a store instead, areas are lost or freed twice, which the RAM tells at the end.
 */
@JCStressTest
@State
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "all freed")
@Outcome(expect = Expect.FORBIDDEN, desc = "an area waits for ever, or lives")
public class DeferredFreeRace {

    private static final int AREAS = 8;
    private static final TestMachine MACHINE = RaceMachine.withCpus(1);
    private static final Vmalloc VMALLOC = MACHINE.vmalloc();

    private final long[] starts = new long[2 * AREAS];
    private final VmStruct[] uses = new VmStruct[2 * AREAS];

    /** With some areas for each. */
    public DeferredFreeRace() {
        for (int i = 0; i < starts.length; i++) {
            starts[i] = VMALLOC.vmalloc(Long.BYTES);
            uses[i] = MACHINE.mm.space().areas().liveArea(starts[i], null).vm;
        }
    }

    private void free(int first) {
        for (int i = first; i < starts.length; i += 2) {
            VMALLOC.vfreeAtomic(starts[i]);
        }
    }

    @Actor
    public void even() {
        free(0);
    }

    @Actor
    public void odd() {
        free(1);
    }

    @Arbiter
    public void after(II_Result r) {
        for (VmStruct use : uses) {
            r.r1 += use.queued ? 1 : 0;
            r.r2 += use.isLive() ? 1 : 0;
        }
    }
}
