package org.jkasan.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionParserTest {

    private static final String KEYS =
            "kasan.fault, kasan_multi_shot, kasan.report, kasan.panic_on_warn, kasan.log,"
                    + " kasan.report_json, kasan.titles, kasan.stacks,"
                    + " kasan.stack_depth, kasan.vmalloc, kasan.vmalloc_strict, kasan.page_owner,"
                    + " kasan.include,"
                    + " kasan.exclude, kasan.dump, kasan.options";

    @TempDir private Path directory;

    private static KasanConfig parse(String arguments, String... properties) {
        Properties system = new Properties();
        system.setProperty("java.home", "/opt/java");
        for (int i = 0; i < properties.length; i += 2) {
            system.setProperty(properties[i], properties[i + 1]);
        }
        return OptionParser.parse(arguments, system);
    }

    private static OptionException refused(String arguments, String... properties) {
        return catchThrowableOfType(OptionException.class, () -> parse(arguments, properties));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("kasan.properties"), text);
    }

    @ParameterizedTest
    @NullAndEmptySource
    void noOptions_areTheDefaults(String arguments) {
        assertThat(parse(arguments))
                .isEqualTo(KasanConfig.defaults())
                .isEqualTo(
                        new KasanConfig(
                                FaultMode.REPORT,
                                ReportMode.DISTINCT,
                                false,
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                StackMode.AUTO,
                                64,
                                true,
                                false,
                                false,
                                List.of("*"),
                                List.of(),
                                Optional.empty()));
    }

    @Test
    void agentArguments_allOfThem() {
        assertThat(
                        parse(
                                "kasan.fault=panic_on_write,kasan_multi_shot,kasan.report=once,"
                                        + "kasan.panic_on_warn,kasan.log=/tmp/a=b,kasan.report_json=json,"
                                        + "kasan.titles=linux,kasan.stacks=caller,kasan.stack_depth=7,"
                                        + "kasan.vmalloc=off,"
                                        + "kasan.vmalloc_strict,kasan.page_owner,kasan.include=a.*:b.C,"
                                        + "kasan.exclude=a.b.*,kasan.dump=out"))
                .isEqualTo(
                        new KasanConfig(
                                FaultMode.PANIC_ON_WRITE,
                                ReportMode.ALL,
                                true,
                                Optional.of(Path.of("/tmp/a=b")),
                                Optional.of(Path.of("json")),
                                true,
                                StackMode.CALLER,
                                7,
                                false,
                                true,
                                true,
                                List.of("a.*", "b.C"),
                                List.of("a.b.*"),
                                Optional.of(Path.of("out"))));
    }

    @ParameterizedTest
    @CsvSource({
        "report, REPORT",
        "throw, THROW",
        "panic, PANIC",
        "panic_on_write, PANIC_ON_WRITE",
    })
    void fault_hasFourValues(String value, FaultMode mode) {
        assertThat(parse("kasan.fault=" + value).fault()).isEqualTo(mode);
    }

    @ParameterizedTest
    @CsvSource({"distinct, DISTINCT", "once, ONCE", "all, ALL"})
    void report_hasThreeValues(String value, ReportMode mode) {
        assertThat(parse("kasan.report=" + value).report()).isEqualTo(mode);
    }

    @Test
    void multiShot_bareKeyMeansOn() {
        assertThat(parse("kasan_multi_shot").report()).isEqualTo(ReportMode.ALL);
        assertThat(parse("kasan_multi_shot=on").report()).isEqualTo(ReportMode.ALL);
        assertThat(parse("kasan_multi_shot=off").report()).isEqualTo(ReportMode.DISTINCT);
        assertThat(parse(null, "kasan_multi_shot", "").report()).isEqualTo(ReportMode.ALL);
    }

    @Test
    void agentArgument_winsOverSystemProperty_overFile_overDefault() throws IOException {
        Path file = file("kasan.fault=panic\nkasan.titles=linux\nkasan.log=from file, with comma");
        KasanConfig config =
                parse(
                        "kasan.fault=throw",
                        "kasan.fault",
                        "report",
                        "kasan.titles",
                        "jkasan",
                        "kasan.options",
                        file.toString());
        assertThat(config.fault()).isEqualTo(FaultMode.THROW);
        assertThat(config.linuxTitles()).isFalse();
        assertThat(config.log()).contains(Path.of("from file, with comma"));
        assertThat(config.report()).isEqualTo(ReportMode.DISTINCT);
    }

    @Test
    void optionsFile_ofTheAgentArguments_winsOverThatOfTheSystemProperties() throws IOException {
        Path file = file("kasan_multi_shot");
        assertThat(parse("kasan.options=" + file, "kasan.options", "/nowhere").report())
                .isEqualTo(ReportMode.ALL);
    }

    @Test
    void unknownKey_listsTheKnown() {
        OptionException e = refused("kasan.fault=throw,kasan.falt=panic");
        assertThat(e.key()).isEqualTo("kasan.falt");
        assertThat(e)
                .hasMessage(
                        "Unknown option \"kasan.falt\" in the agent's arguments; known are "
                                + KEYS
                                + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kasan.", "kasan.x", "kasan_multishot", "kasan.Fault"})
    void unknownSystemProperty_ofOurs_listsTheKnown(String key) {
        assertThat(refused(null, key, "1"))
                .hasMessage(
                        "Unknown option \""
                                + key
                                + "\" in the system properties; known are "
                                + KEYS
                                + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "kasan_multi_shot,", "=on", "KASAN.FAULT=throw", " kasan.fault"})
    void agentArguments_malformed_areUnknownKeys(String arguments) {
        assertThat(refused(arguments))
                .hasMessageContaining("Unknown option")
                .hasMessageContaining(KEYS);
    }

    @Test
    void badValue_listsTheKnown() {
        OptionException e = refused("kasan.fault=PANIC");
        assertThat(e.key()).isEqualTo("kasan.fault");
        assertThat(e)
                .hasMessage(
                        "Option kasan.fault in the agent's arguments has the bad value \"PANIC\";"
                                + " known are report, throw, panic, panic_on_write.");
        assertThat(refused(null, "kasan_multi_shot", "1"))
                .hasMessage(
                        "Option kasan_multi_shot in the system properties has the bad value"
                                + " \"1\"; known are on, off.");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 10, 99, 100, 999, 1000, 1019, 1020, 1024})
    void stackDepth_isAWholeNumber(int depth) {
        assertThat(parse("kasan.stack_depth=" + depth).stackDepth()).isEqualTo(depth);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "1025", "1030", "1100", "2000", "-1", "+1", "064", "1e2", "\u0661"})
    void stackDepth_thatIsNone_saysWhatIsExpected(String value) {
        assertThat(refused("kasan.stack_depth=" + value))
                .hasMessage(
                        "Option kasan.stack_depth in the agent's arguments has the bad value \""
                                + value
                                + "\"; expected is kasan.stack_depth=1..1024.");
    }

    @Test
    void badValue_ofAWeakerPlace_isAnErrorToo() {
        assertThat(refused("kasan.titles=linux", "kasan.titles", "posix"))
                .hasMessageContaining("known are jkasan, linux");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kasan.fault", "kasan.fault="})
    void missingValue_listsTheKnown(String arguments) {
        assertThat(refused(arguments))
                .hasMessage(
                        "Option kasan.fault in the agent's arguments has no value; known are"
                                + " report, throw, panic, panic_on_write.");
    }

    @ParameterizedTest
    @CsvSource({
        "kasan.stack_depth, kasan.stack_depth=1..1024",
        "kasan.log, kasan.log=FILE",
        "kasan.dump, kasan.dump=DIR",
        "kasan.options, kasan.options=FILE",
        "kasan.include, kasan.include=GLOB[:GLOB...]",
        "kasan.exclude, kasan.exclude=GLOB[:GLOB...]",
    })
    void missingValue_saysWhatIsExpected(String key, String expected) {
        assertThat(refused(null, key, ""))
                .hasMessage(
                        "Option "
                                + key
                                + " in the system properties has no value; expected is "
                                + expected
                                + ".");
    }

    @Test
    void duplicateKey_showsBothValues() {
        assertThat(refused("kasan.fault=throw,kasan_multi_shot,kasan.fault=panic"))
                .hasMessage(
                        "Option kasan.fault in the agent's arguments is given twice, as \"throw\""
                                + " and \"panic\"; give it once.");
    }

    @Test
    void duplicateKey_inTheFile_showsBothValues() throws IOException {
        Path file = file("kasan.fault=throw\nkasan.fault: throw\n");
        assertThat(refused("kasan.options=" + file))
                .hasMessage(
                        "Option kasan.fault in the options file is given twice, as \"throw\" and"
                                + " \"throw\"; give it once.");
    }

    @Test
    void unknownKey_inTheFile_listsTheKnown() throws IOException {
        Path file = file("# ours\nfault=throw\n");
        assertThat(refused("kasan.options=" + file))
                .hasMessage(
                        "Unknown option \"fault\" in the options file; known are " + KEYS + ".");
    }

    @Test
    void optionsFile_inTheOptionsFile_isRefused() throws IOException {
        Path file = file("kasan.options=other");
        assertThat(refused("kasan.options=" + file))
                .hasMessageContaining("Option kasan.options in the options file");
    }

    @Test
    void optionsFile_thatIsMissing_isNamed() {
        Path missing = directory.resolve("none");
        assertThat(refused("kasan.options=" + missing))
                .hasMessage(
                        "Options file \""
                                + missing
                                + "\" cannot be read (no such file); kasan.options takes a"
                                + " properties file in UTF-8 with the keys "
                                + KEYS
                                + ".");
    }

    @Test
    void optionsFile_thatIsADirectory_isRefused() {
        assertThat(refused("kasan.options=" + directory))
                .hasMessageContaining("cannot be read (")
                .hasMessageContaining(KEYS);
    }

    @Test
    void optionsFile_thatIsNotText_isRefused() throws IOException {
        Path latin = directory.resolve("latin");
        Files.write(latin, "kasan.log=\u00fc".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refused("kasan.options=" + latin)).hasMessageContaining("(not UTF-8)");
        assertThat(refused("kasan.options=" + file("kasan.log=\\u12")))
                .hasMessageContaining("cannot be read (Malformed");
    }

    @Test
    void badPath_isRefused() {
        assertThat(refused("kasan.log=a\0b"))
                .hasMessageContaining("Option kasan.log in the agent's arguments has the bad value")
                .hasMessageContaining("it is no path");
    }

    @ParameterizedTest
    @ValueSource(strings = {":", "a:", ":a", "a::b"})
    void globs_withAnEmptyOne_areRefused(String globs) {
        assertThat(refused("kasan.include=" + globs))
                .hasMessageContaining("\"" + globs + "\"; a glob in it is empty");
    }

    @Test
    void globs_withSlashes_areRefused() {
        assertThat(refused("kasan.exclude=org/jkasan/*"))
                .hasMessageContaining("class names have dots, not slashes");
    }
}
