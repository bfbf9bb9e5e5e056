package org.jkasan.check;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import org.jkasan.host.RawObjects;

/** Where a buffer's memory is: the fields of java.nio that its API does not show. */
final class BufferFields {

    /*
     *                                address                   hb       bb
     *     direct, view of a direct   host address              null     -
     *     heap                       offset in the array       array    -
     *     view of a heap ByteBuffer  offset in bb's array      null     the ByteBuffer
     *     CharBuffer of a String     0                         null     -
     *
     * Offsets count from the array's header, as Unsafe does, so they are never 0 and always below
     * 2^32. Field bb exists only in views of a ByteBuffer whose order or
     * alignment the hardware does not have, or which is a heap one. hb and bb are declared once per
     * element type, and lie at the same offset in all; that is checked.
     */

    private static final long ADDRESS = RawObjects.fieldOffset(Buffer.class, "address");

    private static final long HB =
            common(
                    "hb",
                    ByteBuffer.class,
                    CharBuffer.class,
                    ShortBuffer.class,
                    IntBuffer.class,
                    LongBuffer.class,
                    FloatBuffer.class,
                    DoubleBuffer.class);

    private static final long BYTES = address(ByteBuffer.wrap(new byte[1]));

    private BufferFields() {}

    /** Field address: where index 0 is, as a host address or as an offset in {@link #array}. */
    static long address(Buffer buffer) {
        return RawObjects.loadLong(buffer, ADDRESS);
    }

    /** The array that holds the elements, or null where the address is a host address. */
    static Object array(Buffer buffer, long address) {
        Object array = RawObjects.loadReference(buffer, HB);
        if (array != null || address >>> 32 != 0 || address == 0 || buffer.isDirect()) {
            return array;
        }
        ByteBuffer viewed = (ByteBuffer) RawObjects.loadReference(buffer, Rare.BB);
        return RawObjects.loadReference(viewed, HB);
    }

    /** The offset of element 0 of a buffer's array. */
    static long firstElement(Object array) {
        if (array instanceof byte[]) {
            return BYTES;
        }
        if (array instanceof int[]) {
            return Rare.INTS;
        }
        if (array instanceof char[]) {
            return Rare.CHARS;
        }
        if (array instanceof long[]) {
            return Rare.LONGS;
        }
        if (array instanceof short[]) {
            return Rare.SHORTS;
        }
        return array instanceof float[] ? Rare.FLOATS : Rare.DOUBLES;
    }

    /** log2 of the size of the buffer's elements in bytes. */
    static int shift(Buffer buffer) {
        if (buffer instanceof ByteBuffer) {
            return 0;
        }
        if (buffer instanceof CharBuffer || buffer instanceof ShortBuffer) {
            return 1;
        }
        return buffer instanceof IntBuffer || buffer instanceof FloatBuffer ? 2 : 3;
    }

    /** Whether two buffers have elements of the same type, the second maybe being no buffer. */
    static boolean areOfOneType(Buffer buffer, Object other) {
        if (buffer instanceof ByteBuffer) {
            return other instanceof ByteBuffer;
        }
        if (buffer instanceof CharBuffer) {
            return other instanceof CharBuffer;
        }
        if (buffer instanceof ShortBuffer) {
            return other instanceof ShortBuffer;
        }
        if (buffer instanceof IntBuffer) {
            return other instanceof IntBuffer;
        }
        if (buffer instanceof LongBuffer) {
            return other instanceof LongBuffer;
        }
        return buffer instanceof FloatBuffer
                ? other instanceof FloatBuffer
                : other instanceof DoubleBuffer;
    }

    private static long common(String field, Class<?>... classes) {
        long offset = RawObjects.fieldOffset(classes[0], field);
        for (Class<?> type : classes) {
            if (RawObjects.fieldOffset(type, field) != offset) {
                throw new IllegalStateException(
                        "This JVM lays out field "
                                + field
                                + " of "
                                + type.getName()
                                + " otherwise than of "
                                + classes[0].getName()
                                + ", which JKASAN cannot handle; use HotSpot 17 or later.");
            }
        }
        return offset;
    }

    /** What heap buffers of bytes do without, which are all that the start of the agent meets. */
    private static final class Rare {

        static final long BB = common("bb", views());

        static final long CHARS = address(CharBuffer.wrap(new char[1]));
        static final long SHORTS = address(ShortBuffer.wrap(new short[1]));
        static final long INTS = address(IntBuffer.wrap(new int[1]));
        static final long LONGS = address(LongBuffer.wrap(new long[1]));
        static final long FLOATS = address(FloatBuffer.wrap(new float[1]));
        static final long DOUBLES = address(DoubleBuffer.wrap(new double[1]));

        private Rare() {}

        /** The classes that view a heap ByteBuffer, one per element type and byte order. */
        private static Class<?>[] views() {
            Class<?>[] classes = new Class<?>[12];
            int count = 0;
            for (ByteOrder order :
                    new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
                ByteBuffer bytes = ByteBuffer.allocate(8).order(order);
                classes[count++] = bytes.asCharBuffer().getClass();
                classes[count++] = bytes.asShortBuffer().getClass();
                classes[count++] = bytes.asIntBuffer().getClass();
                classes[count++] = bytes.asLongBuffer().getClass();
                classes[count++] = bytes.asFloatBuffer().getClass();
                classes[count++] = bytes.asDoubleBuffer().getClass();
            }
            return classes;
        }
    }
}
