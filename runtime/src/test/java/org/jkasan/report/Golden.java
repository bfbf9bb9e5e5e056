package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected texts as files, which {@code -Djkasan.golden=write} rewrites for a look at the diff. */
final class Golden {

    private static final Path DIRECTORY = Path.of("src", "test", "resources", "report");

    private Golden() {}

    static void check(String name, String text) throws IOException {
        Path file = DIRECTORY.resolve(name + ".txt");
        if ("write".equals(System.getProperty("jkasan.golden"))) {
            Files.writeString(file, text);
        }
        assertThat(text).as("the report %s", file).isEqualTo(Files.readString(file));
    }
}
