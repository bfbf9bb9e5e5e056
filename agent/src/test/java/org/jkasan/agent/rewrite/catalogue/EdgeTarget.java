package org.jkasan.agent.rewrite.catalogue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Accesses of {@link JdkCallEdgeTest}: each touches as many bytes as the end of its name says, from
 * an index on, and writes if its name has "To" or "put" or "set" in it.
 */
final class EdgeTarget {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private static final VarHandle INTS_OF_BUFFER =
            MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private EdgeTarget() {}

    static void load1(byte[] a, int i) {
        consume(a[i]);
    }

    static void setElement1(byte[] a, int i) {
        a[i] = 1;
    }

    static void fillTo5(byte[] a, int i) {
        Arrays.fill(a, i, i + 5, (byte) 1);
    }

    static void arraycopyTo9(byte[] a, int i) {
        System.arraycopy(new byte[9], 0, a, i, 9);
    }

    static void arraycopyFrom9(byte[] a, int i) {
        System.arraycopy(a, i, new byte[9], 0, 9);
    }

    static void mismatch7(byte[] a, int i) {
        consume(Arrays.mismatch(a, i, i + 7, new byte[9], 1, 8));
    }

    static void equals3(byte[] a, int i) {
        consume(Arrays.equals(new byte[3], 0, 3, a, i, i + 3) ? 1 : 0);
    }

    static void sortTo4(byte[] a, int i) {
        Arrays.sort(a, i, i + 4);
    }

    static void string6(byte[] a, int i) {
        consume(new String(a, i, 6, StandardCharsets.US_ASCII).length());
    }

    static void crc32_11(byte[] a, int i) {
        new CRC32().update(a, i, 11);
    }

    static void digest10(byte[] a, int i) throws GeneralSecurityException {
        MessageDigest.getInstance("MD5").update(a, i, 10);
    }

    static void digestTo16(byte[] a, int i) throws GeneralSecurityException {
        MessageDigest.getInstance("MD5").digest(a, i, 16);
    }

    static void deflateFrom12(byte[] a, int i) {
        Deflater deflater = new Deflater();
        deflater.setInput(a, i, 12);
        deflater.end();
    }

    static void deflateTo12(byte[] a, int i) {
        Deflater deflater = new Deflater();
        deflater.deflate(a, i, 12);
        deflater.end();
    }

    static void readTo13(byte[] a, int i) {
        consume(new ByteArrayInputStream(new byte[99]).read(a, i, 13));
    }

    static void readFullyTo13(byte[] a, int i) throws IOException {
        new DataInputStream(new ByteArrayInputStream(new byte[99])).readFully(a, i, 13);
    }

    static void write14(byte[] a, int i) {
        new ByteArrayOutputStream().write(a, i, 14);
    }

    static void viewLoad8(byte[] a, int i) {
        consume((int) (long) LONGS.get(a, i));
    }

    static void viewSet8(byte[] a, int i) {
        LONGS.set(a, i, 1L);
    }

    static void bufferGet3(byte[] a, int i) {
        ByteBuffer.allocate(9).put(a, i, 3);
    }

    static void bufferGetTo3(byte[] a, int i) {
        ByteBuffer.allocate(9).get(a, i, 3);
    }

    static void getInt4(ByteBuffer b, int i) {
        consume(b.getInt(i));
    }

    static void putLong8(ByteBuffer b, int i) {
        b.putLong(i, 1);
    }

    static void relativePutShort2(ByteBuffer b, int i) {
        b.duplicate().position(i).putShort((short) 1);
    }

    static void sliceGetDouble8(ByteBuffer b, int i) {
        consume((int) b.slice(i, 9).getDouble());
    }

    static void typedPut4(ByteBuffer b, int i) {
        b.duplicate().position(i).asIntBuffer().put(0, 1);
    }

    static void bulkGet7(ByteBuffer b, int i) {
        b.get(i, new byte[7]);
    }

    static void bulkPut7(ByteBuffer b, int i) {
        b.put(i, new byte[7]);
    }

    static void transfer9(ByteBuffer b, int i) {
        ByteBuffer.allocate(9).put(b.duplicate().position(i).limit(i + 9));
    }

    static void transferTo9(ByteBuffer b, int i) {
        b.duplicate().position(i).put(ByteBuffer.allocate(9));
    }

    static void compare5(ByteBuffer b, int i) {
        consume(b.duplicate().position(i).limit(i + 5).compareTo(ByteBuffer.allocate(9)));
    }

    static void hash6(ByteBuffer b, int i) {
        consume(b.duplicate().position(i).limit(i + 6).hashCode());
    }

    static void channelReadTo8(ByteBuffer b, int i) throws IOException {
        Channels.newChannel(new ByteArrayInputStream(new byte[99]))
                .read(b.duplicate().position(i).limit(i + 8));
    }

    static void channelWrite8(ByteBuffer b, int i) throws IOException {
        Channels.newChannel(new ByteArrayOutputStream())
                .write(b.duplicate().position(i).limit(i + 8));
    }

    static void decode10(ByteBuffer b, int i) {
        consume(StandardCharsets.US_ASCII.decode(b.duplicate().position(i).limit(i + 10)).length());
    }

    static void viewLoad4(ByteBuffer b, int i) {
        consume((int) INTS_OF_BUFFER.get(b, i));
    }

    static void viewSet4(ByteBuffer b, int i) {
        INTS_OF_BUFFER.set(b, i, 1);
    }

    private static void consume(int value) {
        if (value == 0x12345678) {
            throw new IllegalStateException("nothing in these tests is that");
        }
    }
}
