package org.jkasan.samples.modload;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.Jdks;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sample as users run it: the packaged jars, every installed JDK, its own libjvm. */
class ModLoadIT {

    private static final Path AGENT = Path.of("../agent/target/jkasan.jar").toAbsolutePath();
    private static final Path SAMPLES = Path.of("target/samples.jar").toAbsolutePath();
    private static final Path TESTS = Path.of("target/test-classes").toAbsolutePath();
    private static final String REPORT = "BUG: KASAN: ";

    /** What a bug's report begins with. */
    private record Expected(Bug bug, String title, String method, String access) {

        /** The title and access lines that are the same in every run. */
        String headline() {
            return REPORT + title + " in " + method + "\n" + access;
        }
    }

    private static final List<Expected> EXPECTED =
            List.of(
                    new Expected(
                            Bug.SECTION_COUNT,
                            "vmalloc-out-of-bounds",
                            "SectionTable.allocated",
                            "Read of size 8 at addr ffffc9"),
                    new Expected(
                            Bug.UNTERMINATED_STRINGS,
                            "vmalloc-out-of-bounds",
                            "StringTable.length",
                            "Read of size 1 at addr ffffc9"),
                    new Expected(
                            Bug.OFFSET_WRAP,
                            "vmalloc-out-of-bounds",
                            "DynamicTable.walk",
                            "Read of size 8 at addr ffffc9"),
                    new Expected(
                            Bug.USE_AFTER_FREE,
                            "vmalloc-use-after-free",
                            "Loader.entry",
                            "Read of size 8 at addr ffffc9"),
                    new Expected(
                            Bug.STALE_SYMBOLS,
                            "vmalloc-use-after-free",
                            "SymbolTable.value",
                            "Read of size 8 at addr ffffc9"),
                    new Expected(
                            Bug.DOUBLE_FREE, "double-free", "Devres.vfree", "Free of addr ffffc9"),
                    new Expected(
                            Bug.RELOCATION_PAST_END,
                            "vmalloc-out-of-bounds",
                            "Relocator.store",
                            "Write of size 8 at addr ffffc9"),
                    new Expected(
                            Bug.NAME_OVERFLOW,
                            "vmalloc-out-of-bounds",
                            "ModuleMemory.writeName",
                            "Write of size 1 at addr ffffc9"));

    static List<Jdk> jdks() {
        return Jdks.installed();
    }

    static Stream<Arguments> jdksAndBugs() {
        return jdks().stream().flatMap(jdk -> EXPECTED.stream().map(bug -> Arguments.of(jdk, bug)));
    }

    private static JvmResult run(Jdk jdk, boolean withAgent, String... arguments) {
        ChildJvm jvm = ChildJvm.on(jdk);
        if (withAgent) {
            jvm.agent(AGENT);
        }
        String[] all =
                Stream.concat(Stream.of("modload"), Stream.of(arguments)).toArray(String[]::new);
        return jvm.jar(SAMPLES, all).run();
    }

    private static long reports(JvmResult result) {
        return result.err().lines().filter(line -> line.contains(REPORT)).count();
    }

    private static void assertSummary(JvmResult result) {
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out())
                .startsWith("modload: ")
                .contains("\nELF64 little endian, DYN, ")
                .contains("\nSymbol table '.dynsym' contains ")
                .contains("\nModule 'libjvm' at 0xffffc9")
                .contains("\nExported symbols: ");
        assertThat(result.err()).doesNotContain("Exception").doesNotContain("\tat ");
    }

    @Test
    void everyBug_hasAnExpectation() {
        assertThat(EXPECTED).extracting(Expected::bug).containsExactlyElementsOf(Bug.all());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void noBug_noReport(Jdk jdk) {
        JvmResult plain = run(jdk, false);
        JvmResult watched = run(jdk, true);
        assertSummary(plain);
        assertSummary(watched);
        assertThat(plain.err()).doesNotContain(REPORT);
        assertThat(watched.err()).doesNotContain(REPORT);
        assertThat(watched.out()).isEqualTo(plain.out());
    }

    @ParameterizedTest
    @MethodSource("jdksAndBugs")
    void bug_withTheAgent_isReportedOnceAtItsLine(Jdk jdk, Expected expected) {
        JvmResult result = run(jdk, true, "bug=" + expected.bug().key());
        assertSummary(result);
        assertThat(reports(result)).as(result.err()).isEqualTo(1);
        assertThat(result.err()).contains(expected.headline());
        String trace = result.err().substring(result.err().indexOf("Call Trace:\n <TASK>\n"));
        assertThat(trace.lines().skip(2).findFirst().orElseThrow())
                .contains(expected.method() + "(" + Marker.of(expected.bug()) + ")");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void bug_withoutTheAgent_goesUnnoticed(Jdk jdk) {
        JvmResult result =
                ChildJvm.on(jdk)
                        .options("--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED")
                        .main(List.of(TESTS, SAMPLES), EveryBug.class.getName())
                        .run();
        assertSummary(result);
        assertThat(reports(result)).isZero();
        assertThat(result.out().lines().filter(line -> line.startsWith("modload: ")))
                .hasSize(Bug.all().size());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void badFile_withTheAgent_isOneSentence(Jdk jdk) {
        JvmResult result = run(jdk, true, SAMPLES.toString());
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines())
                .contains(
                        "modload: "
                                + SAMPLES
                                + ": is no ELF file: it begins with 50 4b 03 04, expected 7f 45 4c"
                                + " 46");
        assertThat(result.err()).doesNotContain(REPORT).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void spoiledFiles_withTheAgent_makeNoReport(Jdk jdk) {
        JvmResult result =
                ChildJvm.on(jdk)
                        .agent(AGENT, "kasan_multi_shot=on")
                        .main(
                                List.of(TESTS, SAMPLES),
                                MutationLoop.class.getName(),
                                "1000000",
                                "2000")
                        .run();
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.out()).matches("loaded \\d{2,}, refused \\d{2,}\\n");
        assertThat(reports(result)).as(result.err()).isZero();
    }
}
