package org.jkasan.mm;

import java.nio.ByteBuffer;

/**
 * Virtually contiguous kernel memory. What is allocated is an address, a buffer or an array, as the
 * caller asks; failure is the kernel's: 0 or null, and a warning in the kernel's log.
 */
public final class Vmalloc {

    /** Allocates so many bytes, unsigned; what they hold is whatever was there. */
    public long vmalloc(long size) {
        throw new UnsupportedOperationException();
    }

    /** Allocates so many bytes, unsigned, set to zero. */
    public long vzalloc(long size) {
        throw new UnsupportedOperationException();
    }

    /** Frees the area that holds a page's address; 0 is nothing. */
    public void vfree(long addr) {
        throw new UnsupportedOperationException();
    }

    /** Allocates as {@link #vmalloc} does, as a little-endian buffer over all mapped pages. */
    public ByteBuffer vmallocBuffer(long size) {
        throw new UnsupportedOperationException();
    }

    /** Allocates as {@link #vzalloc} does, as a little-endian buffer over all mapped pages. */
    public ByteBuffer vzallocBuffer(long size) {
        throw new UnsupportedOperationException();
    }

    /** Frees the area where a buffer of it starts; null is nothing. */
    public void vfree(ByteBuffer buffer) {
        throw new UnsupportedOperationException();
    }

    /** Frees an array's area; null is nothing. */
    public void vfree(Object array) {
        throw new UnsupportedOperationException();
    }

    /** The kernel address of a buffer's index 0; 0 if it is not in vmalloc space. */
    public long addressOf(ByteBuffer buffer) {
        throw new UnsupportedOperationException();
    }

    /** The kernel address of an array's first element; 0 if it is no kernel array. */
    public long addressOf(Object array) {
        throw new UnsupportedOperationException();
    }

    public byte[] vmallocBytes(int length) {
        throw new UnsupportedOperationException();
    }

    public boolean[] vmallocBooleans(int length) {
        throw new UnsupportedOperationException();
    }

    public short[] vmallocShorts(int length) {
        throw new UnsupportedOperationException();
    }

    public char[] vmallocChars(int length) {
        throw new UnsupportedOperationException();
    }

    public int[] vmallocInts(int length) {
        throw new UnsupportedOperationException();
    }

    public long[] vmallocLongs(int length) {
        throw new UnsupportedOperationException();
    }

    public float[] vmallocFloats(int length) {
        throw new UnsupportedOperationException();
    }

    public double[] vmallocDoubles(int length) {
        throw new UnsupportedOperationException();
    }

    /** Purges what was freed lazily: vm_unmap_aliases. */
    public void purge() {
        throw new UnsupportedOperationException();
    }
}
