package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jkasan.config.OptionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {

    @TempDir Path directory;

    @Test
    void newFile_isTheOwnersAlone() throws IOException {
        Path log = directory.resolve("log");
        ReportSink.file(log).write("a\n");
        assertThat(Files.getPosixFilePermissions(log))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void oldFile_isAppendedTo() throws IOException {
        Path log = Files.writeString(directory.resolve("log"), "before\n");
        ReportSink sink = ReportSink.file(log);
        sink.write("one\n");
        sink.write("tw\u00f6\n");
        assertThat(log).hasContent("before\none\ntw\u00f6\n");
    }

    @Test
    void symbolicLink_isRefused() throws IOException {
        Path target = Files.writeString(directory.resolve("target"), "");
        Path link = Files.createSymbolicLink(directory.resolve("link"), target);
        refused(link, "it is a symbolic link");
        assertThat(target).isEmptyFile();
    }

    @Test
    void danglingLink_isRefused() throws IOException {
        Path target = directory.resolve("target");
        refused(
                Files.createSymbolicLink(directory.resolve("link"), target),
                "it is a symbolic link");
        assertThat(target).doesNotExist();
    }

    @Test
    void directory_isRefused() {
        refused(directory, "it is not a regular file");
    }

    @Test
    void missingDirectory_isRefused() {
        refused(directory.resolve("no/log"), "its directory does not exist");
    }

    @Test
    void fileInPlaceOfDirectory_isRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        refused(file.resolve("log"), "the host says");
    }

    @Test
    @EnabledIf("hasFullDevice")
    void failedWrite_goesToTheFallback() throws IOException {
        List<String> fallback = new ArrayList<>();
        FileSink sink = FileSink.unchecked(Path.of("/dev/full"), fallback::add);
        sink.write("one\n");
        sink.write("two\n");
        assertThat(fallback).hasSize(3);
        assertThat(fallback.get(0)).startsWith("KASAN: cannot write to /dev/full any more (");
        assertThat(fallback.subList(1, 3)).containsExactly("one\n", "two\n");
    }

    static boolean hasFullDevice() {
        return Files.exists(Path.of("/dev/full"));
    }

    @Test
    void interruptedThread_writesAndStaysInterrupted() {
        Path log = directory.resolve("log");
        ReportSink sink = ReportSink.file(log);
        Thread.currentThread().interrupt();
        sink.write("one\n");
        assertThat(Thread.interrupted()).isTrue();
        sink.write("two\n");
        assertThat(log).hasContent("one\ntwo\n");
    }

    private static void refused(Path path, String reason) {
        assertThatThrownBy(() -> ReportSink.file(path))
                .isInstanceOf(OptionException.class)
                .hasMessageStartingWith("Cannot write reports to " + path + ": " + reason)
                .hasMessageEndingWith(
                        "; kasan.log takes a regular file, new or old, in a directory that you may"
                                + " write.");
    }
}
