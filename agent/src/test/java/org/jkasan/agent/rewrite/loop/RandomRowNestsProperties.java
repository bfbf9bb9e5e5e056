package org.jkasan.agent.rewrite.loop;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.jkasan.agent.rewrite.RecordingHooks;
import org.jkasan.agent.rewrite.RecordingLoopHooks;
import org.jkasan.shadow.ShadowByte;

/** Nests of loops over rows, whether their indexes are proved to be inside or watched. */
class RandomRowNestsProperties extends RandomLoopsProperties {

    private static final int ROWS = 5;

    @Property(tries = 800)
    void nestsOfRows_reportTheSame(@ForAll long seed) {
        assertSame(RandomRowNests.NAME, RandomRowNests.classFile(seed), seed);
        int asked = RecordingLoopHooks.proofs();
        Statistics.label("indexes were looked at")
                .collect(asked > 0 ? RecordingLoopHooks.failedProofs() > 0 ? "bad" : "good" : "no")
                .coverage(
                        times -> {
                            times.check("good").percentage(share -> share > 4);
                            times.check("bad").percentage(share -> share > 4);
                        });
    }

    @Override
    protected Object[] arguments(Random random) {
        boolean clean = random.nextInt(100) < 60;
        int length = 3 + random.nextInt(6);
        int[][] a = rows("a", length, clean, random);
        int[][] b = rows("b", length, clean, random);
        int[] c = new int[length + random.nextInt(3)];
        known(c, "c", clean, random);
        if (random.nextInt(10) == 0) {
            a[1] = random.nextBoolean() ? null : b[0];
        }
        int n = random.nextInt(3) > 0 ? length - random.nextInt(2) : random.nextInt(9) - 1;
        int m = random.nextInt(30) == 0 ? Integer.MAX_VALUE : random.nextInt(ROWS + 2);
        return new Object[] {a, b, c, n, m};
    }

    private static int[][] rows(String name, int length, boolean clean, Random random) {
        boolean jagged = random.nextInt(4) == 0;
        int[][] rows = new int[ROWS][];
        for (int i = 0; i < ROWS; i++) {
            rows[i] = random.ints(jagged ? random.nextInt(9) : length, 0, 50).toArray();
            known(rows[i], name + i, clean, random);
        }
        return rows;
    }

    /** Tracks an array, mostly: with redzones, and sometimes with something bad in it. */
    private static void known(int[] array, String name, boolean clean, Random random) {
        Redzones.track(shadow, array, name, (long) Integer.BYTES * array.length);
        if (!clean && array.length > 1 && random.nextInt(100) < 30) {
            shadow.poison(RecordingHooks.address(array), 8, ShadowByte.VMALLOC_INVALID);
        }
        if (random.nextInt(100) < 15) {
            RecordingHooks.forget(array);
        }
    }
}
