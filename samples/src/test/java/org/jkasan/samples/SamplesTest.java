package org.jkasan.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private static final String USAGE = "usage: java -jar samples.jar list|one|two [ARGUMENT...]\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        Samples samples = new Samples(List.of(new Fake("one", 0), new Fake("two", 7)));
        return samples.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void run_nothing_isAUsage() {
        assertThat(run()).isEqualTo(Sample.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("samples: no sample named; " + USAGE);
    }

    @Test
    void run_unknown_isAUsage() {
        assertThat(run("three", "x")).isEqualTo(Sample.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("samples: no sample is called \"three\"; " + USAGE);
    }

    @Test
    void run_list_describesAll() {
        assertThat(run("list")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("one [X]\n    does one\ntwo [X]\n    does two\n");
    }

    @Test
    void run_sample_handsOverTheRestAndItsStatus() {
        assertThat(run("two", "a", "b")).isEqualTo(7);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("two [a, b]\n");
    }

    private record Fake(String name, int status) implements Sample {

        @Override
        public String arguments() {
            return "[X]";
        }

        @Override
        public String summary() {
            return "does " + name;
        }

        @Override
        public int run(List<String> arguments, PrintStream out, PrintStream err) {
            out.println(name + " " + arguments);
            return status;
        }
    }
}
