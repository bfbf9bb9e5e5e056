package org.jkasan.samples.modload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.jkasan.samples.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModLoadTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir Path directory;

    private int run(Object... arguments) {
        List<String> strings = Arrays.stream(arguments).map(Object::toString).toList();
        return new ModLoad().run(strings, stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    @Test
    void run_goodFile() throws IOException {
        Path file = file("jk-small.so.1", SmallElf.shared());
        assertThat(run(file)).isEqualTo(Sample.DONE);
        assertThat(text(out))
                .startsWith("modload: " + file + "\nELF64 little endian, DYN, x86-64, 2288 bytes\n")
                .contains("\nModule 'jk-small' at 0xffffc9");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void run_badFile_isOneSentence() throws IOException {
        Path file = file("text", "#!/bin/sh\n".repeat(10).getBytes(StandardCharsets.UTF_8));
        assertThat(run(file)).isEqualTo(Sample.FAILED);
        assertThat(text(out)).isEmpty();
        assertThat(text(err))
                .isEqualTo(
                        "modload: %s: is no ELF file: it begins with 23 21 2f 62, expected"
                                        .formatted(file)
                                + " 7f 45 4c 46\n");
    }

    @Test
    void run_emptyFile() throws IOException {
        Path file = file("empty", new byte[0]);
        assertThat(run(file)).isEqualTo(Sample.FAILED);
        assertThat(text(err))
                .isEqualTo(
                        "modload: %s: is 0 bytes long, too short for the 64 of an ELF header\n"
                                .formatted(file));
    }

    @Test
    void run_noFile() {
        Path file = directory.resolve("missing");
        assertThat(run(file)).isEqualTo(Sample.FAILED);
        assertThat(text(err)).isEqualTo("modload: %s: no such file\n".formatted(file));
    }

    @Test
    void run_directory() {
        assertThat(run(directory)).isEqualTo(Sample.FAILED);
        assertThat(text(err))
                .isEqualTo(
                        "modload: %s: is a directory, expected an ELF file\n".formatted(directory));
    }

    @Test
    void run_noRegularFile() {
        assertThat(run("/dev/null")).isEqualTo(Sample.FAILED);
        assertThat(text(err))
                .isEqualTo("modload: /dev/null: is no regular file, expected an ELF file\n");
    }

    @Test
    void run_bugList_namesThem() {
        assertThat(run("bug=list")).isEqualTo(Sample.DONE);
        assertThat(text(out).lines().map(line -> line.split(" +")[0]))
                .containsExactlyElementsOf(Bug.all().stream().map(Bug::key).toList());
    }

    @Test
    void run_unknownBug() {
        assertThat(run("bug=x")).isEqualTo(Sample.USAGE);
        assertThat(text(err))
                .startsWith("modload: unknown bug \"x\", expected one of section-count");
    }

    /** All but the double free: vfree() itself warns of that in the kernel's log. */
    @Test
    void run_withABug_goesOnSilentlyWithoutTheAgent() throws IOException {
        for (byte[] bytes : List.of(SmallElf.shared(), SmallElf.object())) {
            Path file = file("small", bytes);
            for (Bug bug : EnumSet.complementOf(EnumSet.of(Bug.NONE, Bug.DOUBLE_FREE))) {
                assertThat(run(file, "bug=" + bug.key())).as(bug.key()).isEqualTo(Sample.DONE);
                assertThat(text(err)).as(bug.key()).isEmpty();
            }
        }
    }
}
