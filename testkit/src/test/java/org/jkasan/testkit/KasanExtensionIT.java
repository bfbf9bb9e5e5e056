package org.jkasan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.testkit.ChildTests.attached;
import static org.jkasan.testkit.ChildTests.line;
import static org.jkasan.testkit.ChildTests.run;
import static org.jkasan.testkit.ChildTests.withoutAgent;

import java.util.List;
import org.jkasan.samples.launch.Jdk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What tests of child JVMs with the packaged agent come to. */
class KasanExtensionIT {

    private static final String OVERFLOW =
            "BUG: KASAN: vmalloc-out-of-bounds in Bugs.overflow\\nRead of size 1 at addr ";

    @ParameterizedTest
    @MethodSource(ChildTests.JDKS)
    void tests_failWithTheReportsThatAreMadeInThem(Jdk jdk) {
        List<String> lines = run(attached(jdk), "program.KernelTests");

        assertThat(lines).hasSize(13);
        for (String clean : List.of("clean", "leakIsMine", "vmallocUnchecked", "expected")) {
            assertThat(line(lines, clean)).startsWith("SUCCESSFUL");
        }
        for (String bad : List.of("overflow", "sameOverflowAgain", "onThread", "inWorkqueue")) {
            assertThat(line(lines, bad))
                    .startsWith("FAILED " + bad)
                    .contains("KasanFailure: BUG: KASAN: ", OVERFLOW)
                    .containsOnlyOnce("BUG: KASAN")
                    .doesNotContain("suppressed", "counts for", "org.junit");
        }
        assertThat(line(lines, "overflowAndAssertion"))
                .contains(
                        "KasanFailure: BUG: KASAN: ",
                        OVERFLOW,
                        "[suppressed AssertionFailedError]");
        assertThat(line(lines, "leak"))
                .contains(
                        "AssertionError: The test left behind what it should have freed: object of"
                                + " kmalloc-64 of 64 bytes at ffff888",
                        " allocated at org.jkasan.testkit.program.KernelTests.leak(KernelTests");
    }

    @ParameterizedTest
    @MethodSource(ChildTests.JDKS)
    void expectations_failWhereThereIsAnotherReportNoneOrTwo(Jdk jdk) {
        List<String> lines = run(attached(jdk), "program.KernelTests");

        assertThat(line(lines, "expectedElsewhere"))
                .contains(
                        "AssertionError: Expected exactly one vmalloc-out-of-bounds at"
                                + " org.jkasan.testkit.program.Bugs.useAfterFree, but there was"
                                + " another:",
                        OVERFLOW);
        assertThat(line(lines, "expectedInVain"))
                .endsWith("exactly one vmalloc-out-of-bounds, but there was no report.");
        assertThat(line(lines, "expectedOnce")).contains("but there was 2 reports:");
    }

    @ParameterizedTest
    @MethodSource(ChildTests.JDKS)
    void throwMode_expectationsHoldAndTestsFailWithTheReport(Jdk jdk) {
        List<String> lines = run(attached(jdk, "kasan.fault=throw"), "program.KernelTests");

        assertThat(line(lines, "expected")).startsWith("SUCCESSFUL");
        assertThat(line(lines, "overflow"))
                .contains("KasanFailure: BUG: KASAN: ", OVERFLOW, "[suppressed KasanError]");
    }

    @ParameterizedTest
    @MethodSource(ChildTests.JDKS)
    void parallelTests_eachHaveTheirOwnReports(Jdk jdk) {
        List<String> lines =
                run(
                        attached(jdk),
                        "program.ParallelTests",
                        "junit.jupiter.execution.parallel.enabled=true",
                        "junit.jupiter.execution.parallel.mode.default=concurrent",
                        "junit.jupiter.execution.parallel.config.strategy=fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism=4");

        assertThat(lines).hasSize(4);
        for (int test = 1; test <= 4; test++) {
            String line = line(lines, "repetition " + test + " of 4");
            if (test % 2 == 0) {
                assertThat(line).startsWith("FAILED").containsOnlyOnce("BUG: KASAN");
            } else {
                assertThat(line).startsWith("SUCCESSFUL");
            }
        }
    }

    @ParameterizedTest
    @MethodSource(ChildTests.JDKS)
    void poolThreads_reportToWhateverRuns(Jdk jdk) {
        List<String> lines = run(attached(jdk), "program.PoolTests");

        assertThat(line(lines, "startsIt")).startsWith("SUCCESSFUL");
        assertThat(line(lines, "usesIt"))
                .contains(
                        "Thread pool-1-thread-1 belongs to startsIt(), which has"
                                + " ended; its report counts for the test that was running.",
                        OVERFLOW);
        assertThat(line(lines, "PoolTests"))
                .contains("KasanFailure", "slab-use-after-free in Bugs.useAfterFree");
    }

    @ParameterizedTest
    @MethodSource(ChildTests.JDKS)
    void withoutAnnotation_theExtensionIsFoundWhereJUnitLooks(Jdk jdk) {
        List<String> found =
                run(
                        attached(jdk),
                        "program.PlainTests",
                        "junit.jupiter.extensions.autodetection.enabled=true");

        assertThat(line(found, "clean")).startsWith("SUCCESSFUL");
        assertThat(line(found, "overflow")).contains("KasanFailure", OVERFLOW);
    }

    @ParameterizedTest
    @MethodSource(ChildTests.JDKS)
    void withoutAgent_testsFailOrAreSkippedWithASentence(Jdk jdk) {
        String how = "KASAN is not in this JVM: start it with -javaagent:jkasan.jar";
        List<String> required = run(withoutAgent(jdk), "program.ParallelTests");
        List<String> skipped =
                run(withoutAgent(jdk), "program.KernelTests", "kasan.testkit.agent=skip");
        List<String> plain =
                run(
                        withoutAgent(jdk),
                        "program.PlainTests",
                        "junit.jupiter.extensions.autodetection.enabled=true");

        assertThat(required)
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).startsWith("FAILED ").contains(how));
        assertThat(skipped).singleElement().asString().startsWith("SKIPPED KernelTests: " + how);
        assertThat(plain).hasSize(2).allSatisfy(line -> assertThat(line).startsWith("SUCCESSFUL"));
    }
}
