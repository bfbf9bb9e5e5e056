package org.jkasan.check;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.zip.Deflater;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import org.jkasan.report.AccessKind;

/**
 * The hooks of what compresses, hashes, signs and encrypts bytes, and has a state of its own in
 * which it refuses them. Of a cipher only the input is checked: how much it writes, it alone knows.
 */
public final class CodecHooks {

    private static final Sanitizer SANITIZER = Sanitizer.installed();
    private static final boolean ON = SANITIZER != null;
    private static final HeapArrays ARRAYS = ON ? SANITIZER.arrays() : new HeapArrays();
    private static final AccessChecker CHECKER = ON ? SANITIZER.checker() : null;
    private static final BufferChecker BUFFERS = new BufferChecker(CHECKER, ARRAYS);
    private static final BulkChecker BULK = new BulkChecker(CHECKER, ARRAYS, BUFFERS);

    private CodecHooks() {}

    /** Whether the hooks work for that sanitizer; too late if they were used before it came. */
    static boolean workFor(Sanitizer sanitizer) {
        return SANITIZER == sanitizer;
    }

    /** Compressed data written to [from, from + count). */
    public static void deflate(Object array, int from, int count, int flush) {
        if (isFlush(flush)) {
            Hooks.writeRange(array, from, count);
        }
    }

    /** Compressed data written to what remains in a buffer. */
    public static void deflate(Buffer buffer, int flush) {
        if (isFlush(flush)) {
            JdkHooks.bufferFill(buffer);
        }
    }

    private static boolean isFlush(int mode) {
        return mode == Deflater.NO_FLUSH
                || mode == Deflater.SYNC_FLUSH
                || mode == Deflater.FULL_FLUSH;
    }

    /** A hash written to [from, from + count); count must have room for it. */
    public static void digestWrite(MessageDigest digest, Object array, int from, int count) {
        if (digest != null && ARRAYS.handle(array) != 0) {
            int size = digest.getDigestLength();
            if (size <= count && BULK.hasRange(AccessKind.WRITE, array, from, count)) {
                BULK.elements(AccessKind.WRITE, array, from, size);
            }
        }
    }

    /** A code written from {@code from} on; what is too short for it, Java refuses. */
    public static void macWrite(Mac mac, Object array, int from) {
        if (ARRAYS.handle(array) != 0 && CryptoState.takesData(mac)) {
            int size = mac.getMacLength();
            if (ArrayElements.isRange(from, size, ArrayElements.length(array))) {
                BULK.array(AccessKind.WRITE, array, from, size);
            }
        }
    }

    /** A read of a whole array by a Cipher, Mac or Signature. */
    public static void cryptoRead(Object engine, Object array) {
        if (ARRAYS.handle(array) != 0) {
            cryptoRead(engine, array, 0, ArrayElements.length(array));
        }
    }

    /** A read of elements [from, from + count) by a Cipher, Mac or Signature. */
    public static void cryptoRead(Object engine, Object array, int from, int count) {
        if (ARRAYS.handle(array) != 0 && CryptoState.takesData(engine)) {
            BULK.array(AccessKind.READ, array, from, count);
        }
    }

    /** A read of what remains in a buffer by a Cipher, Mac or Signature. */
    public static void cryptoRead(Object engine, Buffer buffer) {
        if (Hooks.isWatching() && buffer != null && CryptoState.takesData(engine)) {
            BUFFERS.remaining(AccessKind.READ, buffer);
        }
    }

    /** A read of a signature that is to be verified. */
    public static void verifyRead(Signature engine, Object array) {
        if (ARRAYS.handle(array) != 0) {
            verifyRead(engine, array, 0, ArrayElements.length(array));
        }
    }

    /** A read of a signature in elements [from, from + count) that is to be verified. */
    public static void verifyRead(Signature engine, Object array, int from, int count) {
        if (ARRAYS.handle(array) != 0 && CryptoState.verifies(engine)) {
            BULK.array(AccessKind.READ, array, from, count);
        }
    }

    /** A read of elements [from, from + count) whose cipher text goes elsewhere. */
    public static void cipherRead(
            Cipher cipher, Object array, int from, int count, Object output, int to) {
        if (output != null && to >= 0) {
            cryptoRead(cipher, array, from, count);
        }
    }

    /** The last of such reads, whose cipher text must have room from {@code to} on. */
    public static void cipherFinish(
            Cipher cipher, Object array, int from, int count, Object output, int to) {
        if (ARRAYS.handle(array) != 0
                && output != null
                && to >= 0
                && CryptoState.hasRoom(cipher, count, ArrayElements.length(output) - to)) {
            cryptoRead(cipher, array, from, count);
        }
    }

    /** A read of what remains in a buffer whose cipher text goes to another. */
    public static void cipherRead(Cipher cipher, ByteBuffer input, ByteBuffer output) {
        if (input != output && output != null && !output.isReadOnly()) {
            cryptoRead(cipher, input);
        }
    }

    /** The last of such reads, whose cipher text must have room. */
    public static void cipherFinish(Cipher cipher, ByteBuffer input, ByteBuffer output) {
        if (Hooks.isWatching()
                && input != null
                && output != null
                && BUFFERS.isRemainingBad(input)
                && CryptoState.hasRoomInBuffer(cipher, input.remaining(), output.remaining())) {
            cipherRead(cipher, input, output);
        }
    }
}
