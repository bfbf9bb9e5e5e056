package org.jkasan.shadow;

import java.lang.reflect.Proxy;
import org.jkasan.host.HostMemories;
import org.jkasan.host.HostMemory;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The shadow is reserved, and memory that is watched handed to another thread by a plain store.
 *
 * <p>Guards the fence in {@link Shadow#isReserved}: without it a compiler, or a processor that
 * reorders loads, may let who has the memory believe that it has no shadow.
 */
@JCStressTest
@State
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "has nothing yet")
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "has memory, and it has a shadow")
@Outcome(expect = Expect.FORBIDDEN, desc = "has memory without a shadow")
public class ReservationRace {

    private static final HostMemory HOST = new Place().host();

    private final Shadow shadow = new Shadow();
    private boolean watched;

    @Actor
    public void kernel() {
        shadow.reserveOn(HOST);
        watched = true;
    }

    @Actor
    public void other(I_Result r) {
        boolean early = shadow.base() != 0;
        if (watched) {
            r.r1 = early || shadow.isReserved() ? 1 : 2;
        }
    }

    /** One place for all shadows, of which nothing is real but the byte that is written. */
    private static final class Place {

        /** From the begin of a reservation to what it is for address 0. */
        private static final long SLACK = 1L << 31;

        private final HostMemory real = HostMemories.fromClassPath();
        private final long page = real.reserve(real.pageSize(), real.pageSize(), "a test");

        HostMemory host() {
            return (HostMemory)
                    Proxy.newProxyInstance(
                            HostMemory.class.getClassLoader(),
                            new Class<?>[] {HostMemory.class},
                            (self, method, arguments) ->
                                    method.getName().equals("reserve")
                                            ? page + 1 - SLACK
                                            : method.invoke(real, arguments));
        }
    }
}
