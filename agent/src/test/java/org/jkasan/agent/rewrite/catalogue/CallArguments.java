package org.jkasan.agent.rewrite.catalogue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.objectweb.asm.Type;

/** Arguments for calls of the catalogue's methods, fresh ones of a few elements each time. */
final class CallArguments {

    private static final int LENGTH = 32;

    private static final Map<String, Supplier<Object>> OBJECTS =
            Map.ofEntries(
                    Map.entry("java.lang.String", () -> "abcdef"),
                    Map.entry("java.lang.CharSequence", () -> "abcdef"),
                    Map.entry("java.lang.StringBuilder", () -> new StringBuilder("abcdef")),
                    Map.entry("java.lang.StringBuffer", () -> new StringBuffer("abcdef")),
                    Map.entry("java.lang.Object", () -> new int[LENGTH]),
                    Map.entry("java.nio.ByteOrder", () -> ByteOrder.BIG_ENDIAN),
                    Map.entry("java.nio.ByteBuffer", () -> ByteBuffer.allocate(LENGTH)),
                    Map.entry("java.nio.MappedByteBuffer", () -> ByteBuffer.allocateDirect(64)),
                    Map.entry("java.nio.CharBuffer", () -> CharBuffer.allocate(LENGTH)),
                    Map.entry("java.nio.ShortBuffer", () -> ShortBuffer.allocate(LENGTH)),
                    Map.entry("java.nio.IntBuffer", () -> IntBuffer.allocate(LENGTH)),
                    Map.entry("java.nio.LongBuffer", () -> LongBuffer.allocate(LENGTH)),
                    Map.entry("java.nio.FloatBuffer", () -> FloatBuffer.allocate(LENGTH)),
                    Map.entry("java.nio.DoubleBuffer", () -> DoubleBuffer.allocate(LENGTH)),
                    Map.entry("java.nio.charset.Charset", () -> StandardCharsets.UTF_8),
                    Map.entry(
                            "java.nio.charset.CharsetDecoder",
                            () -> StandardCharsets.UTF_8.newDecoder()),
                    Map.entry(
                            "java.nio.charset.CharsetEncoder",
                            () -> StandardCharsets.UTF_8.newEncoder()),
                    Map.entry(
                            "java.nio.channels.ReadableByteChannel",
                            () -> Channels.newChannel(in())),
                    Map.entry(
                            "java.nio.channels.WritableByteChannel",
                            () -> Channels.newChannel(out())),
                    Map.entry("java.io.InputStream", CallArguments::in),
                    Map.entry("java.io.OutputStream", CallArguments::out),
                    Map.entry("java.io.ByteArrayOutputStream", CallArguments::out),
                    Map.entry("java.io.DataInput", () -> new DataInputStream(in())),
                    Map.entry("java.io.DataOutput", () -> new DataOutputStream(out())),
                    Map.entry("java.io.PrintStream", () -> new PrintStream(out())),
                    Map.entry("java.io.PrintWriter", () -> new PrintWriter(out())),
                    Map.entry("java.io.Reader", CallArguments::reader),
                    Map.entry("java.lang.Readable", CallArguments::reader),
                    Map.entry("java.io.Writer", () -> new StringWriter()),
                    Map.entry("java.util.zip.Checksum", () -> new CRC32()),
                    Map.entry("java.util.zip.Deflater", () -> new Deflater()),
                    Map.entry("java.util.zip.Inflater", () -> new Inflater()),
                    Map.entry("java.security.MessageDigest", CallArguments::digest),
                    Map.entry("javax.crypto.Cipher", CallArguments::cipher),
                    Map.entry("javax.crypto.Mac", CallArguments::mac),
                    Map.entry("java.util.Base64$Encoder", () -> Base64.getEncoder()),
                    Map.entry("java.util.Base64$Decoder", () -> Base64.getDecoder()),
                    Map.entry("java.util.random.RandomGenerator", () -> new Random(1)),
                    Map.entry(
                            "java.util.function.IntUnaryOperator", () -> (IntUnaryOperator) i -> i),
                    Map.entry(
                            "java.util.function.IntToLongFunction",
                            () -> (IntToLongFunction) i -> i),
                    Map.entry(
                            "java.util.function.IntToDoubleFunction",
                            () -> (IntToDoubleFunction) i -> i),
                    Map.entry(
                            "java.util.function.IntBinaryOperator",
                            () -> (IntBinaryOperator) Integer::sum),
                    Map.entry(
                            "java.util.function.LongBinaryOperator",
                            () -> (LongBinaryOperator) Long::sum),
                    Map.entry(
                            "java.util.function.DoubleBinaryOperator",
                            () -> (DoubleBinaryOperator) Double::sum));

    private CallArguments() {}

    /** One that tells its position where it is a number; null of a class that is not known here. */
    static Object of(Type type, int position) {
        return switch (type.getSort()) {
            case Type.BOOLEAN -> true;
            case Type.BYTE -> (byte) position;
            case Type.CHAR -> (char) position;
            case Type.SHORT -> (short) position;
            case Type.INT -> position;
            case Type.FLOAT -> (float) position;
            case Type.LONG -> (long) position;
            case Type.DOUBLE -> (double) position;
            case Type.ARRAY -> array(type.getElementType());
            default -> OBJECTS.getOrDefault(type.getClassName(), () -> null).get();
        };
    }

    private static Object array(Type element) {
        return element.getSort() == Type.OBJECT
                ? new ByteBuffer[] {ByteBuffer.allocate(LENGTH), ByteBuffer.allocate(1)}
                : Array.newInstance(primitive(element), LENGTH);
    }

    private static Class<?> primitive(Type type) {
        return Stream.of(
                        boolean.class,
                        byte.class,
                        char.class,
                        short.class,
                        int.class,
                        float.class,
                        long.class,
                        double.class)
                .filter(each -> Type.getType(each).equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** A handle whose coordinates are those of a row: an array's elements, a buffer's ints. */
    static VarHandle handle(Type container) {
        return container.getSort() == Type.ARRAY
                ? MethodHandles.arrayElementVarHandle(
                        primitive(container.getElementType()).arrayType())
                : MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    }

    private static InputStream in() {
        return new ByteArrayInputStream(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    }

    private static OutputStream out() {
        return new ByteArrayOutputStream();
    }

    private static Reader reader() {
        return new StringReader("abcdefghi");
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Cipher cipher() {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[16], "AES"));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Mac mac() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(new byte[16], "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
