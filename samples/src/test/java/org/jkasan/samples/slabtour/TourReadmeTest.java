package org.jkasan.samples.slabtour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jkasan.samples.Sample;
import org.junit.jupiter.api.Test;

/** What the tour says of itself, on the command line and in the README. */
class TourReadmeTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return new SlabTour()
                .run(
                        List.of(arguments),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void readme_hasEveryStopWithItsPresentLine() throws IOException {
        String text = Files.readString(Path.of("README.md"));
        for (Stop stop : Stop.all()) {
            assertThat(text).contains("| `" + stop.key() + "` | " + stop.title() + " |");
            int start =
                    text.indexOf("\n#### " + stop.key() + "\n\n```\nBUG: KASAN: " + stop.title());
            assertThat(start).as(stop.key()).isPositive();
            String report = text.substring(text.indexOf(" <TASK>\n", start));
            assertThat(report.lines().skip(1).findFirst().orElseThrow())
                    .as("the first frame of %s, written again by a new run", stop.key())
                    .endsWith("(" + SlabTourIT.marked(stop) + ")");
        }
    }

    @Test
    void list_namesEveryStop() {
        assertThat(run("list")).isEqualTo(Sample.DONE);
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(Stop.all().size());
    }

    @Test
    void badArguments_areOneSentence() {
        assertThat(run("nowhere")).isEqualTo(Sample.USAGE);
        assertThat(run("list", "list")).isEqualTo(Sample.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "slab-tour: there is no stop \"nowhere\"; list shows them\n"
                                + "slab-tour: one stop at most, not 2; see list\n");
    }

    @Test
    void withoutKasan_everyStopGoesUnnoticed() {
        assertThat(run()).isEqualTo(Sample.DONE);
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("KASAN");
    }
}
