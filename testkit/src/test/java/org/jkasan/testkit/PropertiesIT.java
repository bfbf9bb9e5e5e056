package org.jkasan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.testkit.ChildTests.attached;
import static org.jkasan.testkit.ChildTests.line;
import static org.jkasan.testkit.ChildTests.run;
import static org.jkasan.testkit.ChildTests.withoutAgent;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jkasan.samples.launch.Jdk;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What properties in child JVMs with the packaged agent come to. */
class PropertiesIT {

    private static final Pattern STATEMENT = Pattern.compile("\\\\nring\\.(write|read)\\(");

    @ParameterizedTest
    @MethodSource(ChildTests.JDKS)
    void ringBuffer_theBugIsFoundAndShrunkToFiveStepsAtMost(Jdk jdk) {
        List<String> lines = run(attached(jdk), "example.RingProperty");

        assertThat(line(lines, "bytes")).startsWith("SUCCESSFUL");
        String whole = line(lines, "whole");
        assertThat(whole)
                .startsWith("FAILED whole: ")
                .contains(
                        "KasanFailure: BUG: KASAN: vmalloc-out-of-bounds in Header$2.store\\nWrite of"
                                + " size 2",
                        "\\nKernel kernel = Kernel.boot(Kconfig.defaults()",
                        "\\nRingBuffer ring = new RingBuffer(kernel, 64, Header.WHOLE);");
        List<MatchResult> steps = STATEMENT.matcher(whole).results().toList();
        assertThat(steps).hasSizeBetween(2, 5);
    }

    @ParameterizedTest
    @MethodSource(ChildTests.JDKS)
    void kernel_makesExactlyTheReportsThatItsModelSays(Jdk jdk) {
        List<String> lines = run(attached(jdk), "program.FaultyKernelProperty");

        assertThat(line(lines, "reportsExactlyWhatIsBad")).startsWith("SUCCESSFUL");
        assertThat(line(lines, "readsTooFar"))
                .contains(
                        "KasanFailure: BUG: KASAN: vmalloc-out-of-bounds in"
                                + " FaultyKernelProperty.readsTooFar")
                .containsPattern("allocated 1[0-9]{2}-byte region");
    }

    @ParameterizedTest
    @MethodSource(ChildTests.JDKS)
    void fuzzTarget_findsABugOnce(Jdk jdk) {
        List<String> lines = run(attached(jdk), "example.FuzzTargetTests");

        assertThat(lines).singleElement().asString().startsWith("SUCCESSFUL sameBug_isOneFinding");
    }

    @ParameterizedTest
    @MethodSource(ChildTests.JDKS)
    void crashFiles_replayWithoutTheFuzzer(Jdk jdk) {
        List<String> lines = run(attached(jdk), "example.CrashReplay");

        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(
                        line ->
                                assertThat(line)
                                        .startsWith("FAILED ")
                                        .contains(
                                                "slab-out-of-bounds in LockedDriver.write",
                                                "\\ndriver.key(19265);"));
    }

    @ParameterizedTest
    @MethodSource(ChildTests.JDKS)
    void withoutAgent_propertiesFailOrAreSkippedWithASentence(Jdk jdk) {
        String how = "KASAN is not in this JVM: start it with -javaagent:jkasan.jar";
        List<String> skipped =
                run(
                        withoutAgent(jdk).options("-Dkasan.testkit.agent=skip"),
                        "example.RingProperty");

        assertThat(run(withoutAgent(jdk), "example.RingProperty"))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).startsWith("FAILED").contains(how));
        assertThat(skipped).allSatisfy(line -> assertThat(line).startsWith("SKIPPED"));
    }
}
