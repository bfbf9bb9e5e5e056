package org.jkasan.agent.rewrite.catalogue;

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
                inputs(of("javax/crypto/Mac"), "update")
                        .method("doFinal", "([B)", READ)
                        .method("doFinal", "([BI)", Effect.of(Hook.MAC_WRITE, A0, A1, A2))
                        .list());
        rows.addAll(
                inputs(of("java/security/Signature"), "update")
                        .method("verify", "([B)", READ)
                        .method("verify", "([BII)", READ_RANGE)
                        .list());
        Rows cipher = inputs(of("javax/crypto/Cipher"), "updateAAD");
        for (String name : List.of("update", "doFinal")) {
            cipher.method(name, "([B)", READ)
                    .method(name, "([BII)", READ_RANGE)
                    .method(name, "([BII[B)", READ_RANGE)
                    .method(name, "([BII[BI)", READ_RANGE)
                    .method(name, "(" + BYTE_BUFFER + BYTE_BUFFER + ")", DRAIN);
        }
        rows.addAll(cipher.list());
    }

    private static Rows compression(String owner, String process) {
        return inputs(inputs(of(owner), "setInput"), "setDictionary")
                .method(process, "([B)", WRITE)
                .method(process, "([BII)", WRITE_RANGE)
                .method(process, "(" + BYTE_BUFFER + ")", FILL);
    }

    private static Rows inputs(Rows rows, String name) {
        return rows.method(name, "([B)", READ)
                .method(name, "([BII)", READ_RANGE)
                .method(name, "(" + BYTE_BUFFER + ")", DRAIN);
    }

    private static Rows of(String owner) {
        return Rows.of(owner).barriers();
    }
}
