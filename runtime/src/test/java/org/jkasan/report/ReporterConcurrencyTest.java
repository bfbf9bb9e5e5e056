package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.example.SectionTable;
import org.jkasan.config.KasanConfig;
import org.jkasan.config.OptionParser;
import org.jkasan.host.HostMemories;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReporterConcurrencyTest {

    private static final int THREADS = 8;
    private static final int REPORTS = 50;
    private static final long HOST = 0x1000_0000_0000L;
    private static final Pattern REPORT =
            Pattern.compile(
                    "={66}\\nBUG: KASAN: \\S+ in \\S+\\nRead of size (\\d+) at (?:(?!====).*\\n)*?"
                            + "Memory state around the buggy address:\\n(?:.*\\n){6}={66}\\n");

    @TempDir Path directory;

    @Test
    void reportsOfEightThreads_neverInterleave() throws Exception {
        Path log = directory.resolve("log");
        try (Shadow shadow = Shadow.reserve(HostMemories.fromClassPath())) {
            shadow.poison(HOST, 4096, ShadowByte.VMALLOC_INVALID);
            Reporter reporter = new Reporter(shadow, config(true), ReportSink.file(log));
            inParallel(
                    (thread, i) -> reporter.report(read(HOST + 8L * i, 1 + thread * REPORTS + i)));
            assertThat(reporter.reports()).isEqualTo(THREADS * REPORTS);
        }
        Matcher reports = REPORT.matcher(Files.readString(log));
        List<Integer> sizes = new ArrayList<>();
        int end = 0;
        while (reports.find()) {
            assertThat(reports.start()).isEqualTo(end);
            end = reports.end();
            sizes.add(Integer.parseInt(reports.group(1)));
        }
        assertThat(end).isEqualTo((int) Files.size(log));
        assertThat(sizes).hasSize(THREADS * REPORTS).doesNotHaveDuplicates();
    }

    @Test
    void oneBugOfEightThreads_isPrintedOnce() throws Exception {
        List<String> texts = new ArrayList<>();
        try (Shadow shadow = Shadow.reserve(HostMemories.fromClassPath())) {
            shadow.poison(HOST, 4096, ShadowByte.VMALLOC_INVALID);
            Reporter reporter = new Reporter(shadow, config(false), texts::add);
            inParallel((thread, i) -> reporter.report(read(HOST, 1)));
            assertThat(texts).hasSize(1);
            assertThat(reporter.repeats()).isEqualTo(THREADS * REPORTS - 1);
        }
    }

    private interface Work {
        void run(int thread, int i);
    }

    private static void inParallel(Work work) throws InterruptedException {
        CountDownLatch start = new CountDownLatch(THREADS);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            threads.add(new Thread(() -> run(work, thread, start)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void run(Work work, int thread, CountDownLatch start) {
        start.countDown();
        try {
            start.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (int i = 0; i < REPORTS; i++) {
            int iteration = i;
            SectionTable.parse(() -> work.run(thread, iteration));
        }
    }

    private static BadAccess read(long host, long size) {
        return new BadAccess(AccessKind.READ, host, host, size);
    }

    private static KasanConfig config(boolean multiShot) {
        return OptionParser.parse(multiShot ? "kasan_multi_shot" : "", new Properties());
    }
}
