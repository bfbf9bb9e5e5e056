package org.jkasan.agent.rewrite.catalogue;

import static org.jkasan.agent.rewrite.catalogue.Operand.constant;
import static org.jkasan.agent.rewrite.catalogue.Rows.A0;
import static org.jkasan.agent.rewrite.catalogue.Rows.A1;
import static org.jkasan.agent.rewrite.catalogue.Rows.A2;
import static org.jkasan.agent.rewrite.catalogue.Rows.A3;
import static org.jkasan.agent.rewrite.catalogue.Rows.A4;
import static org.jkasan.agent.rewrite.catalogue.Rows.CHAR_BUFFER;
import static org.jkasan.agent.rewrite.catalogue.Rows.OBJECT;
import static org.jkasan.agent.rewrite.catalogue.Rows.STRING;

import java.util.List;
import org.jkasan.agent.rewrite.hook.Hook;

/**
 * The catalogue's rows for the buffers of java.nio. They have no subclasses but the JDK's own, of
 * which only {@code MappedByteBuffer} can be named. What makes a buffer of another, or of an array,
 * touches neither and has no row.
 */
final class BufferRows {

    private static final String CHARS = "Ljava/lang/CharSequence;";

    private BufferRows() {}

    static void addTo(List<InterceptedCall> rows) {
        for (Element element : Element.values()) {
            if (element != Element.BOOLEAN) {
                Rows buffer = Rows.of("java/nio/" + element.word + "Buffer");
                if (element == Element.BYTE) {
                    buffer.in("java/nio", "MappedByteBuffer");
                }
                elements(buffer, element);
                transfers(buffer, element);
                whole(buffer, element);
                if (element == Element.BYTE) {
                    views(buffer);
                } else if (element == Element.CHAR) {
                    chars(buffer);
                }
                rows.addAll(buffer.list());
            }
        }
    }

    private static void elements(Rows rows, Element element) {
        Operand size = constant(element.size);
        String type = element.type;
        rows.method("get", "()", Effect.of(Hook.BUFFER_LOAD, A0, size))
                .method("get", "(I)", Effect.of(Hook.BUFFER_LOAD_AT, A0, A1, size))
                .method("put", "(" + type + ")", Effect.of(Hook.BUFFER_STORE, A0, size))
                .method("put", "(I" + type + ")", Effect.of(Hook.BUFFER_STORE_AT, A0, A1, size));
    }

    private static void transfers(Rows rows, Element element) {
        String array = element.array;
        String self = "Ljava/nio/" + element.word + "Buffer;";
        rows.method("get", "(" + array + ")", Effect.of(Hook.BUFFER_GET_ALL, A0, A1))
                .method("get", "(" + array + "II)", Effect.of(Hook.BUFFER_GET, A0, A1, A2, A3))
                .method("get", "(I" + array + ")", Effect.of(Hook.BUFFER_GET_ALL_AT, A0, A1, A2))
                .method(
                        "get",
                        "(I" + array + "II)",
                        Effect.of(Hook.BUFFER_GET_AT, A0, A1, A2, A3, A4))
                .method("put", "(" + array + ")", Effect.of(Hook.BUFFER_PUT_ALL, A0, A1))
                .method("put", "(" + array + "II)", Effect.of(Hook.BUFFER_PUT, A0, A1, A2, A3))
                .method("put", "(I" + array + ")", Effect.of(Hook.BUFFER_PUT_ALL_AT, A0, A1, A2))
                .method(
                        "put",
                        "(I" + array + "II)",
                        Effect.of(Hook.BUFFER_PUT_AT, A0, A1, A2, A3, A4))
                .method("put", "(" + self + ")", Effect.of(Hook.BUFFER_PUT_BUFFER, A0, A1))
                .method(
                        "put",
                        "(I" + self + "II)",
                        Effect.of(Hook.BUFFER_PUT_BUFFER_AT, A0, A1, A2, A3, A4));
    }

    private static void whole(Rows rows, Element element) {
        String self = "(Ljava/nio/" + element.word + "Buffer;)";
        Effect compare = Effect.of(Hook.BUFFERS_COMPARE, A0, A1);
        rows.method("compact", "()", Effect.of(Hook.BUFFER_COMPACT, A0))
                .method("equals", "(" + OBJECT + ")", Effect.of(Hook.BUFFERS_EQUAL, A0, A1))
                .method("compareTo", self, compare)
                .method("mismatch", self, compare)
                .method("hashCode", "()", Effect.of(Hook.BUFFER_DRAIN, A0));
    }

    /** The elements of other types that a ByteBuffer reads and writes. */
    private static void views(Rows rows) {
        for (Element element : Element.values()) {
            if (element.ordinal() > Element.BYTE.ordinal()) {
                Operand size = constant(element.size);
                String get = "get" + element.word;
                String put = "put" + element.word;
                String type = element.type;
                rows.method(get, "()", Effect.of(Hook.BUFFER_LOAD, A0, size))
                        .method(get, "(I)", Effect.of(Hook.BUFFER_LOAD_AT, A0, A1, size))
                        .method(put, "(" + type + ")", Effect.of(Hook.BUFFER_STORE, A0, size))
                        .method(
                                put,
                                "(I" + type + ")",
                                Effect.of(Hook.BUFFER_STORE_AT, A0, A1, size));
            }
        }
    }

    private static void chars(Rows rows) {
        rows.method("put", "(" + STRING + ")", Effect.of(Hook.BUFFER_PUT_STRING, A0, A1))
                .method(
                        "put",
                        "(" + STRING + "II)",
                        Effect.of(Hook.BUFFER_PUT_STRING_PART, A0, A1, A2, A3))
                .method("append", "(C)", Effect.of(Hook.BUFFER_STORE, A0, constant(2)))
                .method("charAt", "(I)", Effect.of(Hook.CHAR_LOAD, A0, A1))
                .method("read", "(" + CHAR_BUFFER + ")", Effect.of(Hook.CHARS_READ, A0, A1))
                .method("toString", "()", Effect.of(Hook.BUFFER_DRAIN, A0))
                .barriers()
                .method("append", "(" + CHARS + ")", Effect.of(Hook.CHARS_APPEND, A0, A1))
                .method(
                        "append",
                        "(" + CHARS + "II)",
                        Effect.of(Hook.CHARS_APPEND_PART, A0, A1, A2, A3))
                .since(25)
                .method("getChars", "(II[CI)", Effect.of(Hook.TEXT_WRITE, A0, A1, A2, A3, A4));
    }
}
