package org.jkasan.agent.rewrite.catalogue;

import static org.jkasan.agent.rewrite.catalogue.Rows.A1;
import static org.jkasan.agent.rewrite.catalogue.Rows.A2;
import static org.jkasan.agent.rewrite.catalogue.Rows.A3;
import static org.jkasan.agent.rewrite.catalogue.Rows.CHAR_BUFFER;

import java.util.List;
import org.jkasan.agent.rewrite.hook.Hook;

/** The catalogue's rows for the streams of java.io: what fills an array and what drains one. */
final class StreamRows {

    private static final Effect READ = Effect.of(Hook.ARRAY_READ, A1);
    private static final Effect READ_RANGE = Effect.of(Hook.ARRAY_READ_RANGE, A1, A2, A3);
    private static final Effect WRITE = Effect.of(Hook.WRITE_ALL, A1);
    private static final Effect WRITE_RANGE = Effect.of(Hook.WRITE_RANGE, A1, A2, A3);

    private StreamRows() {}

    static void addTo(List<InterceptedCall> rows) {
        rows.addAll(inputStream().list());
        rows.addAll(outputStream().list());
        rows.addAll(data().list());
        rows.addAll(dataOut().list());
        rows.addAll(reader().list());
        rows.addAll(writer().list());
        rows.addAll(
                Rows.of("java/lang/Readable")
                        .barriers()
                        .method("read", "(" + CHAR_BUFFER + ")", Effect.of(Hook.BUFFER_FILL, A1))
                        .list());
        for (String print : List.of("java/io/PrintStream", "java/io/PrintWriter")) {
            Rows printer = Rows.of(print).barriers();
            rows.addAll(
                    printer.method("print", "([C)", READ).method("println", "([C)", READ).list());
        }
        for (String all : List.of("java/io/PrintStream", "java/io/ByteArrayOutputStream")) {
            rows.addAll(Rows.of(all).barriers().method("writeBytes", "([B)", READ).list());
        }
        rows.addAll(fills(Rows.of("java/io/ObjectInput").barriers()).list());
        rows.addAll(fills(drains(Rows.of("java/io/RandomAccessFile").barriers())).list());
    }

    private static Rows fills(Rows rows) {
        return rows.method("read", "([B)", WRITE).method("read", "([BII)", WRITE_RANGE);
    }

    private static Rows drains(Rows rows) {
        return rows.method("write", "([B)", READ).method("write", "([BII)", READ_RANGE);
    }

    private static Rows inputStream() {
        Rows rows =
                Rows.of("java/io/InputStream")
                        .in("java/io", "FileInputStream", "FilterInputStream")
                        .in("java/io", "BufferedInputStream", "DataInputStream")
                        .in("java/io", "PushbackInputStream", "ByteArrayInputStream")
                        .in("java/io", "SequenceInputStream", "PipedInputStream")
                        .in("java/io", "ObjectInputStream")
                        .in("java/util/zip", "InflaterInputStream", "GZIPInputStream")
                        .in("java/util/zip", "ZipInputStream", "DeflaterInputStream")
                        .in("java/util/zip", "CheckedInputStream")
                        .in("java/util/jar", "JarInputStream")
                        .in("java/security", "DigestInputStream")
                        .in("javax/crypto", "CipherInputStream")
                        .barriers();
        return fills(rows).method("readNBytes", "([BII)", WRITE_RANGE);
    }

    private static Rows outputStream() {
        Rows rows =
                Rows.of("java/io/OutputStream")
                        .in("java/io", "FileOutputStream", "FilterOutputStream")
                        .in("java/io", "BufferedOutputStream", "DataOutputStream")
                        .in("java/io", "PrintStream", "ByteArrayOutputStream")
                        .in("java/io", "PipedOutputStream", "ObjectOutputStream")
                        .in("java/util/zip", "DeflaterOutputStream", "GZIPOutputStream")
                        .in("java/util/zip", "ZipOutputStream", "InflaterOutputStream")
                        .in("java/util/zip", "CheckedOutputStream")
                        .in("java/util/jar", "JarOutputStream")
                        .in("java/security", "DigestOutputStream")
                        .in("javax/crypto", "CipherOutputStream")
                        .barriers();
        return drains(rows);
    }

    private static Rows data() {
        return Rows.of("java/io/DataInput")
                .in("java/io", "DataInputStream", "ObjectInput", "ObjectInputStream")
                .in("java/io", "RandomAccessFile")
                .barriers()
                .method("readFully", "([B)", WRITE)
                .method("readFully", "([BII)", WRITE_RANGE);
    }

    private static Rows dataOut() {
        return drains(Rows.of("java/io/DataOutput").in("java/io", "ObjectOutput").barriers());
    }

    private static Rows reader() {
        return Rows.of("java/io/Reader")
                .in("java/io", "InputStreamReader", "FileReader", "BufferedReader")
                .in("java/io", "LineNumberReader", "StringReader", "CharArrayReader")
                .in("java/io", "FilterReader", "PushbackReader", "PipedReader")
                .barriers()
                .method("read", "([C)", WRITE)
                .method("read", "([CII)", WRITE_RANGE)
                .method("read", "(" + CHAR_BUFFER + ")", Effect.of(Hook.BUFFER_FILL, A1));
    }

    private static Rows writer() {
        return Rows.of("java/io/Writer")
                .in("java/io", "OutputStreamWriter", "FileWriter", "BufferedWriter")
                .in("java/io", "PrintWriter", "StringWriter", "CharArrayWriter")
                .in("java/io", "FilterWriter", "PipedWriter")
                .barriers()
                .method("write", "([C)", READ)
                .method("write", "([CII)", READ_RANGE);
    }
}
