package org.jkasan.agent.rewrite.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import org.jkasan.agent.rewrite.RecordingHooks;
import org.jkasan.agent.rewrite.RecordingLoopHooks;
import org.jkasan.agent.rewrite.Variant;
import org.jkasan.host.HostMemories;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;

/**
 * Nests of loops over rows report exactly what they report with a check at each access, and do the
 * same, whether their indexes are proved to be inside or watched.
 */
class RandomRowNestsProperties {

    private static final int ROWS = 5;

    private static Shadow shadow;

    /** What a run came to, each report once: the same again may be left out. */
    private record Run(String outcome, List<String> reports) {}

    @BeforeContainer
    static void reserve() {
        shadow = Shadow.reserve(HostMemories.fromClassPath());
        RecordingLoopHooks.judge(shadow);
    }

    @AfterContainer
    static void release() {
        RecordingLoopHooks.judge(null);
        shadow.close();
    }

    @Property(tries = 800)
    void nestsOfRows_reportTheSame(@ForAll long seed) {
        byte[] classFile = RandomRowNests.classFile(seed);
        Run original = run(Variant.ORIGINAL, classFile, seed);
        Run simple = run(Variant.SHORT, classFile, seed);

        assertThat(simple.outcome).isEqualTo(original.outcome);
        assertThat(run(Variant.VERSIONS, classFile, seed))
                .as(() -> Variant.dump(Variant.VERSIONS.of(classFile)))
                .isEqualTo(simple);
        // or the comparison would say little
        int asked = RecordingLoopHooks.proofs();
        Statistics.label("indexes were looked at")
                .collect(asked > 0 ? RecordingLoopHooks.failedProofs() > 0 ? "bad" : "good" : "no")
                .coverage(
                        times -> {
                            times.check("good").percentage(share -> share > 4);
                            times.check("bad").percentage(share -> share > 4);
                        });
        Statistics.label("reports")
                .collect(!simple.reports.isEmpty())
                .coverage(times -> times.check(true).percentage(share -> share > 15));
    }

    private static Run run(Variant variant, byte[] classFile, long seed) {
        Random random = new Random(seed);
        RecordingHooks.reset();
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
        String outcome;
        try {
            Class<?> target = variant.define(RandomRowNests.NAME, classFile);
            outcome = Variant.outcome(Variant.method(target, "run"), a, b, c, n, m);
        } catch (VerifyError refused) {
            throw new AssertionError(variant + ": " + Variant.dump(variant.of(classFile)), refused);
        }
        return new Run(
                outcome + Arrays.deepToString(new Object[] {a, b, c}),
                RecordingHooks.events().stream().distinct().toList());
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
