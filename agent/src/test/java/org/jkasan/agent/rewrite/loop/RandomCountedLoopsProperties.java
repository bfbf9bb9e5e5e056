package org.jkasan.agent.rewrite.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
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
 * Over one and the same shadow, loops whose checks are one for a range report exactly what loops
 * report that check each access, and do the same.
 */
class RandomCountedLoopsProperties {

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
    void countedLoops_withRanges_reportTheSame(@ForAll long seed) {
        byte[] classFile = RandomCountedLoops.classFile(seed);
        Run original = run(Variant.ORIGINAL, classFile, seed);
        Run simple = run(Variant.SHORT, classFile, seed);

        assertThat(simple.outcome).isEqualTo(original.outcome);
        assertThat(run(Variant.VERSIONS, classFile, seed))
                .as(() -> Variant.dump(Variant.VERSIONS.of(classFile)))
                .isEqualTo(simple);
        // or the comparison would say little
        Statistics.label("a range was accessible")
                .collect(RecordingLoopHooks.cleanRanges() > 0)
                .coverage(times -> times.check(true).percentage(share -> share > 15));
        Statistics.label("an array was accessible in whole")
                .collect(RecordingLoopHooks.cleanArrays() > 0)
                .coverage(times -> times.check(true).percentage(share -> share > 8));
        Statistics.label("reports")
                .collect(!simple.reports.isEmpty())
                .coverage(times -> times.check(true).percentage(share -> share > 15));
    }

    private static Run run(Variant variant, byte[] classFile, long seed) {
        Random random = new Random(seed);
        RecordingHooks.reset();
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
        String outcome;
        try {
            Class<?> target = variant.define(RandomCountedLoops.NAME, classFile);
            outcome =
                    Variant.outcome(
                            Variant.method(target, "run"),
                            a,
                            b,
                            d,
                            random.nextInt(45),
                            random.nextInt(12),
                            buffer,
                            rows);
        } catch (VerifyError refused) {
            throw new AssertionError(variant + ": " + Variant.dump(variant.of(classFile)), refused);
        }
        Object[] left = {a, b, d, e, buffer.position(), rows};
        return new Run(
                outcome + Arrays.deepToString(left),
                RecordingHooks.events().stream().distinct().toList());
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
