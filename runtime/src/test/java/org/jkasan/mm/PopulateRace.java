package org.jkasan.mm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/**
 * Two areas populate the window of 32 KiB that they share, and open their halves. Nobody's filling
 * of the page undoes what the other has opened.
 *
 * <p>Guards the monitor in {@link VmallocShadow#populate}: without it the page begins twice, the
 * second time over what was opened.
 */
@JCStressTest
@State
@Outcome(id = "true, true, true", expect = Expect.ACCEPTABLE, desc = "both open")
@Outcome(expect = Expect.FORBIDDEN, desc = "an open object was poisoned")
public class PopulateRace {

    private static final TestMachine MACHINE = RaceMachine.withCpus(1);
    private static final VmallocShadow SHADOW = (VmallocShadow) MACHINE.mm.space().kasan();
    private static final long WINDOW = MemoryLayout.MEMORY_PER_SHADOW_PAGE;

    private final long first = RaceMachine.region(WINDOW);
    private final long second = first + WINDOW / 2;

    private static boolean open(long addr) {
        boolean populated = SHADOW.populate(addr, addr + WINDOW / 2);
        VmapArea area = new VmapArea(addr, addr + WINDOW / 2);
        VmStruct vm = new VmStruct(RaceMachine.SIZE, VmFlags.ALLOC, null);
        MACHINE.mm.space().shadow().open(area, vm, false);
        return populated && RaceMachine.isOpen(MACHINE, addr, RaceMachine.SIZE);
    }

    @Actor
    public void first(ZZZ_Result r) {
        r.r1 = open(first);
    }

    @Actor
    public void second(ZZZ_Result r) {
        r.r2 = open(second);
    }

    @Arbiter
    public void both(ZZZ_Result r) {
        r.r3 =
                RaceMachine.isOpen(MACHINE, first, RaceMachine.SIZE)
                        && RaceMachine.isOpen(MACHINE, second, RaceMachine.SIZE);
        SHADOW.release(first, first + WINDOW);
    }
}
