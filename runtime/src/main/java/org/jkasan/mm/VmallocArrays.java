package org.jkasan.mm;

import java.util.function.IntFunction;
import org.jkasan.report.CallSite;

/**
 * The arrays of {@link Vmalloc}: Java arrays that have an area of vmalloc space, which gives them
 * addresses and shadow; their data is in the Java heap.
 */
abstract sealed class VmallocArrays permits Vmalloc {

    private final AreaRequests requests;
    private final KernelArrays arrays;

    VmallocArrays(AreaRequests requests, KernelArrays arrays) {
        this.requests = requests;
        this.arrays = arrays;
    }

    /** Allocates an area for an array of exactly this length; null on failure. */
    public byte[] vmallocBytes(int length) {
        return vmallocBytes(length, null);
    }

    public byte[] vmallocBytes(int length, CallSite caller) {
        return array(length, Byte.BYTES, byte[]::new, caller);
    }

    /** Allocates an area for an array of exactly this length; null on failure. */
    public boolean[] vmallocBooleans(int length) {
        return vmallocBooleans(length, null);
    }

    public boolean[] vmallocBooleans(int length, CallSite caller) {
        return array(length, Byte.BYTES, boolean[]::new, caller);
    }

    /** Allocates an area for an array of exactly this length; null on failure. */
    public short[] vmallocShorts(int length) {
        return vmallocShorts(length, null);
    }

    public short[] vmallocShorts(int length, CallSite caller) {
        return array(length, Short.BYTES, short[]::new, caller);
    }

    /** Allocates an area for an array of exactly this length; null on failure. */
    public char[] vmallocChars(int length) {
        return vmallocChars(length, null);
    }

    public char[] vmallocChars(int length, CallSite caller) {
        return array(length, Character.BYTES, char[]::new, caller);
    }

    /** Allocates an area for an array of exactly this length; null on failure. */
    public int[] vmallocInts(int length) {
        return vmallocInts(length, null);
    }

    public int[] vmallocInts(int length, CallSite caller) {
        return array(length, Integer.BYTES, int[]::new, caller);
    }

    /** Allocates an area for an array of exactly this length; null on failure. */
    public long[] vmallocLongs(int length) {
        return vmallocLongs(length, null);
    }

    public long[] vmallocLongs(int length, CallSite caller) {
        return array(length, Long.BYTES, long[]::new, caller);
    }

    /** Allocates an area for an array of exactly this length; null on failure. */
    public float[] vmallocFloats(int length) {
        return vmallocFloats(length, null);
    }

    public float[] vmallocFloats(int length, CallSite caller) {
        return array(length, Float.BYTES, float[]::new, caller);
    }

    /** Allocates an area for an array of exactly this length; null on failure. */
    public double[] vmallocDoubles(int length) {
        return vmallocDoubles(length, null);
    }

    public double[] vmallocDoubles(int length, CallSite caller) {
        return array(length, Double.BYTES, double[]::new, caller);
    }

    private <T> T array(int length, int elementSize, IntFunction<T> constructor, CallSite caller) {
        long size = (long) length * elementSize;
        VmallocRequest request = requests.request(size).from(caller);
        return requests.admits(request) ? arrays.allocate(request, length, constructor) : null;
    }
}
