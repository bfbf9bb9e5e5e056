package org.jkasan.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.jkasan.config.FaultMode;
import org.jkasan.config.KasanConfig;
import org.jkasan.config.OptionParser;
import org.jkasan.host.HostMemories;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Reports over a real shadow; the memory itself is never touched and need not exist. */
abstract class ReporterFixture {

    static final long HOST = 0x1000_002f_d000L;
    static final long KERNEL = 0xffff_c900_002f_d000L;
    static final long DELTA = KERNEL - HOST;
    static final int SIZE = 2035;
    static final int PAGE = 4096;

    static Shadow shadow;

    final List<String> texts = new ArrayList<>();
    final List<Integer> halts = new ArrayList<>();

    @BeforeAll
    static void reserve() {
        shadow = Shadow.reserve(HostMemories.fromClassPath());
    }

    @AfterAll
    static void release() {
        shadow.close();
    }

    @BeforeEach
    void vmalloc() {
        shadow.unpoison(HOST - PAGE, PAGE);
        shadow.poison(HOST, 2 * PAGE, ShadowByte.VMALLOC_INVALID);
        shadow.unpoison(HOST, SIZE);
    }

    void vfree() {
        shadow.poison(HOST, PAGE, ShadowByte.VMALLOC_INVALID);
    }

    static AddressDescriber live() {
        return host -> info(null);
    }

    static AddressDescriber lazilyFreed() {
        return host -> info(Reports.freed());
    }

    static AddressInfo info(Track freed) {
        return new AddressInfo(
                DELTA, new VmallocRegion(KERNEL, SIZE, 1, Reports.allocated(), freed));
    }

    /** One whose describer waits for the latch, longer than the reporter waits for it. */
    Reporter heldUp(CountDownLatch release, ReportSink sink) {
        Reporter reporter =
                new Reporter(
                        shadow,
                        KasanConfig.defaults(),
                        sink,
                        new Surroundings(Reports.MACHINE, halts::add, 1, 100));
        reporter.register(
                host -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return info(null);
                });
        return reporter;
    }

    Reporter reporter(FaultMode fault, boolean multiShot, boolean linuxTitles) {
        return reporter(fault, multiShot, linuxTitles, 100, texts::add);
    }

    Reporter reporter(
            FaultMode fault, boolean multiShot, boolean linuxTitles, int limit, ReportSink sink) {
        String options =
                "kasan.fault="
                        + fault.name().toLowerCase(Locale.ROOT)
                        + (multiShot ? ",kasan_multi_shot" : "")
                        + (linuxTitles ? ",kasan.titles=linux" : "");
        return reporter(options, limit, sink);
    }

    Reporter reporter(String options) {
        return reporter(options, 100, texts::add);
    }

    private Reporter reporter(String options, int limit, ReportSink sink) {
        KasanConfig config = OptionParser.parse(options, new Properties());
        return new Reporter(
                shadow, config, sink, new Surroundings(Reports.MACHINE, halts::add, 10_000, limit));
    }

    Reporter reporter() {
        return reporter(FaultMode.REPORT, false, false);
    }

    static BadAccess read(long offset, long size) {
        return new BadAccess(AccessKind.READ, HOST + offset, HOST + offset, size);
    }

    static BadAccess write(long offset, long size) {
        return new BadAccess(AccessKind.WRITE, HOST + offset, HOST + offset, size);
    }

    static BadAccess free() {
        return new BadAccess(AccessKind.FREE, KERNEL, HOST, 0);
    }

    static BadAccess wild(long address, long size, BugType title) {
        return BadAccess.wild(AccessKind.READ, address, size, title);
    }

    String only() {
        assertThat(texts).hasSize(1);
        return texts.get(0);
    }

    static String rule() {
        return "=".repeat(66) + "\n";
    }
}
