package org.jkasan.agent.rewrite.catalogue;

import static org.jkasan.agent.rewrite.catalogue.Operand.argument;
import static org.jkasan.agent.rewrite.catalogue.Operand.constant;
import static org.jkasan.agent.rewrite.catalogue.Rows.A0;
import static org.jkasan.agent.rewrite.catalogue.Rows.A1;
import static org.jkasan.agent.rewrite.catalogue.Rows.A2;
import static org.jkasan.agent.rewrite.catalogue.Rows.A3;
import static org.jkasan.agent.rewrite.catalogue.Rows.A4;
import static org.jkasan.agent.rewrite.catalogue.Rows.BYTE_BUFFER;

import java.util.List;
import org.jkasan.agent.rewrite.hook.Hook;

/**
 * The catalogue's rows for what computes over bytes: checksums, hashes, ciphers, compression,
 * Base64, random numbers. Of a cipher only the input is checked: how much output there is going to
 * be, it alone knows.
 */
final class CodecRows {

    private static final Effect READ = Effect.of(Hook.ARRAY_READ, A1);
    private static final Effect READ_RANGE = Effect.of(Hook.ARRAY_READ_RANGE, A1, A2, A3);
    private static final Effect DRAIN = Effect.of(Hook.BUFFER_DRAIN, A1);
    private static final Effect WRITE = Effect.of(Hook.WRITE_ALL, A1);
    private static final Effect WRITE_RANGE = Effect.of(Hook.WRITE_RANGE, A1, A2, A3);
    private static final Effect FILL = Effect.of(Hook.BUFFER_FILL, A1);

    private static final Effect CRYPTO_READ = Effect.of(Hook.CRYPTO_READ, A0, A1);
    private static final Effect CRYPTO_RANGE = Effect.of(Hook.CRYPTO_READ_RANGE, A0, A1, A2, A3);
    private static final Effect CRYPTO_DRAIN = Effect.of(Hook.CRYPTO_DRAIN, A0, A1);

    private CodecRows() {}

    static void addTo(List<InterceptedCall> rows) {
        rows.addAll(
                inputs(
                                of("java/util/zip/Checksum")
                                        .in("java/util/zip", "CRC32", "CRC32C", "Adler32"),
                                "update")
                        .list());
        security(rows);
        rows.addAll(
                compression("java/util/zip/Deflater", "deflate")
                        .method("deflate", "([BIII)", Effect.of(Hook.DEFLATE, A1, A2, A3, A4))
                        .method(
                                "deflate",
                                "(" + BYTE_BUFFER + "I)",
                                Effect.of(Hook.DEFLATE_BUFFER, A1, A2))
                        .list());
        rows.addAll(compression("java/util/zip/Inflater", "inflate").list());
        rows.addAll(
                of("java/util/Base64$Encoder")
                        .method("encode", "([B)", READ)
                        .method("encodeToString", "([B)", READ)
                        .method("encode", "(" + BYTE_BUFFER + ")", DRAIN)
                        .list());
        rows.addAll(
                of("java/util/Base64$Decoder")
                        .method("decode", "([B)", READ)
                        .method("decode", "(" + BYTE_BUFFER + ")", DRAIN)
                        .list());
        rows.addAll(
                of("java/util/random/RandomGenerator")
                        .in("java/util", "Random", "SplittableRandom")
                        .in("java/security", "SecureRandom")
                        .in("java/util/concurrent", "ThreadLocalRandom")
                        .method("nextBytes", "([B)", WRITE)
                        .list());
    }

    private static void security(List<InterceptedCall> rows) {
        rows.addAll(
                inputs(of("java/security/MessageDigest"), "update")
                        .method("digest", "([B)", READ)
                        .method("digest", "([BII)", Effect.of(Hook.DIGEST_WRITE, A0, A1, A2, A3))
                        .function("isEqual", "([B[B)", Effect.of(Hook.ARRAYS_COMPARE, A0, A1))
                        .list());
        rows.addAll(
                inputs(of("javax/crypto/Mac"), "update", CRYPTO_READ, CRYPTO_RANGE, CRYPTO_DRAIN)
                        .method("doFinal", "([B)", CRYPTO_READ)
                        .method("doFinal", "([BI)", Effect.of(Hook.MAC_WRITE, A0, A1, A2))
                        .list());
        rows.addAll(
                inputs(
                                of("java/security/Signature"),
                                "update",
                                CRYPTO_READ,
                                CRYPTO_RANGE,
                                CRYPTO_DRAIN)
                        .method("verify", "([B)", Effect.of(Hook.VERIFY_READ, A0, A1))
                        .method(
                                "verify",
                                "([BII)",
                                Effect.of(Hook.VERIFY_READ_RANGE, A0, A1, A2, A3))
                        .list());
        Rows cipher =
                inputs(
                        of("javax/crypto/Cipher"),
                        "updateAAD",
                        CRYPTO_READ,
                        CRYPTO_RANGE,
                        CRYPTO_DRAIN);
        cipher(cipher, "update", Hook.CIPHER_READ, Hook.CIPHER_DRAIN);
        cipher(cipher, "doFinal", Hook.CIPHER_FINISH, Hook.CIPHER_FINISH_BUFFERS);
        rows.addAll(cipher.list());
    }

    private static void cipher(Rows rows, String name, Hook range, Hook buffers) {
        rows.method(name, "([B)", CRYPTO_READ)
                .method(name, "([BII)", CRYPTO_RANGE)
                .method(name, "([BII[B)", Effect.of(range, A0, A1, A2, A3, A4, constant(0)))
                .method(name, "([BII[BI)", Effect.of(range, A0, A1, A2, A3, A4, argument(5)))
                .method(
                        name,
                        "(" + BYTE_BUFFER + BYTE_BUFFER + ")",
                        Effect.of(buffers, A0, A1, A2));
    }

    private static Rows compression(String owner, String process) {
        return inputs(inputs(of(owner), "setInput"), "setDictionary")
                .method(process, "([B)", WRITE)
                .method(process, "([BII)", WRITE_RANGE)
                .method(process, "(" + BYTE_BUFFER + ")", FILL);
    }

    private static Rows inputs(Rows rows, String name) {
        return inputs(rows, name, READ, READ_RANGE, DRAIN);
    }

    private static Rows inputs(Rows rows, String name, Effect whole, Effect range, Effect drain) {
        return rows.method(name, "([B)", whole)
                .method(name, "([BII)", range)
                .method(name, "(" + BYTE_BUFFER + ")", drain);
    }

    private static Rows of(String owner) {
        return Rows.of(owner).barriers();
    }
}
