package org.jkasan.bench.loops;

import java.util.Random;
import org.jkasan.bench.turn.Turn;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** {@code c[i] = a[i] ^ b[i]}: a loop that HotSpot vectorises. */
@State(Scope.Thread)
public class Xor extends Turn {

    private static final int LENGTH = 4096;

    private final int[] intsA = new Random(1).ints(LENGTH).toArray();
    private final int[] intsB = new Random(2).ints(LENGTH).toArray();
    private final int[] intsC = new int[LENGTH];

    private final byte[] bytesA = new byte[LENGTH];
    private final byte[] bytesB = new byte[LENGTH];
    private final byte[] bytesC = new byte[LENGTH];

    /** Fills the bytes. */
    public Xor() {
        new Random(3).nextBytes(bytesA);
        new Random(4).nextBytes(bytesB);
    }

    /** Over {@code int[]}. */
    @Benchmark
    public int[] ints() {
        xor(intsA, intsB, intsC);
        return intsC;
    }

    /** Over {@code byte[]}. */
    @Benchmark
    public byte[] bytes() {
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
