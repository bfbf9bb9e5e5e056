package org.jkasan.bench.loops;

import java.util.Random;
import org.jkasan.bench.turn.CodeShift;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** CRC-32 by a table: each load waits for the one before. */
@State(Scope.Thread)
public class Crc extends LoopMemory {

    private static final int LENGTH = 4096;
    private static final int POLYNOMIAL = 0xEDB88320;

    private byte[] data;
    private int[] table;

    @Override
    void fill() {
        data = bytes(LENGTH);
        table = ints(256);
        new Random(1).nextBytes(data);
        for (int i = 0; i < table.length; i++) {
            int entry = i;
            for (int bit = 0; bit < 8; bit++) {
                entry = entry >>> 1 ^ (entry & 1) * POLYNOMIAL;
            }
            table[i] = entry;
        }
    }

    /** Over {@code byte[]}, the table an {@code int[]}. */
    @Benchmark
    public int table() {
        CodeShift.apply();
        return crc(data, data.length, table);
    }

    private static int crc(byte[] data, int length, int[] table) {
        int crc = -1;
        for (int i = 0; i < length; i++) {
            crc = crc >>> 8 ^ table[(crc ^ data[i]) & 0xFF];
        }
        return ~crc;
    }
}
