package org.jkasan.samples.modload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The reports in the samples' README are of the code as it is. */
class ReadmeTest {

    @Test
    void readme_hasEveryBugWithItsPresentLine() throws IOException {
        String text = Files.readString(Path.of("README.md"));
        List<Bug> bugs = Bug.all();
        for (Bug bug : bugs) {
            assertThat(text).contains("| `" + bug.key() + "` | " + bug.description() + " |");
            int start = text.indexOf("\n#### " + bug.key() + "\n");
            assertThat(start).as(bug.key()).isPositive();
            String report = text.substring(text.indexOf(" <TASK>\n", start));
            assertThat(report.lines().skip(1).findFirst().orElseThrow())
                    .as("the first frame of %s, written again by a new run", bug.key())
                    .endsWith("(" + Marker.of(bug) + ")");
        }
    }
}
