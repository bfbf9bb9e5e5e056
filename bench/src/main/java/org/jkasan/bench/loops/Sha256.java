package org.jkasan.bench.loops;

import java.util.Random;
import org.jkasan.bench.turn.CodeShift;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** SHA-256 (FIPS 180-4) of whole blocks: small arrays, many loads, much arithmetic. */
@State(Scope.Thread)
public class Sha256 extends LoopMemory {

    private static final int BLOCK = 64;
    private static final int LENGTH = 32 * BLOCK;

    private byte[] data;
    private int[] schedule;
    private int[] constants;
    private int[] state;

    @Override
    void fill() {
        data = bytes(LENGTH);
        schedule = ints(64);
        constants = ints(64);
        state = ints(8);
        Random random = new Random(1);
        random.nextBytes(data);
        for (int i = 0; i < constants.length; i++) {
            // any will do: the time does not depend on them
            constants[i] = random.nextInt();
        }
    }

    /** Over {@code byte[]} and {@code int[]}. */
    @Benchmark
    public int[] digest() {
        CodeShift.apply();
        for (int at = 0; at < data.length; at += BLOCK) {
            block(data, at, schedule, constants, state);
        }
        return state;
    }

    private static void block(byte[] data, int offset, int[] w, int[] k, int[] state) {
        for (int i = 0; i < 16; i++) {
            int at = offset + 4 * i;
            w[i] =
                    data[at] << 24
                            | (data[at + 1] & 0xFF) << 16
                            | (data[at + 2] & 0xFF) << 8
                            | data[at + 3] & 0xFF;
        }
        for (int i = 16; i < 64; i++) {
            int x = w[i - 15];
            int y = w[i - 2];
            int s0 = Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ x >>> 3;
            int s1 = Integer.rotateRight(y, 17) ^ Integer.rotateRight(y, 19) ^ y >>> 10;
            w[i] = w[i - 16] + s0 + w[i - 7] + s1;
        }
        rounds(w, k, state);
    }

    private static void rounds(int[] w, int[] k, int[] state) {
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        int e = state[4];
        int f = state[5];
        int g = state[6];
        int h = state[7];
        for (int i = 0; i < 64; i++) {
            int s1 =
                    Integer.rotateRight(e, 6)
                            ^ Integer.rotateRight(e, 11)
                            ^ Integer.rotateRight(e, 25);
            int t1 = h + s1 + (e & f ^ ~e & g) + k[i] + w[i];
            int s0 =
                    Integer.rotateRight(a, 2)
                            ^ Integer.rotateRight(a, 13)
                            ^ Integer.rotateRight(a, 22);
            int t2 = s0 + (a & b ^ a & c ^ b & c);
            h = g;
            g = f;
            f = e;
            e = d + t1;
            d = c;
            c = b;
            b = a;
            a = t1 + t2;
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }
}
