package org.jkasan.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a program with bugs is told, at which line, and that it goes on. */
class AgentReportIT {

    private static final String JDKS = "org.jkasan.samples.launch.Jdks#installed";

    private static final Path SOURCE =
            Path.of("src/test/java/org/jkasan/samples/agent/program/Overflow.java");

    @ParameterizedTest
    @MethodSource(JDKS)
    void overflows_areReportedAtTheirLines(Jdk jdk) throws IOException {
        JvmResult result = UnderTest.run(UnderTest.attached(jdk), "Overflow");

        assertThat(result.status()).isZero();
        assertThat(result.outLines())
                .containsExactly("Index 13 out of bounds for length 13", "went on");
        assertThat(UnderTest.titles(result))
                .containsExactly(
                        "BUG: KASAN: vmalloc-out-of-bounds in Overflow.array",
                        "BUG: KASAN: vmalloc-out-of-bounds in Overflow.buffer",
                        "BUG: KASAN: vmalloc-out-of-bounds in Overflow.memory",
                        "BUG: KASAN: vmalloc-out-of-bounds in Overflow.repeated");
        assertReported(result, "Write of size 1", "array");
        assertReported(result, "Write of size 4", "buffer");
        assertReported(result, "Read of size 1", "memory");
        assertReported(result, "Read of size 8", "repeated");
        assertThat(UnderTest.err(result)).last().asString().endsWith("4 reports (2 repeats)");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void overflows_withEveryClassVerified(Jdk jdk) {
        JvmResult result =
                UnderTest.run(
                        UnderTest.attached(jdk, "kasan.fault=throw").options("-Xverify:all"),
                        "Overflow");

        assertThat(result.status()).isOne();
        assertThat(UnderTest.titles(result)).hasSize(1);
        assertThat(result.err()).contains("KasanError").doesNotContain("VerifyError");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void panic_haltsWithItsStatus(Jdk jdk) {
        JvmResult result = UnderTest.run(UnderTest.attached(jdk, "kasan.fault=panic"), "Overflow");

        assertThat(result.status()).isEqualTo(66);
        assertThat(result.out()).isEmpty();
        assertThat(UnderTest.err(result))
                .last()
                .isEqualTo("Kernel panic - not syncing: kasan.fault=panic set ...");
    }

    private static void assertReported(JvmResult result, String access, String method)
            throws IOException {
        List<String> lines = UnderTest.err(result);
        int title = lines.indexOf("BUG: KASAN: vmalloc-out-of-bounds in Overflow." + method);
        assertThat(lines.get(title + 1)).startsWith(access);
        assertThat(lines.subList(title, lines.size()))
                .filteredOn(line -> line.startsWith(" org.jkasan"))
                .first()
                .isEqualTo(
                        " org.jkasan.samples.agent.program.Overflow."
                                + method
                                + "(Overflow.java:"
                                + line("bad: " + method)
                                + ")");
    }

    /** The line that carries a comment, counted from 1. */
    private static int line(String comment) throws IOException {
        List<String> lines = Files.readAllLines(SOURCE);
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith("// " + comment)) {
                return i + 1;
            }
        }
        throw new IllegalStateException("No comment " + comment);
    }
}
