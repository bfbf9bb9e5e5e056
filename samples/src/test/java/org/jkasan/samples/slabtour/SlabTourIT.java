package org.jkasan.samples.slabtour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.Jdks;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tour as users take it: every stop gives its report, at its line, and no other. */
class SlabTourIT {

    private static final Path AGENT = Path.of("../agent/target/jkasan.jar").toAbsolutePath();
    private static final Path SAMPLES = Path.of("target/samples.jar").toAbsolutePath();
    private static final Path SOURCES = Path.of("src/main/java/org/jkasan/samples/slabtour");
    private static final String REPORT = "BUG: KASAN: ";

    static List<Jdk> jdks() {
        return Jdks.installed();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void everyStop_isReportedOnceAtItsLine(Jdk jdk) {
        JvmResult result =
                ChildJvm.on(jdk)
                        .agent(AGENT, "kasan_multi_shot=on")
                        .jar(SAMPLES, "slab-tour")
                        .run();
        assertThat(result.status()).as(result.err()).isZero();
        List<String> titles = new ArrayList<>();
        List<String> places = new ArrayList<>();
        List<String> lines = result.err().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(REPORT)) {
                titles.add(lines.get(i).substring(REPORT.length()).split(" in ")[0]);
            } else if (lines.get(i).equals(" <TASK>")) {
                String frame = lines.get(i + 1);
                places.add(frame.substring(frame.indexOf('(') + 1, frame.indexOf(')')));
            }
        }
        assertThat(titles).isEqualTo(Stop.all().stream().map(Stop::title).toList());
        assertThat(places).isEqualTo(Stop.all().stream().map(SlabTourIT::marked).toList());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void withoutTheAgent_nothingIsReported(Jdk jdk) {
        JvmResult result = ChildJvm.on(jdk).jar(SAMPLES, "slab-tour").run();
        assertThat(result.status()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContain(REPORT);
        assertThat(result.out().lines()).hasSize(Stop.all().size());
    }

    /** The only place that is marked with a stop's name, as a stack frame shows it. */
    static String marked(Stop stop) {
        String comment = "// BUG: " + stop.key();
        try (Stream<Path> files = Files.list(SOURCES)) {
            List<String> found = files.flatMap(file -> in(file, comment)).toList();
            assertThat(found).as(comment).hasSize(1);
            return found.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> in(Path file, String comment) {
        try {
            List<String> lines = Files.readAllLines(file);
            return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
                    .filter(i -> lines.get(i).endsWith(comment))
                    .map(i -> file.getFileName() + ":" + (i + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
