package org.jkasan.mm;

import org.jkasan.shadow.ShadowByte;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A pooled area is allocated with another size than it had, while a thread gets its address through
 * a data race and looks at its old address all the time. Whoever is handed it finds it open as far
 * as it was asked for; whoever is not finds it closed, or as one of the two uses has it.
 *
 * <p>Guards the end of the object that {@link AreaShadow#open} writes: without it, or written after
 * the address was handed out, the object is found open to the end of its last page.
 */
@JCStressTest
@State
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "as one of them has it")
@Outcome(expect = Expect.FORBIDDEN, desc = "what neither has")
public class ReuseRace {

    private static final int LOOKS = 16;

    /** One granule further than the other objects of the races. */
    private static final int SIZE = RaceMachine.SIZE + 8;

    private static final TestMachine MACHINE = RaceMachine.withCpus(2);
    private static final Vmalloc VMALLOC = MACHINE.vmalloc();

    private final long pooled = VMALLOC.vmalloc(RaceMachine.SIZE);
    private long handed;

    /** With an area for the next use, this one or another like it. */
    public ReuseRace() {
        VMALLOC.vfree(pooled);
        if (MACHINE.mm.space().areas().pooledPages() == 0) {
            MACHINE.mm.space().purge().tryPurge();
        }
    }

    @Actor
    public void reuse() {
        handed = VMALLOC.vmalloc(SIZE);
    }

    @Actor
    public void use(ZZ_Result r) {
        boolean usable = true;
        boolean known = true;
        for (int i = 0; i < LOOKS; i++) {
            long addr = handed;
            usable &= addr == 0 || RaceMachine.isUsable(MACHINE, addr, SIZE);
            known &= isOfAUse(MACHINE.shadow(pooled + SIZE));
            known &= isOfAUse(MACHINE.shadow(pooled + RaceMachine.SIZE));
        }
        r.r1 = usable;
        r.r2 = known;
    }

    /** Both sizes leave as much in their last granules. */
    private static boolean isOfAUse(byte shadow) {
        return shadow == ShadowByte.VMALLOC_INVALID || shadow == 0 || shadow == SIZE % 8;
    }

    @Arbiter
    public void after(ZZ_Result r) {
        r.r1 &= RaceMachine.isUsable(MACHINE, handed, SIZE);
        VMALLOC.vfree(handed);
    }
}
