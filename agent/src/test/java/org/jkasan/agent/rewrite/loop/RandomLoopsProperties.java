package org.jkasan.agent.rewrite.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import org.jkasan.agent.rewrite.RecordingHooks;
import org.jkasan.agent.rewrite.RecordingLoopHooks;
import org.jkasan.agent.rewrite.Variant;
import org.jkasan.host.HostMemories;
import org.jkasan.shadow.Shadow;

/**
 * What holds for all random loops: over one and the same shadow they report exactly what they
 * report with a check at each access, and do the same.
 */
abstract class RandomLoopsProperties {

    protected static Shadow shadow;

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

    /** The memory that the class's method gets, some of it tracked, some bad. */
    protected abstract Object[] arguments(Random random);

    /** Runs a class in each way; what {@link RecordingLoopHooks} counted is the optimised one's. */
    protected final void assertSame(String name, byte[] classFile, long seed) {
        Run original = run(Variant.ORIGINAL, name, classFile, seed);
        Run simple = run(Variant.SHORT, name, classFile, seed);

        assertThat(simple.outcome).isEqualTo(original.outcome);
        assertThat(run(Variant.VERSIONS, name, classFile, seed))
                .as(() -> Variant.dump(Variant.VERSIONS.of(classFile)))
                .isEqualTo(simple);
        // or the comparison would say little
        Statistics.label("reports")
                .collect(!simple.reports.isEmpty())
                .coverage(times -> times.check(true).percentage(share -> share > 15));
    }

    private Run run(Variant variant, String name, byte[] classFile, long seed) {
        RecordingHooks.reset();
        Object[] arguments = arguments(new Random(seed));
        String outcome;
        try {
            Class<?> target = variant.define(name, classFile);
            outcome = Variant.outcome(Variant.method(target, "run"), arguments);
        } catch (VerifyError refused) {
            throw new AssertionError(variant + ": " + Variant.dump(variant.of(classFile)), refused);
        }
        Object[] left = Arrays.stream(arguments).map(RandomLoopsProperties::contents).toArray();
        return new Run(
                outcome + Arrays.deepToString(left),
                RecordingHooks.events().stream().distinct().toList());
    }

    private static Object contents(Object argument) {
        return argument instanceof ByteBuffer buffer
                ? new Object[] {buffer.position(), buffer.array()}
                : argument;
    }
}
