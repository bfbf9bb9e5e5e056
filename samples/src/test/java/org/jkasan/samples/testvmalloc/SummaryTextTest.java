package org.jkasan.samples.testvmalloc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTextTest {

    private static final WorkerResult WORKER =
            new WorkerResult(
                    1,
                    List.of(
                            new TestResult(VmallocTest.FULL_FIT, 1, 2, 3_600_900),
                            new TestResult(VmallocTest.ALIGN_SHIFT, 0, 3, 3_000)),
                    4_000_000);

    private static List<String> lines(String... arguments) throws UsageException {
        Parameters parameters = Parameters.defaults().with(List.of(arguments));
        return new SummaryText(parameters, new Clock(2500)).lines(WORKER);
    }

    @Test
    void lines_ofLinux55() throws UsageException {
        assertThat(lines("test_repeat_count=3", "test_loop_count=7"))
                .containsExactly(
                        "Summary: full_fit_alloc_test passed: 1 failed: 2 repeat: 3 loops: 7"
                                + " avg: 1200 usec",
                        "Summary: align_shift_alloc_test passed: 0 failed: 3 repeat: 3 loops: 7"
                                + " avg: 1 usec",
                        "All test took CPU1=10000000 cycles");
    }

    @Test
    void lines_ofLinux619_countWhatIsExpectedApart() throws UsageException {
        assertThat(lines("test_repeat_count=3", "test_loop_count=7", "nr_threads=2"))
                .containsExactly(
                        "Summary: full_fit_alloc_test passed: 1 failed: 2 xfailed: 0 repeat: 3"
                                + " loops: 7 avg: 1200 usec",
                        "Summary: align_shift_alloc_test passed: 0 failed: 0 xfailed: 3 repeat: 3"
                                + " loops: 7 avg: 1 usec",
                        "All test took worker1=10000000 cycles");
    }

    @Test
    void aWorker_isGoodUnlessSomethingElseFailed() {
        assertThat(WORKER.isGood()).isFalse();
        assertThat(new WorkerResult(0, WORKER.tests().subList(1, 2), 1).isGood()).isTrue();
    }

    @Test
    void clock_isTheFirstProcessorsOrOneCycleANanosecond() {
        List<String> cpuinfo = List.of("processor\t: 0", "cpu MHz\t\t: 2600.5", "cpu MHz\t\t: 1");
        assertThat(Clock.of(cpuinfo)).isEqualTo(new Clock(2600.5));
        assertThat(Clock.of(List.of("cpu MHz : unknown")).cycles(17)).isEqualTo(17);
        assertThat(Clock.of(List.of()).cycles(17)).isEqualTo(17);
    }
}
