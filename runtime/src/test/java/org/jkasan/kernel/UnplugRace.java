package org.jkasan.kernel;

import org.jkasan.mm.Cpus;
import org.jkasan.mm.RaceMachine;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * CPUs are unplugged and emptied while stacks are put there. Exactly one ends up with each stack:
 * the cache of a CPU that is online, whoever emptied the other, or the task that wanted to put it.
 *
 * <p>Guards the second look at {@code offline} in {@link StackCache#put}: without it the stack
 * stays in the slot of a CPU that nobody asks any more.
 */
@JCStressTest
@State
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "one owner each")
@Outcome(expect = Expect.FORBIDDEN, desc = "a stack is lost, or has two owners")
public class UnplugRace {

    private static final long STACK = 4096;

    private static final int CACHES = 16;

    private final Cpus[] cpus = new Cpus[CACHES];
    private final StackCache[] caches = new StackCache[CACHES];
    private final int[] owners = new int[CACHES];
    private final int[] emptied = new int[CACHES];

    /** With empty caches. */
    public UnplugRace() {
        for (int i = 0; i < CACHES; i++) {
            cpus[i] = RaceMachine.cpus(2);
            caches[i] = new StackCache(cpus[i]);
        }
    }

    @Actor
    public void put() {
        for (int i = 0; i < CACHES; i++) {
            owners[i] = caches[i].put(STACK) ? 0 : 1;
        }
    }

    @Actor
    public void unplug() {
        for (int i = 0; i < CACHES; i++) {
            cpus[i].unplug(0);
            while (caches[i].takeOffline(0) != 0) {
                emptied[i]++;
            }
        }
    }

    @Arbiter
    public void owners(II_Result r) {
        r.r1 = CACHES;
        for (int i = 0; i < CACHES; i++) {
            boolean lost = caches[i].takeOffline(0) != 0;
            boolean online = !lost && caches[i].holds(STACK);
            int all = owners[i] + emptied[i] + (online ? 1 : 0);
            r.r1 = Math.min(r.r1, all);
            r.r2 = Math.max(r.r2, all);
        }
    }
}
