package org.jkasan.bench.programs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;
import java.util.Arrays;
import java.util.Random;

/** Compresses and decompresses in plain Java, which is arrays and hardly anything else. */
final class Bzip2 implements Workload {

    private static final String PACKAGE = "org.apache.commons.compress.compressors.bzip2.";

    private static final int SIZE = 2_500_000;

    private final Constructor<?> compress;
    private final Constructor<?> decompress;
    private final byte[] data = new byte[SIZE];

    Bzip2() throws ReflectiveOperationException {
        compress =
                Class.forName(PACKAGE + "BZip2CompressorOutputStream")
                        .getConstructor(OutputStream.class);
        decompress =
                Class.forName(PACKAGE + "BZip2CompressorInputStream")
                        .getConstructor(InputStream.class);
        Random random = new Random(1);
        for (int i = 0; i < data.length; i++) {
            // words that come again, and some noise
            data[i] = (byte) (i % 7 == 0 ? random.nextInt(64) : 'a' + i / 7 % 23);
        }
    }

    @Override
    public void run() throws Exception {
        ByteArrayOutputStream small = new ByteArrayOutputStream();
        try (OutputStream out = (OutputStream) compress.newInstance(small)) {
            out.write(data);
        }
        InputStream compressed = new ByteArrayInputStream(small.toByteArray());
        try (InputStream in = (InputStream) decompress.newInstance(compressed)) {
            if (!Arrays.equals(data, in.readAllBytes())) {
                throw new IllegalStateException("What was decompressed is not what was given.");
            }
        }
    }
}
