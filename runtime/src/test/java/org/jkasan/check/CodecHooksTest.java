package org.jkasan.check;

import static org.jkasan.check.TestSanitizer.assertNoReport;
import static org.jkasan.check.TestSanitizer.assertReport;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.zip.Deflater;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jkasan.report.AccessKind;
import org.junit.jupiter.api.Test;

class CodecHooksTest {

    private static final int PAGE = 128;

    @Test
    void digestWrite_writesAsMuchAsTheHashHas() throws GeneralSecurityException {
        MessageDigest md5 = MessageDigest.getInstance("MD5");
        byte[] bytes = TestSanitizer.track(new byte[40], PAGE + 8, 20);
        long address = Hooks.handle(bytes);
        assertNoReport(() -> CodecHooks.digestWrite(md5, bytes, 4, 36));
        assertReport(
                AccessKind.WRITE, address + 5, 16, () -> CodecHooks.digestWrite(md5, bytes, 5, 16));
        assertNoReport(() -> CodecHooks.digestWrite(md5, bytes, 5, 15));
        assertNoReport(() -> CodecHooks.digestWrite(null, bytes, 5, 16));
        assertReport(
                AccessKind.WRITE, address, 41, () -> CodecHooks.digestWrite(md5, bytes, 0, 41));
    }

    @Test
    void macWrite_writesTheCode() throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacMD5");
        mac.init(new SecretKeySpec(new byte[8], "HmacMD5"));
        byte[] bytes = TestSanitizer.track(new byte[40], PAGE + 8, 20);
        assertNoReport(() -> CodecHooks.macWrite(mac, bytes, 4));
        assertReport(
                AccessKind.WRITE,
                Hooks.handle(bytes) + 5,
                16,
                () -> CodecHooks.macWrite(mac, bytes, 5));
        assertNoReport(() -> CodecHooks.macWrite(mac, bytes, 25));
    }

    @Test
    void deflate_needsAMode() {
        byte[] bytes = TestSanitizer.track(new byte[40], PAGE + 8, 20);
        long address = Hooks.handle(bytes);
        assertReport(
                AccessKind.WRITE,
                address + 10,
                11,
                () -> CodecHooks.deflate(bytes, 10, 11, Deflater.SYNC_FLUSH));
        assertNoReport(() -> CodecHooks.deflate(bytes, 10, 10, Deflater.NO_FLUSH));
        assertNoReport(() -> CodecHooks.deflate(bytes, 10, 11, 1));
        ByteBuffer buffer = TestSanitizer.direct(PAGE + 8, 20, 40);
        assertReport(
                AccessKind.WRITE,
                TestSanitizer.REGION + 4096 * (PAGE + 8),
                40,
                () -> CodecHooks.deflate(buffer, Deflater.FULL_FLUSH));
        assertNoReport(() -> CodecHooks.deflate(buffer, 1));
    }
}
