package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding the tracked arrays in JVMs whose objects have headers of all kinds. */
class MarkWordIT {

    @TempDir private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:+UseG1GC",
                "-XX:+UseSerialGC",
                "-XX:+UseParallelGC",
                "-XX:+UseZGC",
                "-XX:+UseShenandoahGC",
                "-XX:-UseCompressedOops",
                "-XX:-UseCompressedClassPointers",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+UseCompactObjectHeaders -XX:+UseZGC",
                "-XX:+UseCompactObjectHeaders -XX:+UseSerialGC",
                "-XX:+UseBiasedLocking",
                "-XX:+UseHeavyMonitors",
                "-XX:LockingMode=1",
                "-Xint"
            })
    void headers_showTheHash(String options) throws IOException, InterruptedException {
        assertThat(probe(options)).isEqualTo("known: all found");
    }

    /** 2: every hash is 1; 3: a counter. 0 and 1 are random, 4 an address, 5 the default. */
    @ParameterizedTest
    @ValueSource(strings = {"-XX:hashCode=2", "-XX:hashCode=3"})
    void headers_thatShowLittle_areNotTrusted(String options)
            throws IOException, InterruptedException {
        assertThat(probe(options)).isEqualTo("not known: all found");
    }

    private String probe(String options) throws IOException, InterruptedException {
        assertThat(java("", "-version")).as("a JVM").isZero();
        assumeFalse(java(options, "-version") != 0, "this JVM does not have " + options);
        assertThat(
                        java(
                                options,
                                "-Xmx128m",
                                "--add-exports",
                                "java.base/jdk.internal.misc=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                MarkWordProbe.class.getName()))
                .isZero();
        // Before it, HotSpot may have warned of the option.
        List<String> output = Files.readAllLines(directory.resolve("out"));
        return output.get(output.size() - 1);
    }

    private int java(String options, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UnlockExperimentalVMOptions");
        command.add("-XX:+UnlockDiagnosticVMOptions");
        for (String option : options.split(" ")) {
            if (!option.isEmpty()) {
                command.add(option);
            }
        }
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start()
                .waitFor();
    }
}
