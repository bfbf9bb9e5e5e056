package org.jkasan.mm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * An area is allocated while another thread looks it up and gets its address through a data race.
 * Whichever way that finds it, its pages are mapped and its shadow is open.
 *
 * <p>Guards the order in {@link AreaAllocator#allocate}: with the area published before its shadow
 * is opened, or its pages mapped, the look-up finds it closed. The fence before that is for the
 * data race; only hardware that reorders stores, which x86 is not, can show that it is missing.
 */
@JCStressTest
@State
@Outcome(
        id = {"0, 0", "0, 1", "1, 0", "1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "not there yet, or usable")
@Outcome(expect = Expect.FORBIDDEN, desc = "there, but not usable")
public class PublishRace {

    private static final int ABSENT = 0;
    private static final int USABLE = 1;
    private static final int UNUSABLE = 2;

    /** How often it is looked for. */
    private static final int LOOKS = 32;

    /** So large that it takes a moment to open it. */
    private static final int SIZE = 16 * TestMachine.PAGE - 100;

    private static final long AREA = 32L * TestMachine.PAGE;
    private static final TestMachine MACHINE = RaceMachine.withCpus(1);

    private final long place = RaceMachine.region(AREA);
    private final VmallocRequest request =
            MACHINE.vmalloc().request(SIZE).zeroed().within(place, place + AREA);
    private long handed;

    @Actor
    public void allocate() {
        handed = MACHINE.vmalloc().vmallocNodeRange(request);
    }

    @Actor
    public void use(II_Result r) {
        for (int i = 0; i < LOOKS; i++) {
            r.r1 = Math.max(r.r1, state(handed));
            r.r2 = Math.max(r.r2, state(found()));
        }
    }

    private long found() {
        return MACHINE.mm.space().areas().liveArea(place, null) == null ? 0 : place;
    }

    private static int state(long addr) {
        if (addr == 0) {
            return ABSENT;
        }
        return RaceMachine.isUsable(MACHINE, addr, SIZE) ? USABLE : UNUSABLE;
    }

    @Arbiter
    public void after(II_Result r) {
        MACHINE.vmalloc().vfree(place);
    }
}
