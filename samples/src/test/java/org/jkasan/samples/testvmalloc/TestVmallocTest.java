package org.jkasan.samples.testvmalloc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jkasan.samples.Sample;
import org.junit.jupiter.api.Test;

/** The command without the agent. */
class TestVmallocTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return new TestVmalloc().run(List.of(arguments), stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void everyTest_passesInEveryWorkerButTheOneThatCannot() {
        int status =
                run(
                        "run_test_mask=4095",
                        "test_loop_count=20",
                        "test_repeat_count=2",
                        "nr_threads=3");
        assertThat(status).isEqualTo(Sample.DONE);
        assertThat(lines()).hasSize(3 * 13);
        assertThat(lines().subList(0, 12))
                .zipSatisfy(
                        List.of(VmallocTest.values()),
                        (line, test) ->
                                assertThat(line)
                                        .startsWith("Summary: " + test.key() + " passed: ")
                                        .contains(
                                                test == VmallocTest.ALIGN_SHIFT
                                                        ? "passed: 0 failed: 0 xfailed: 2 "
                                                        : "passed: 2 failed: 0 xfailed: 0 ")
                                        .contains(" repeat: 2 loops: 20 avg: "));
        assertThat(lines())
                .element(38)
                .asString()
                .matches("All test took worker2=[1-9][0-9]* cycles");
    }

    @Test
    void oneTest_onOneCpu() {
        assertThat(run("smoke", "run_test_mask=1", "test_loop_count=3")).isEqualTo(Sample.DONE);
        assertThat(lines()).hasSize(2);
        assertThat(lines().get(0))
                .matches(
                        "Summary: fix_size_alloc_test passed: 10 failed: 0 repeat: 10 loops: 3"
                                + " avg: [0-9]+ usec");
        assertThat(lines().get(1)).matches("All test took CPU0=[1-9][0-9]* cycles");
    }

    @Test
    void pagesAndHugePages_areTaken() {
        assertThat(
                        run(
                                "run_test_mask=0xc01",
                                "test_loop_count=2",
                                "nr_pages=600",
                                "use_huge=1",
                                "single_cpu_test=1"))
                .isEqualTo(Sample.DONE);
        assertThat(lines()).hasSize(4);
    }

    @Test
    void badParameters_areUsageAndOne() {
        assertThat(run("fast")).isEqualTo(1);
        assertThat(run("run_test_mask=4096")).isEqualTo(1);
        assertThat(run("table", "budget=1")).isEqualTo(1);
        String usage = "; usage: test-vmalloc [performance|smoke|stress|table] [key=value ...]\n";
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "test-vmalloc: \"fast\" is no key=value"
                                + usage
                                + "test-vmalloc: run_test_mask has no bit of a test, expected some"
                                + " of 4095"
                                + usage
                                + "test-vmalloc: budget=1, expected seconds or minutes as in 90s or"
                                + " 2m"
                                + usage);
        assertThat(lines()).isEmpty();
    }

    @Test
    void turns_areAnsweredOneByOne() throws IOException {
        String questions =
                Turns.question(VmallocTest.FIX_SIZE, 2, 5, 1)
                        + "\n"
                        + Turns.question(VmallocTest.ALIGN_SHIFT, 1, 5, 2)
                        + "\n"
                        + Turns.REPORTS
                        + "\n";
        Turns.serve(
                new ByteArrayInputStream(questions.getBytes(StandardCharsets.UTF_8)), stream(out));
        assertThat(lines()).hasSize(4).startsWith(Turns.READY).endsWith("0");
        List<TestRun> runs = Turns.runs(lines().get(1));
        assertThat(runs).hasSize(2).allMatch(TestRun::passed);
        assertThat(runs).allSatisfy(run -> assertThat(run.loopNanos()).isPositive());
        assertThat(Turns.runs(lines().get(2))).hasSize(1).noneMatch(TestRun::passed);
    }
}
