package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.Properties;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jkasan.config.KasanConfig;
import org.jkasan.config.OptionParser;
import org.jkasan.host.HostMemories;
import org.jkasan.host.HostMemory;
import org.jkasan.report.AccessKind;
import org.jkasan.report.KasanError;
import org.jkasan.report.ReportInfo;
import org.jkasan.shadow.ShadowByte;

/**
 * The one sanitizer of the test JVM, as hooks are static: it throws every report, and what it owns
 * is a region of poisoned memory for the tests to put objects into.
 */
final class TestSanitizer {

    /** Bytes of the region. */
    static final int SIZE = 1 << 20;

    private static final HostMemory HOST = HostMemories.fromClassPath();

    private static final Sanitizer SANITIZER = new Sanitizer(throwing(), HOST, text -> {});

    /** A host address; no test writes closer to the region's ends than a page. */
    static final long REGION = HOST.reserve(SIZE, HOST.pageSize(), "a test");

    static {
        SANITIZER.shadow().poison(REGION, SIZE, ShadowByte.VMALLOC_INVALID);
        Sanitizer.install(SANITIZER);
    }

    private TestSanitizer() {}

    private static KasanConfig throwing() {
        return OptionParser.parse("kasan.fault=throw,kasan_multi_shot", new Properties());
    }

    static Sanitizer sanitizer() {
        return SANITIZER;
    }

    /** Makes an object of so many bytes, poisoned before and behind; returns its host address. */
    static long object(int page, int size) {
        long address = REGION + 4096L * page;
        SANITIZER.shadow().poison(address - 4096, 3 * 4096, ShadowByte.VMALLOC_INVALID);
        SANITIZER.shadow().unpoison(address, size);
        return address;
    }

    /** Tracks an array as an object of so many bytes, which need not be all of it. */
    static <T> T track(T array, int page, int size) {
        SANITIZER.arrays().track(array, object(page, size));
        return array;
    }

    static ByteBuffer direct(int page, int size, int capacity) {
        return HOST.buffer(object(page, size), capacity);
    }

    static void assertNoReport(ThrowingCallable access) {
        assertThat(report(access)).isNull();
    }

    static void assertReport(AccessKind kind, long address, long size, ThrowingCallable access) {
        ReportInfo info = report(access);
        assertThat(info).as("a report").isNotNull();
        assertThat(info.kind()).isEqualTo(kind);
        assertThat(info.address()).isEqualTo(address);
        assertThat(info.size()).isEqualTo(size);
    }

    /** The report of an access, or null. */
    static ReportInfo report(ThrowingCallable access) {
        KasanError error = catchThrowableOfType(KasanError.class, access);
        return error == null ? null : error.info();
    }
}
