package org.jkasan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return Bench.run(
                List.of(args),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void run_withoutArguments() {
        assertThat(run()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("usage: java -jar bench.jar goals [AREA]")
                .contains("one of: instrumentation");
    }

    @Test
    void run_unknownCommand() {
        assertThat(run("gaols")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("Unknown command \"gaols\"; known are goals, mutants and jmh.");
    }

    @Test
    void run_unknownArea() {
        assertThat(run("goals", "speed")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .startsWith("Unknown area \"speed\"; known are: instrumentation");
    }

    @Test
    void run_jdkThatIsNotInstalled() {
        assertThat(run("goals", "--jdk=9")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("No JDK 9 is installed; found: ");
    }
}
