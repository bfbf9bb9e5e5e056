package org.jkasan.agent.rewrite.loop;

import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.jkasan.agent.rewrite.RecordingHooks;
import org.jkasan.agent.rewrite.RecordingLoopHooks;
import org.jkasan.shadow.ShadowByte;

/** Loops whose checks are one for a range, and several elements side by side. */
class RandomCountedLoopsProperties extends RandomLoopsProperties {

    @Property(tries = 800)
    void countedLoops_withRanges_reportTheSame(@ForAll long seed) {
        assertSame(RandomCountedLoops.NAME, RandomCountedLoops.classFile(seed), seed);
        Statistics.label("a range was accessible")
                .collect(RecordingLoopHooks.cleanRanges() > 0)
                .coverage(times -> times.check(true).percentage(share -> share > 15));
        Statistics.label("an array was accessible in whole")
                .collect(RecordingLoopHooks.cleanArrays() > 0)
                .coverage(times -> times.check(true).percentage(share -> share > 8));
    }

    @Override
    protected Object[] arguments(Random random) {
        int[] a = random.ints(10 + random.nextInt(60), 0, 50).toArray();
        byte[] b = new byte[10 + random.nextInt(60)];
        random.nextBytes(b);
        long[] d = random.longs(10 + random.nextInt(60), 0, 50).toArray();
        byte[] e = new byte[10 + random.nextInt(60)];
        ByteBuffer buffer = ByteBuffer.wrap(e);
        buffer.limit(random.nextInt(4) == 0 ? e.length / 2 : e.length);
        buffer.position(random.nextInt(4) == 0 ? buffer.limit() / 4 : 0);
        known(e, "e", e.length, random);
        known(a, "a", Integer.BYTES * a.length, random);
        known(b, "b", b.length, random);
        known(d, "d", Long.BYTES * d.length, random);
        int[][] rows = new int[4][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.ints(5 + random.nextInt(40), 0, 50).toArray();
            known(rows[i], "row" + i, Integer.BYTES * rows[i].length, random);
        }
        return new Object[] {a, b, d, random.nextInt(45), random.nextInt(12), buffer, rows};
    }

    /** Tracks an array, mostly: with redzones, and sometimes with something bad in it. */
    private static void known(Object array, String name, int size, Random random) {
        Redzones.track(shadow, array, name, size);
        if (random.nextInt(100) < 40) {
            long bad = RecordingHooks.address(array) + (random.nextInt(size / 8 + 1) & ~7);
            shadow.poison(bad, 8, ShadowByte.VMALLOC_INVALID);
        }
        if (random.nextInt(100) < 15) {
            RecordingHooks.forget(array);
        }
    }
}
