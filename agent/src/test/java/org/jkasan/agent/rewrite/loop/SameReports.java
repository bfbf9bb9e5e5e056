package org.jkasan.agent.rewrite.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import org.jkasan.agent.rewrite.RecordingHooks;
import org.jkasan.agent.rewrite.RecordingLoopHooks;
import org.jkasan.agent.rewrite.Variant;
import org.jkasan.host.HostMemories;
import org.jkasan.shadow.Shadow;

/**
 * What holds for all code: over one and the same shadow it reports exactly what it reports with a
 * check at each access, and does the same.
 */
abstract class SameReports {

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

    /**
     * Runs code in each way; what {@link RecordingLoopHooks} counted is the optimised one's.
     *
     * @param code makes and tracks its arrays, each time the same; answers what it came to
     * @param dump of the optimised code, for a failure's message
     */
    protected static void assertSame(
            Function<Variant, String> code, Function<Variant, String> dump) {
        Run original = run(Variant.ORIGINAL, code);
        Run simple = run(Variant.SHORT, code);

        assertThat(simple.outcome).isEqualTo(original.outcome);
        assertThat(run(Variant.VERSIONS, code))
                .as(() -> dump.apply(Variant.VERSIONS))
                .isEqualTo(simple);
        // or the comparison would say little
        Statistics.label("reports")
                .collect(!simple.reports.isEmpty())
                .coverage(times -> times.check(true).percentage(share -> share > 15));
    }

    private static Run run(Variant variant, Function<Variant, String> code) {
        RecordingHooks.reset();
        String outcome = code.apply(variant);
        return new Run(outcome, RecordingHooks.events().stream().distinct().toList());
    }
}
