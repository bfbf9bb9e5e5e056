package org.jkasan.check;

import java.util.concurrent.atomic.AtomicLong;
import org.jkasan.host.HostMemories;
import org.jkasan.host.HostMemory;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * An array is looked at until it is remembered, while another thread poisons it. Whoever comes
 * after the poison finds the array bad, whatever the looks have seen.
 *
 * <p>Guards that the era is read before anything is found out in {@link ArrayLooks}, and that it
 * ends behind the poison in {@link Shadow#poison}: otherwise what was true before is remembered for
 * the time after.
 */
@JCStressTest
@State
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "known to be bad afterwards")
@Outcome(expect = Expect.FORBIDDEN, desc = "remembered as accessible")
public class LookRace {

    private static final int TIMES = 6;
    private static final int LENGTH = 64;
    private static final long REGION = 1L << 44;
    private static final long COUNT = 1 << 20;
    private static final AtomicLong REGIONS = new AtomicLong();
    private static final HostMemory HOST = HostMemories.fromClassPath();
    private static final LookMemo MEMO = new LookMemo();
    private static final Shadow SHADOW = new Shadow(MEMO);
    private static final HeapArrays ARRAYS = new HeapArrays(SHADOW, MEMO, null);
    private static final ArrayLooks LOOKS = new ArrayLooks(SHADOW, ARRAYS);

    static {
        MEMO.reserveOn(HOST);
        SHADOW.reserveOn(HOST);
    }

    private final byte[] array = new byte[LENGTH];
    private final long base = region();

    /** What no other state uses, as long as states come and go. */
    private static long region() {
        return REGION + REGIONS.getAndIncrement() % COUNT * LENGTH;
    }

    public LookRace() {
        SHADOW.unpoison(base, LENGTH);
        ARRAYS.track(array, base);
    }

    @Actor
    public void look() {
        for (int i = 0; i < TIMES; i++) {
            isSeenClean();
        }
    }

    @Actor
    public void poison(ZZ_Result r) {
        SHADOW.poison(base, 8, ShadowByte.VMALLOC_INVALID);
        r.r1 = !isSeenClean();
    }

    @Arbiter
    public void after(ZZ_Result r) {
        r.r2 = !isSeenClean();
    }

    private boolean isSeenClean() {
        return MEMO.isKnown(array) || LOOKS.range(array, null, null, 0, 1, LENGTH - 1, 1, 0) == 0;
    }
}
