package org.jkasan.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The options as the packaged agent takes them. */
class AgentOptionsIT {

    private static final String JDKS = "org.jkasan.samples.launch.Jdks#installed";

    @TempDir Path directory;

    @ParameterizedTest
    @MethodSource(JDKS)
    void unknownOption_listsWhatIsKnown(Jdk jdk) {
        JvmResult result = UnderTest.run(UnderTest.attached(jdk, "kasan.foult=throw"), "Hello");

        assertThat(result.status()).isOne();
        assertThat(result.out()).isEmpty();
        assertThat(UnderTest.err(result))
                .singleElement()
                .asString()
                .startsWith("jkasan: Unknown option \"kasan.foult\"")
                .contains("kasan.fault, kasan_multi_shot, kasan.report, kasan.panic_on_warn");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void badValue_ofASystemProperty_listsWhatIsKnown(Jdk jdk) {
        ChildJvm child = UnderTest.attached(jdk).options("-Dkasan.fault=explode");

        JvmResult result = UnderTest.run(child, "Hello");

        assertThat(result.status()).isOne();
        assertThat(UnderTest.err(result))
                .singleElement()
                .asString()
                .startsWith("jkasan: ")
                .contains("\"explode\"")
                .contains("report, throw, panic, panic_on_write");
    }

    /** An agent argument wins over a system property, and that over the file. */
    @ParameterizedTest
    @MethodSource(JDKS)
    void precedence_andTheLog(Jdk jdk) throws IOException {
        Path file = directory.resolve("kasan.properties");
        Path log = directory.resolve("of-the-argument");
        Path other = directory.resolve("of-the-property");
        Files.writeString(
                file, "kasan.log=" + directory.resolve("of-the-file") + "\nkasan_multi_shot=on\n");
        ChildJvm child =
                UnderTest.attached(jdk, "kasan.log=" + log)
                        .options("-Dkasan.log=" + other, "-Dkasan.options=" + file);

        JvmResult result = UnderTest.run(child, "Overflow");

        assertThat(result.status()).isZero();
        assertThat(UnderTest.err(result)).isEmpty();
        assertThat(Files.readString(log)).contains("BUG: KASAN: ").endsWith(" armed, 6 reports\n");
        assertThat(directory).isDirectoryNotContaining("glob:**of-the-[pf]*");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void reportJson_isALineForEachReport(Jdk jdk) throws IOException {
        Path json = directory.resolve("json");
        ChildJvm child = UnderTest.attached(jdk, "kasan.report_json=" + json);

        JvmResult result = UnderTest.run(child, "Overflow");

        assertThat(UnderTest.titles(result)).hasSize(4);
        assertThat(Files.readAllLines(json))
                .hasSize(4)
                .allMatch(line -> line.startsWith("{\"jkasan\":\"") && line.endsWith("\"}"))
                .allMatch(line -> line.contains("\"title\":\"vmalloc-out-of-bounds\""))
                .allMatch(line -> line.contains("\"file\":\"Overflow.java\""));
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void once_reportsTheFirstBadAccessOnly(Jdk jdk) {
        JvmResult result = UnderTest.run(UnderTest.attached(jdk, "kasan.report=once"), "Overflow");

        assertThat(result.outLines()).last().isEqualTo("went on");
        assertThat(UnderTest.titles(result))
                .containsExactly("BUG: KASAN: vmalloc-out-of-bounds in Overflow.array");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void panicOnWarn_haltsAfterTheFirstReport(Jdk jdk) {
        JvmResult result =
                UnderTest.run(UnderTest.attached(jdk, "kasan.panic_on_warn"), "Overflow");

        assertThat(result.status()).isEqualTo(66);
        assertThat(UnderTest.titles(result)).hasSize(1);
        assertThat(UnderTest.err(result))
                .last()
                .isEqualTo("Kernel panic - not syncing: KASAN: panic_on_warn set ...");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void exclude_leavesClassesUnchecked(Jdk jdk) {
        ChildJvm child = UnderTest.attached(jdk, "kasan.exclude=*.Overflow");

        JvmResult result = UnderTest.run(child, "Overflow");

        assertThat(UnderTest.err(result))
                .containsExactly(
                        "jkasan: 0 classes instrumented, 0 failed, 0 checks armed, 0 reports:"
                                + " kasan.include=* and kasan.exclude=*.Overflow leave no class with"
                                + " anything to check");
        assertThat(result.outLines()).last().isEqualTo("went on");
    }

    @ParameterizedTest
    @MethodSource(JDKS)
    void dump_holdsBothForms(Jdk jdk) throws IOException {
        Path dump = directory.resolve("dump");
        ChildJvm child = UnderTest.attached(jdk, "kasan.dump=" + dump, "kasan.include=*.Hello");

        assertThat(UnderTest.run(child, "Hello").status()).isZero();

        String file = "org/jkasan/samples/agent/program/Hello.";
        assertThat(dump.resolve(file + "original"))
                .hasSameBinaryContentAs(UnderTest.testClasses().resolve(file + "class"));
        assertThat(Files.size(dump.resolve(file + "class")))
                .isGreaterThan(Files.size(dump.resolve(file + "original")));
    }
}
