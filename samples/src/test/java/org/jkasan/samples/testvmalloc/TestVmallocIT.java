package org.jkasan.samples.testvmalloc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.Jdks;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The benchmark as users run it: few loops, on every JDK. */
class TestVmallocIT {

    private static final Path AGENT = Path.of(System.getProperty("jkasan.agent")).normalize();
    private static final Path SAMPLES = Path.of(System.getProperty("jkasan.samples"));
    private static final String REPORT = "BUG: KASAN: ";

    static List<Jdk> jdks() {
        return Jdks.installed();
    }

    private static ChildJvm child(Jdk jdk) {
        return ChildJvm.on(jdk).options("-Xmx256m");
    }

    private static JvmResult everyTest(ChildJvm child) {
        return child.jar(SAMPLES, "test-vmalloc", "run_test_mask=4095", "test_loop_count=50").run();
    }

    private static void requireAllPassed(JvmResult result) {
        assertThat(result.status()).as(result.toString()).isZero();
        assertThat(result.err()).doesNotContain(REPORT);
        List<String> lines = result.outLines();
        int workers = Runtime.getRuntime().availableProcessors();
        List<String> expected = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            for (VmallocTest test : VmallocTest.values()) {
                String counts =
                        test == VmallocTest.ALIGN_SHIFT
                                ? "passed: 0 failed: 0 xfailed: 1"
                                : "passed: 1 failed: 0 xfailed: 0";
                expected.add("Summary: " + test.key() + " " + counts + " repeat: 1 loops: 50 avg:");
            }
            expected.add("All test took worker" + worker + "=");
        }
        assertThat(lines).zipSatisfy(expected, (line, start) -> assertThat(line).startsWith(start));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void withoutTheAgent_allTestsPass(Jdk jdk) {
        requireAllPassed(everyTest(child(jdk)));
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void withTheAgent_allTestsPassWithoutAReport(Jdk jdk) {
        JvmResult result = everyTest(child(jdk).agent(AGENT, "kasan_multi_shot"));
        requireAllPassed(result);
        assertThat(result.err()).contains("0 failed").contains("0 reports");
    }

    @Test
    @Tag("slow")
    void withoutRealShadow_allTestsPassAsWell() {
        requireAllPassed(everyTest(child(Jdks.running()).agent(AGENT, "kasan.vmalloc=off")));
    }

    @Test
    void badParameters_areOneSentenceAndOne() {
        JvmResult result =
                child(Jdks.running()).jar(SAMPLES, "test-vmalloc", "test_loop_count=0").run();
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.errLines())
                .containsExactly(
                        "test-vmalloc: test_loop_count=0, expected a number of 1 to 2147483647;"
                                + " usage: test-vmalloc [performance|smoke|stress|table] [key=value"
                                + " ...]");
    }

    @Test
    void badAccessInATest_isReportedAtItsLineAndFailsTheRun() {
        List<Path> classPath = List.of(testClasses(), SAMPLES);
        JvmResult result =
                child(Jdks.running())
                        .options("--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED")
                        .agent(AGENT)
                        .main(classPath, BadTest.class.getName())
                        .run();
        assertThat(result.status()).as(result.toString()).isEqualTo(1);
        assertThat(result.err())
                .contains(REPORT + "vmalloc-out-of-bounds in BadTest.loop\nWrite of size 1 at addr")
                .contains(" by task vmalloc_test/0/")
                .contains("test-vmalloc: bad accesses that KASAN reported meanwhile: 3");
        assertThat(result.out()).contains("passed: 3 failed: 0");
    }

    @Test
    @Tag("slow")
    void table_isMeasuredAndWritten(@TempDir Path directory) throws IOException {
        Path csv = directory.resolve("table.csv");
        Path svg = directory.resolve("table.svg");
        JvmResult result =
                child(Jdks.running())
                        .jar(
                                SAMPLES,
                                "test-vmalloc",
                                "table",
                                "budget=1s",
                                "agent=" + AGENT,
                                "csv=" + csv,
                                "svg=" + svg)
                        .run();
        assertThat(result.status()).as(result.toString()).isZero();
        assertThat(result.outLines().get(0)).startsWith("test-vmalloc table: JDK ");
        assertThat(result.outLines().get(1))
                .startsWith("Budget 1 s: ")
                .contains(" of warm-up, 3 rounds of ");
        assertThat(result.outLines().get(3))
                .startsWith("A turn has these loops: fix_size 500, full_fit 500, ")
                .endsWith("; passes: align_shift 1, pcpu 1.");
        assertThat(result.outLines()).filteredOn(line -> line.startsWith("total ")).hasSize(3);
        assertThat(result.errLines()).allMatch(line -> line.startsWith("test-vmalloc: "));
        assertThat(Files.readAllLines(csv)).hasSize(28);
        assertThat(Files.readString(svg)).startsWith("<svg ").endsWith("</svg>\n");
    }

    private static Path testClasses() {
        return Path.of(
                TestVmallocIT.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
