package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class VersionTest {

    @Test
    void version_isTheBuilds() throws IOException {
        assertThat(Files.readString(Path.of("pom.xml")))
                .contains(
                        "<artifactId>jkasan-parent</artifactId>\n    <version>"
                                + Version.CURRENT
                                + "</version>");
    }
}
