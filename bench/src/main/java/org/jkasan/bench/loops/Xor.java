package org.jkasan.bench.loops;

import java.util.Random;
import org.jkasan.bench.turn.CodeShift;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** {@code c[i] = a[i] ^ b[i]}: a loop that HotSpot vectorises. */
@State(Scope.Thread)
public class Xor extends LoopMemory {

    private static final int LENGTH = 4096;

    private int[] intsA;
    private int[] intsB;
    private int[] intsC;

    private byte[] bytesA;
    private byte[] bytesB;
    private byte[] bytesC;

    @Override
    void fill() {
        intsA = ints(LENGTH);
        intsB = ints(LENGTH);
        intsC = ints(LENGTH);
        bytesA = bytes(LENGTH);
        bytesB = bytes(LENGTH);
        bytesC = bytes(LENGTH);
        Random random = new Random(1);
        random.nextBytes(bytesA);
        random.nextBytes(bytesB);
        for (int i = 0; i < LENGTH; i++) {
            intsA[i] = random.nextInt();
            intsB[i] = random.nextInt();
        }
    }

    /** Over {@code int[]}. */
    @Benchmark
    public int[] ints() {
        CodeShift.apply();
        xor(intsA, intsB, intsC);
        return intsC;
    }

    /** Over {@code byte[]}. */
    @Benchmark
    public byte[] bytes() {
        CodeShift.apply();
        xor(bytesA, bytesB, bytesC);
        return bytesC;
    }

    private static void xor(int[] a, int[] b, int[] c) {
        for (int i = 0; i < c.length; i++) {
            c[i] = a[i] ^ b[i];
        }
    }

    private static void xor(byte[] a, byte[] b, byte[] c) {
        for (int i = 0; i < c.length; i++) {
            c[i] = (byte) (a[i] ^ b[i]);
        }
    }
}
