package org.jkasan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jkasan.samples.launch.ChildJvm;
import org.jkasan.samples.launch.Jdk;
import org.jkasan.samples.launch.Jdks;
import org.jkasan.samples.launch.JvmResult;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged scoreboard, with the packaged agent. The figures are not asserted. */
class GoalsIT {

    private static final Path JAR = Path.of("target", "bench.jar").toAbsolutePath();

    private static JvmResult bench(String... args) {
        return ChildJvm.on(Jdks.running()).jar(JAR, args).run();
    }

    private static int rowsOf(String area) {
        return (int)
                Catalogue.rows().stream().filter(row -> row.goal().area().equals(area)).count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vmalloc", "test-vmalloc"})
    void goals_everyRowIsMeasured(String area) {
        Jdk jdk = Jdks.running();
        JvmResult result = bench("goals", area, "--smoke", "--jdk=" + jdk.feature());
        List<String> rows =
                result.outLines().stream().filter(line -> line.startsWith(area + " ")).toList();
        assertThat(rows)
                .as(result.toString())
                .hasSize(rowsOf(area))
                .allSatisfy(row -> assertThat(row).contains(jdk.version()))
                .noneSatisfy(row -> assertThat(row).endsWith("FAILED"));
        boolean missed = rows.stream().anyMatch(row -> row.endsWith("missed"));
        assertThat(result.status()).as(result.toString()).isEqualTo(missed ? 1 : 0);
        assertThat(result.errLines()).hasSameSizeAs(rows);
        assertThat(rows)
                .filteredOn(row -> row.contains("shadow left, strict"))
                .allSatisfy(row -> assertThat(row).endsWith("met"))
                .hasSize(area.equals("vmalloc") ? 1 : 0);
    }

    /** Dozens of pairs of JVMs, and programs that run for seconds. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"instrumentation", "programs"})
    void goals_everyRowIsMeasured_ofManyJvms(String area) {
        goals_everyRowIsMeasured(area);
    }

    @Test
    void goals_unknownArea() {
        JvmResult result = bench("goals", "speed");
        assertThat(result.status()).isEqualTo(2);
        assertThat(result.errLines())
                .containsExactly(
                        "Unknown area \"speed\"; known are: "
                                + String.join(", ", Catalogue.areas())
                                + ".");
    }

    @Test
    void jmh_listsTheBenchmarks() {
        JvmResult result = bench("jmh", "-l");
        assertThat(result.status()).isZero();
        assertThat(result.out()).contains("org.jkasan.bench.loops.Xor.ints");
    }
}
