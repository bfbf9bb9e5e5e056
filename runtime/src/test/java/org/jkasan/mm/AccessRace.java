package org.jkasan.mm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * A live area is used while its neighbour in the window is freed and purged. No legal access ever
 * sees a poisoned or released granule, or a page that is not mapped.
 *
 * <p>Guards the free range in {@link Reclaim#edges}: with any wider one, a window goes that a live
 * area still needs.
 */
@JCStressTest
@State
@Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "usable all the time")
@Outcome(expect = Expect.FORBIDDEN, desc = "a live area was touched by its neighbour's end")
public class AccessRace {

    private static final int ACCESSES = 8;
    private static final TestMachine MACHINE = RaceMachine.withCpus(1);
    private static final Vmalloc VMALLOC = MACHINE.vmalloc();

    private final long dying = VMALLOC.vmalloc(RaceMachine.SIZE);
    private final long living = VMALLOC.vmalloc(RaceMachine.SIZE);

    @Actor
    public void free() {
        VMALLOC.vfree(dying);
        VMALLOC.purge();
    }

    @Actor
    public void access(Z_Result r) {
        boolean usable = true;
        for (int i = 0; i < ACCESSES; i++) {
            usable &= RaceMachine.isUsable(MACHINE, living);
        }
        r.r1 = usable;
    }

    @Arbiter
    public void after(Z_Result r) {
        r.r1 &= RaceMachine.isUsable(MACHINE, living);
        VMALLOC.vfree(living);
    }
}
