package org.jkasan.samples.testvmalloc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableOptionsTest {

    @TempDir private Path root;

    private Path samples;
    private Path agent;

    @BeforeEach
    void build() throws IOException {
        samples = file("samples/target/samples.jar");
        agent = file("agent/target/jkasan.jar");
    }

    private Path file(String name) throws IOException {
        Path path = root.resolve(name);
        Files.createDirectories(path.getParent());
        return Files.createFile(path);
    }

    private TableOptions parse(String... arguments) throws UsageException {
        return TableOptions.parse(List.of(arguments), samples);
    }

    @Test
    void defaults_areAMinuteAndThreeColumns() throws UsageException {
        TableOptions options = parse();
        assertThat(options)
                .isEqualTo(
                        new TableOptions(
                                Duration.ofSeconds(60), false, false, null, null, samples, agent));
        assertThat(options.configurations())
                .containsExactly(
                        Configuration.NO_KASAN, Configuration.KASAN, Configuration.KASAN_VMALLOC);
    }

    @Test
    void everyOption_isTaken() throws IOException, UsageException {
        Path other = file("other.jar");
        TableOptions options =
                parse(
                        "budget=2m",
                        "stacks=full",
                        "control=on",
                        "csv=a.csv",
                        "svg=b.svg",
                        "agent=" + other);
        assertThat(options)
                .isEqualTo(
                        new TableOptions(
                                Duration.ofMinutes(2),
                                true,
                                true,
                                Path.of("a.csv"),
                                Path.of("b.svg"),
                                samples,
                                other));
        assertThat(options.configurations()).containsExactly(Configuration.values());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "fast ~ \"fast\" is none of table's options budget=60s, stacks=caller|full,",
                "loops=3 ~ \"loops=3\" is none of table's options",
                "budget=0s ~ budget=0s, expected seconds or minutes as in 90s or 2m",
                "budget=60 ~ budget=60, expected",
                "control=maybe ~ control=maybe, expected off or on",
                "stacks=auto ~ stacks=auto, expected caller or full",
                "agent=nowhere.jar ~ the agent is not at nowhere.jar; build it with",
            },
            quoteCharacter = '\'')
    void whatMakesNoSense_isSaid(String argument, String message) {
        assertThatThrownBy(() -> parse(argument))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void anOptionGivenTwice_isRefused() {
        assertThatThrownBy(() -> parse("csv=a", "csv=b")).hasMessage("csv is given twice");
    }
}
