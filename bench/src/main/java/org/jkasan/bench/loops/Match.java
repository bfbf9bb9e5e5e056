package org.jkasan.bench.loops;

import java.util.Random;
import org.jkasan.bench.turn.CodeShift;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The search for matches as LZ4 does it: a hash table of positions, and bytes compared. */
@State(Scope.Thread)
public class Match extends LoopMemory {

    private static final int LENGTH = 4096;
    private static final int HASH_BITS = 10;
    private static final int LEAST = 4;

    private byte[] data;
    private int[] positions;

    @Override
    void fill() {
        data = bytes(LENGTH);
        positions = ints(1 << HASH_BITS);
        Random random = new Random(1);
        for (int i = 0; i < LENGTH; i++) {
            boolean repeats = i > 200 && i % 64 < 40;
            data[i] = repeats ? data[i - 128 - i / 64 % 8] : (byte) random.nextInt(64);
        }
    }

    /** Over {@code byte[]}, positions in an {@code int[]}. */
    @Benchmark
    public int lz4() {
        CodeShift.apply();
        return match(data, positions);
    }

    private static int match(byte[] data, int[] positions) {
        int matched = 0;
        int at = 0;
        while (at + LEAST < data.length) {
            int word =
                    data[at] & 0xFF
                            | (data[at + 1] & 0xFF) << 8
                            | (data[at + 2] & 0xFF) << 16
                            | data[at + 3] << 24;
            int hash = word * -1640531535 >>> 32 - HASH_BITS;
            int before = positions[hash];
            positions[hash] = at;
            int length = 0;
            while (before < at
                    && at + length < data.length
                    && data[before + length] == data[at + length]) {
                length++;
            }
            matched += length >= LEAST ? length : 0;
            at += length >= LEAST ? length : 1;
        }
        return matched;
    }
}
