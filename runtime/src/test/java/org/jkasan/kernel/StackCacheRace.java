package org.jkasan.kernel;

import org.jkasan.mm.RaceMachine;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Two tasks of a CPU want the one stack that it keeps. One gets it, and the other none.
 *
 * <p>Guards the getAndSet in {@link StackCache#take}: with a look and a store instead, two tasks
 * run on one stack.
 */
@JCStressTest
@State
@Outcome(
        id = {"0, 4096", "4096, 0"},
        expect = Expect.ACCEPTABLE,
        desc = "one has it")
@Outcome(expect = Expect.FORBIDDEN, desc = "two have it, or nobody")
public class StackCacheRace {

    private final StackCache cache = new StackCache(RaceMachine.cpus(1));

    /** With one stack. */
    public StackCacheRace() {
        cache.put(4096);
    }

    @Actor
    public void one(II_Result r) {
        r.r1 = (int) cache.take();
    }

    @Actor
    public void other(II_Result r) {
        r.r2 = (int) cache.take();
    }

    /** The slot is free again. */
    @Arbiter
    public void after(II_Result r) {
        if (cache.take() != 0) {
            r.r1 = -1;
        }
    }
}
