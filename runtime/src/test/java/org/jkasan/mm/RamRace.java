package org.jkasan.mm;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/**
 * Two take the last pages of RAM, of which one can have what it asks for.
 *
 * <p>Guards the compareAndExchange in {@link PageAllocator#take}: with a look and a store instead,
 * both get them.
 */
@JCStressTest
@State
@Outcome(
        id = {"true, false, true", "false, true, true"},
        expect = Expect.ACCEPTABLE,
        desc = "one has them")
@Outcome(expect = Expect.FORBIDDEN, desc = "more pages than there are, or fewer")
public class RamRace {

    private static final int TOTAL = 3;

    private final PageAllocator ram = new PageAllocator((long) TOTAL << MemoryLayout.PAGE_SHIFT);

    @Actor
    public void one(ZZZ_Result r) {
        r.r1 = ram.take(2);
    }

    @Actor
    public void other(ZZZ_Result r) {
        r.r2 = ram.take(2);
    }

    @Arbiter
    public void after(ZZZ_Result r) {
        boolean one = ram.free() == TOTAL - 2;
        ram.give(2);
        r.r3 = one && ram.take(TOTAL) && !ram.take(1);
    }
}
