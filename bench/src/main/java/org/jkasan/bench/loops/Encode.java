package org.jkasan.bench.loops;

import java.util.Random;
import org.jkasan.bench.turn.CodeShift;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Base64: three loads in a row, four look-ups in a table, four stores in a row. */
@State(Scope.Thread)
public class Encode extends LoopMemory {

    private static final int LENGTH = 3 * 1024;
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private byte[] data;
    private byte[] text;
    private byte[] alphabet;

    @Override
    void fill() {
        data = bytes(LENGTH);
        text = bytes(LENGTH / 3 * 4);
        alphabet = bytes(64);
        new Random(1).nextBytes(data);
        for (int i = 0; i < alphabet.length; i++) {
            alphabet[i] = (byte) ALPHABET.charAt(i);
        }
    }

    /** Over {@code byte[]}. */
    @Benchmark
    public byte[] base64() {
        CodeShift.apply();
        encode(data, text, alphabet);
        return text;
    }

    private static void encode(byte[] data, byte[] text, byte[] alphabet) {
        int to = 0;
        for (int from = 0; from + 2 < data.length; from += 3) {
            int bits =
                    (data[from] & 0xFF) << 16
                            | (data[from + 1] & 0xFF) << 8
                            | data[from + 2] & 0xFF;
            text[to++] = alphabet[bits >>> 18 & 63];
            text[to++] = alphabet[bits >>> 12 & 63];
            text[to++] = alphabet[bits >>> 6 & 63];
            text[to++] = alphabet[bits & 63];
        }
    }
}
