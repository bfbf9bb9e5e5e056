package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jkasan.config.KasanConfig;
import org.jkasan.config.OptionException;
import org.jkasan.config.OptionParser;
import org.jkasan.host.HostMemories;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that kasan.report_json names. */
class ReportJsonFileTest {

    private static final int THREADS = 4;
    private static final int REPORTS = 50;
    private static final long HOST = 0x1000_0000_0000L;

    @TempDir Path directory;

    private KasanConfig config(String log, String json) {
        return OptionParser.parse(
                "kasan_multi_shot,kasan.log="
                        + directory.resolve(log)
                        + ",kasan.report_json="
                        + directory.resolve(json),
                new Properties());
    }

    @Test
    void reportsOfManyThreads_areALineEach_besideTheText() throws Exception {
        KasanConfig config = config("log", "json");
        try (Shadow shadow = Shadow.reserve(HostMemories.fromClassPath())) {
            shadow.poison(HOST, 4096, ShadowByte.VMALLOC_INVALID);
            Reporter reporter = new Reporter(shadow, config, ReportSink.of(config));
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int first = 1 + t * REPORTS;
                threads.add(new Thread(() -> report(reporter, first)));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        List<Long> sizes = new ArrayList<>();
        for (String line : Files.readAllLines(directory.resolve("json"))) {
            sizes.add(JsonReports.read(line + "\n").size());
        }
        assertThat(sizes).hasSize(THREADS * REPORTS).doesNotHaveDuplicates();
        assertThat(sizesOf(Files.readString(directory.resolve("log")))).isEqualTo(sizes);
    }

    private static void report(Reporter reporter, int first) {
        for (int i = 0; i < REPORTS; i++) {
            reporter.report(new BadAccess(AccessKind.READ, HOST, HOST, first + i));
        }
    }

    private static List<Long> sizesOf(String text) {
        return text.lines()
                .filter(line -> line.startsWith("Read of size "))
                .map(line -> Long.valueOf(line.split(" ")[3]))
                .toList();
    }

    @Test
    void newFile_isItsOwnersAlone() throws IOException {
        ReportSink.of(config("log", "json"));
        assertThat(Files.getPosixFilePermissions(directory.resolve("json")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void link_isRefused_underItsOption() throws IOException {
        Files.createSymbolicLink(directory.resolve("json"), directory.resolve("elsewhere"));
        assertThatThrownBy(() -> ReportSink.of(config("log", "json")))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("it is a symbolic link; kasan.report_json takes a regular");
    }

    @Test
    void fileOfTheLog_isRefused() {
        assertThatThrownBy(() -> ReportSink.of(config("same", "same")))
                .isInstanceOf(OptionException.class)
                .hasMessageContaining("give the lines of JSON a file of their own.");
    }
}
