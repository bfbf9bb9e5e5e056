package org.jkasan.host;

import jdk.internal.misc.Unsafe;

/**
 * Raw loads and stores at host addresses, unchecked: the machine's own instructions. A wrong
 * address ends the process, so only code that owns the address calls these. Multi-byte accesses may
 * be unaligned and are in native byte order.
 */
public final class RawMemory {

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    /**
     * Bytes up to which they are stored one by one. setMemory enters the JVM, and takes twice the
     * time in memory that is in no cache; but larger ranges may be filled by code that is not
     * compiled.
     */
    private static final int STORED = 64 << 10;

    private RawMemory() {}

    public static byte loadByte(long address) {
        return UNSAFE.getByte(address);
    }

    public static short loadShort(long address) {
        return UNSAFE.getShortUnaligned(null, address);
    }

    public static int loadInt(long address) {
        return UNSAFE.getIntUnaligned(null, address);
    }

    public static long loadLong(long address) {
        return UNSAFE.getLongUnaligned(null, address);
    }

    public static void storeByte(long address, byte value) {
        UNSAFE.putByte(address, value);
    }

    public static void storeShort(long address, short value) {
        UNSAFE.putShortUnaligned(null, address, value);
    }

    public static void storeInt(long address, int value) {
        UNSAFE.putIntUnaligned(null, address, value);
    }

    public static void storeLong(long address, long value) {
        UNSAFE.putLongUnaligned(null, address, value);
    }

    /** A load of an aligned value that no other access is reordered with. */
    public static int loadIntVolatile(long address) {
        return UNSAFE.getIntVolatile(null, address);
    }

    /** A load of an aligned value that no other access is reordered with. */
    public static long loadLongVolatile(long address) {
        return UNSAFE.getLongVolatile(null, address);
    }

    /** A store of an aligned value that no other access is reordered with. */
    public static void storeIntVolatile(long address, int value) {
        UNSAFE.putIntVolatile(null, address, value);
    }

    /** A store of an aligned value that no other access is reordered with. */
    public static void storeLongVolatile(long address, long value) {
        UNSAFE.putLongVolatile(null, address, value);
    }

    /** Replaces an aligned value atomically; false if it was another. */
    public static boolean compareAndSetLong(long address, long expected, long value) {
        return UNSAFE.compareAndSetLong(null, address, expected, value);
    }

    /** Replaces an aligned value atomically; false if it was another. */
    public static boolean compareAndSetInt(long address, int expected, int value) {
        return UNSAFE.compareAndSetInt(null, address, expected, value);
    }

    /** Sets {@code bytes} bytes from {@code address} on. */
    public static void fill(long address, long bytes, byte value) {
        if (bytes > STORED) {
            UNSAFE.setMemory(address, bytes, value);
        } else {
            store(address, (int) bytes, value);
        }
    }

    private static void store(long address, int bytes, byte value) {
        long eight = (value & 0xffL) * 0x0101_0101_0101_0101L;
        int whole = bytes & -Long.BYTES;
        for (int i = 0; i < whole; i += Long.BYTES) {
            UNSAFE.putLongUnaligned(null, address + i, eight);
        }
        for (int i = whole; i < bytes; i++) {
            UNSAFE.putByte(address + i, value);
        }
    }

    /** Copies as memmove does: the ranges may overlap. */
    public static void copy(long from, long to, long bytes) {
        UNSAFE.copyMemory(from, to, bytes);
    }

    /** Copies bytes of an array, from an index on, to an address. */
    public static void copyIn(byte[] from, int index, long to, long bytes) {
        UNSAFE.copyMemory(from, Bytes.BASE + index, null, to, bytes);
    }

    /** Copies bytes at an address into an array, from an index on. */
    public static void copyOut(long from, byte[] to, int index, long bytes) {
        UNSAFE.copyMemory(null, from, to, Bytes.BASE + index, bytes);
    }

    /** Orders the stores before it with the stores after it, as the kernel's smp_wmb does. */
    public static void storeFence() {
        UNSAFE.storeFence();
    }

    /** Orders the loads before it with the loads after it. */
    public static void loadFence() {
        UNSAFE.loadFence();
    }

    /**
     * Where the elements of a byte array begin; found out by reflection, so not before the start.
     */
    private static final class Bytes {

        static final long BASE = base();

        private Bytes() {}

        /**
         * By its name: the field is an int or a long, and code that links one fails on the other.
         */
        private static long base() {
            try {
                return ((Number) Unsafe.class.getField("ARRAY_BYTE_BASE_OFFSET").get(null))
                        .longValue();
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }
}
