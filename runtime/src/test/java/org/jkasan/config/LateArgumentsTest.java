package org.jkasan.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateArgumentsTest {

    @TempDir Path directory;

    private final Properties properties = new Properties();

    @Test
    void checked_relativePaths_becomeAbsolute() {
        String log = Path.of("a.log").toAbsolutePath().toString();

        assertThat(checked("kasan.log=a.log,kasan_multi_shot,kasan.include=a.*:b"))
                .isEqualTo("kasan.log=" + log + ",kasan_multi_shot,kasan.include=a.*:b");
        assertThat(checked("kasan.dump=/d")).isEqualTo("kasan.dump=/d");
        assertThat(checked("")).isEmpty();
    }

    @Test
    void checked_whatIsNotUnderstood_isRefused() {
        assertRefused("kasan.foult=throw", "Unknown option \"kasan.foult\"");
        assertRefused("kasan.fault=maybe", "Option kasan.fault in the agent's arguments has");
        assertRefused("kasan.log=", "Option kasan.log in the agent's arguments has no value");
        assertRefused("kasan.log=\0", "Option kasan.log in the agent's arguments has the bad");
        assertRefused(",", "Unknown option \"\"");
    }

    /** The agent is going to read them as well. */
    @Test
    void checked_theProgramsOwnProperties_count() {
        properties.setProperty("kasan.fault", "maybe");

        assertRefused("", "Option kasan.fault in the system properties has the bad value");
    }

    @Test
    void checked_theProgramsOwnFile_liesWhereTheProgramWasStarted() throws IOException {
        Files.writeString(directory.resolve("its.options"), "kasan.fault=throw\n");
        properties.setProperty("kasan.options", "its.options");
        properties.setProperty("user.dir", directory.toString());

        assertThat(checked("kasan.report=once")).isEqualTo("kasan.report=once");

        properties.setProperty("kasan.options", "none.options");
        assertRefused("", "Options file \"" + directory.resolve("none.options") + "\" cannot");
    }

    private String checked(String arguments) {
        return LateArguments.checked(arguments, properties);
    }

    private void assertRefused(String arguments, String sentence) {
        assertThatThrownBy(() -> checked(arguments))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith(sentence);
    }
}
