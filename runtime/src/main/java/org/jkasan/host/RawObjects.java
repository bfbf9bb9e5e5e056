package org.jkasan.host;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.ForceInline;

/**
 * Raw loads from Java objects at offsets from their header, unchecked: for what the JVM and the JDK
 * keep there and show to nobody.
 */
public final class RawObjects {

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();

    private RawObjects() {}

    /**
     * The offset of a field that the class itself declares.
     *
     * @throws InternalError if it declares none of that name
     */
    public static long fieldOffset(Class<?> type, String name) {
        return UNSAFE.objectFieldOffset(type, name);
    }

    /** The 8 bytes with which every object of HotSpot begins: the mark word. */
    @ForceInline
    public static long header(Object object) {
        return UNSAFE.getLong(object, 0L);
    }

    /** A field of type long. */
    public static long loadLong(Object object, long offset) {
        return UNSAFE.getLong(object, offset);
    }

    /** A field of type int. */
    public static int loadInt(Object object, long offset) {
        return UNSAFE.getInt(object, offset);
    }

    /** A field of type boolean. */
    public static boolean loadBoolean(Object object, long offset) {
        return UNSAFE.getBoolean(object, offset);
    }

    /** A field of any class or array type. */
    public static Object loadReference(Object object, long offset) {
        return UNSAFE.getReference(object, offset);
    }

    /** Adds to a field of type long, atomically; returns what it was before. */
    public static long addLong(Object object, long offset, long addend) {
        return UNSAFE.getAndAddLong(object, offset, addend);
    }
}
