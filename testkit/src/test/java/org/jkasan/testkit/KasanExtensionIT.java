package org.jkasan.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What tests of child JVMs with the packaged agent come to. */
class KasanExtensionIT {

    private static final String JDKS = "org.jkasan.samples.launch.Jdks#installed";
    private static final Path AGENT = Path.of(System.getProperty("jkasan.agent")).normalize();
    private static final String PROGRAMS = "org.jkasan.testkit.program.";
    private static final String OVERFLOW =
            "\\nBUG: KASAN: vmalloc-out-of-bounds in Bugs.overflow\\nRead of size 1 at addr ";

    private static List<String> run(ChildJvm child, String program, String... parameters) {
        String[] arguments =
                Stream.concat(Stream.of(PROGRAMS + program), Arrays.stream(parameters))
                        .toArray(String[]::new);
        JvmResult result =
                child.options("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                        .main(classPath(), PROGRAMS + "RunTests", arguments)
                        .run();
        assertThat(result.status()).as(result.toString()).isZero();
        return result.outLines();
    }

    private static List<Path> classPath() {
        return Stream.of(System.getProperty("java.class.path").split(":")).map(Path::of).toList();
    }

    private static String line(List<String> lines, String test) {
        return lines.stream()
                .filter(line -> line.contains(" " + test + ":") || line.contains(" " + test + "("))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + test + " in " + lines));
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void tests_failWithTheReportsThatAreMadeInThem(Jdk jdk) {
        List<String> lines = run(ChildJvm.on(jdk).agent(AGENT), "KernelTests");

        assertThat(lines).hasSize(13);
        for (String clean : List.of("clean", "leakIsMine", "vmallocUnchecked", "expected")) {
            assertThat(line(lines, clean)).startsWith("SUCCESSFUL");
        }
        for (String bad : List.of("overflow", "sameOverflowAgain", "onThread", "inWorkqueue")) {
            assertThat(line(lines, bad))
                    .startsWith("FAILED " + bad)
                    .contains("KasanFailure: =====", OVERFLOW)
                    .containsOnlyOnce("BUG: KASAN")
                    .doesNotContain("suppressed", "counts for", "org.junit");
        }
        assertThat(line(lines, "overflowAndAssertion"))
                .contains("KasanFailure: =====", OVERFLOW, "[suppressed AssertionFailedError]");
        assertThat(line(lines, "leak"))
                .contains(
                        "AssertionError: The test left behind what it should have freed: object of"
                                + " kmalloc-64 of 64 bytes at ffff888",
                        " allocated at org.jkasan.testkit.program.KernelTests.leak(KernelTests");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void expectations_failWhereThereIsAnotherReportNoneOrTwo(Jdk jdk) {
        List<String> lines = run(ChildJvm.on(jdk).agent(AGENT), "KernelTests");

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
    @MethodSource(JDKS)
    void throwMode_expectationsHoldAndTestsFailWithTheReport(Jdk jdk) {
        List<String> lines = run(ChildJvm.on(jdk).agent(AGENT, "kasan.fault=throw"), "KernelTests");

        assertThat(line(lines, "expected")).startsWith("SUCCESSFUL");
        assertThat(line(lines, "overflow"))
                .contains("KasanFailure: =====", OVERFLOW, "[suppressed KasanError]");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void parallelTests_eachHaveTheirOwnReports(Jdk jdk) {
        List<String> lines =
                run(
                        ChildJvm.on(jdk).agent(AGENT),
                        "ParallelTests",
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
    @MethodSource(JDKS)
    void poolThreads_reportToWhateverRuns(Jdk jdk) {
        List<String> lines = run(ChildJvm.on(jdk).agent(AGENT), "PoolTests");

        assertThat(line(lines, "startsIt")).startsWith("SUCCESSFUL");
        assertThat(line(lines, "usesIt"))
                .contains(
                        "KasanFailure: Thread pool-1-thread-1 belongs to startsIt(), which has"
                                + " ended; its report counts for the test that was running.",
                        OVERFLOW);
        assertThat(line(lines, "PoolTests"))
                .contains("KasanFailure", "slab-use-after-free in Bugs.useAfterFree");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void withoutAnnotation_theExtensionIsFoundWhereJUnitLooks(Jdk jdk) {
        List<String> found =
                run(
                        ChildJvm.on(jdk).agent(AGENT),
                        "PlainTests",
                        "junit.jupiter.extensions.autodetection.enabled=true");

        assertThat(line(found, "clean")).startsWith("SUCCESSFUL");
        assertThat(line(found, "overflow")).contains("KasanFailure", OVERFLOW);
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void withoutAgent_testsFailOrAreSkippedWithASentence(Jdk jdk) {
        String how = "KASAN is not in this JVM: start it with -javaagent:jkasan.jar";
        List<String> required = run(withoutAgent(jdk), "ParallelTests");
        List<String> skipped = run(withoutAgent(jdk), "KernelTests", "kasan.testkit.agent=skip");
        List<String> plain =
                run(
                        withoutAgent(jdk),
                        "PlainTests",
                        "junit.jupiter.extensions.autodetection.enabled=true");

        assertThat(required)
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).startsWith("FAILED ").contains(how));
        assertThat(skipped).singleElement().asString().startsWith("SKIPPED KernelTests: " + how);
        assertThat(plain).hasSize(2).allSatisfy(line -> assertThat(line).startsWith("SUCCESSFUL"));
    }

    private static ChildJvm withoutAgent(Jdk jdk) {
        ChildJvm child = ChildJvm.on(jdk);
        child.options("--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED");
        return jdk.feature() < 22 ? child : child.options("--enable-native-access=ALL-UNNAMED");
    }
}
