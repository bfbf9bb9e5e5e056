package org.jkasan.agent.rewrite;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.Signature;
import javax.crypto.Cipher;
import javax.crypto.Mac;

/** A stand-in for the hooks of codecs: {@link RecordingHooks} has what is written down. */
public final class RecordingCodecHooks {

    private RecordingCodecHooks() {}

    public static void deflate(Object array, int from, int count, int flush) {
        RecordingHooks.call("deflate", array, from, count, flush);
    }

    public static void deflate(Buffer buffer, int flush) {
        RecordingHooks.call("deflate", buffer, flush);
    }

    public static void digestWrite(MessageDigest digest, Object array, int from, int count) {
        RecordingHooks.call("digestWrite", digest, array, from, count);
    }

    public static void macWrite(Mac mac, Object array, int from) {
        RecordingHooks.call("macWrite", mac, array, from);
    }

    public static void cryptoRead(Object engine, Object array) {
        RecordingHooks.call("cryptoRead", engine, array);
    }

    public static void cryptoRead(Object engine, Object array, int from, int count) {
        RecordingHooks.call("cryptoRead", engine, array, from, count);
    }

    public static void cryptoRead(Object engine, Buffer buffer) {
        RecordingHooks.call("cryptoRead", engine, buffer);
    }

    public static void verifyRead(Signature engine, Object array) {
        RecordingHooks.call("verifyRead", engine, array);
    }

    public static void verifyRead(Signature engine, Object array, int from, int count) {
        RecordingHooks.call("verifyRead", engine, array, from, count);
    }

    public static void cipherRead(
            Cipher cipher, Object array, int from, int count, Object output, int to) {
        RecordingHooks.call("cipherRead", cipher, array, from, count, output, to);
    }

    public static void cipherFinish(
            Cipher cipher, Object array, int from, int count, Object output, int to) {
        RecordingHooks.call("cipherFinish", cipher, array, from, count, output, to);
    }

    public static void cipherRead(Cipher cipher, ByteBuffer input, ByteBuffer output) {
        RecordingHooks.call("cipherRead", cipher, input, output);
    }

    public static void cipherFinish(Cipher cipher, ByteBuffer input, ByteBuffer output) {
        RecordingHooks.call("cipherFinish", cipher, input, output);
    }
}
