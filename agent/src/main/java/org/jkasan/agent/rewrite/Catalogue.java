package org.jkasan.agent.rewrite;

import static org.jkasan.agent.rewrite.Operand.argument;
import static org.jkasan.agent.rewrite.Operand.constant;
import static org.jkasan.agent.rewrite.Operand.span;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * The table of intercepted methods: owner, name, parameters and what each does to memory.
 *
 * <p>A row holds for a call that names exactly this owner. The JDK's buffers have no subclasses but
 * the JDK's own, of which only {@code MappedByteBuffer} can be named. Return types are left out.
 */
final class Catalogue {

    private static final Operand A0 = argument(0);
    private static final Operand A1 = argument(1);
    private static final Operand A2 = argument(2);
    private static final Operand A3 = argument(3);
    private static final Operand A4 = argument(4);

    private static final String KERNEL_MEMORY = "org/jkasan/mm/KernelMemory";
    private static final String BYTE_BUFFER = "java/nio/ByteBuffer";
    private static final String CHAR_BUFFER = "java/nio/CharBuffer";
    private static final String BYTE_ORDER = "Ljava/nio/ByteOrder;";

    private static final Map<String, Map<String, InterceptedCall>> ROWS = new HashMap<>();

    static {
        arrays();
        for (Element element : Element.values()) {
            if (element != Element.BOOLEAN) {
                buffer(element);
            }
            if (element.ordinal() > Element.BYTE.ordinal()) {
                byteBufferView(element);
            }
        }
        charBuffer();
        List.copyOf(ROWS.get(BYTE_BUFFER).values())
                .forEach(row -> add(row.in("java/nio/MappedByteBuffer")));
        kernelMemory();
        HelperRows.all().forEach(Catalogue::add);
    }

    /** A primitive type as rows need it. */
    private enum Element {
        BOOLEAN("Z", 1, "Boolean"),
        BYTE("B", 1, "Byte"),
        CHAR("C", 2, "Char"),
        SHORT("S", 2, "Short"),
        INT("I", 4, "Int"),
        FLOAT("F", 4, "Float"),
        LONG("J", 8, "Long"),
        DOUBLE("D", 8, "Double");

        final String descriptor;
        final int size;
        final String word;

        Element(String descriptor, int size, String word) {
            this.descriptor = descriptor;
            this.size = size;
            this.word = word;
        }
    }

    private Catalogue() {}

    /** The row of a call, or null where there is none. */
    static InterceptedCall find(MethodInsnNode call) {
        return find(call.owner, call.name, call.desc);
    }

    /** The row of a call by internal name of the owner, name and descriptor, or null. */
    static InterceptedCall find(String owner, String name, String descriptor) {
        Map<String, InterceptedCall> rows = ROWS.get(owner);
        return rows == null
                ? null
                : rows.get(name + descriptor.substring(0, descriptor.indexOf(')') + 1));
    }

    /** All rows. */
    static Collection<InterceptedCall> rows() {
        Collection<InterceptedCall> all = new ArrayList<>();
        ROWS.values().forEach(rows -> all.addAll(rows.values()));
        return all;
    }

    private static void arrays() {
        String object = "Ljava/lang/Object;";
        function(
                "java/lang/System",
                "arraycopy",
                "(" + object + "I" + object + "II)",
                Effect.of(Hook.COPY, A0, A1, A2, A3, A4));
        for (Element element : Element.values()) {
            String type = element.descriptor;
            function("fill", "([" + type + type + ")", Effect.of(Hook.WRITE_ALL, A0));
            function(
                    "fill",
                    "([" + type + "II" + type + ")",
                    Effect.of(Hook.WRITE_RANGE, A0, A1, span(1, 2)));
            function("copyOf", "([" + type + "I)", Effect.of(Hook.READ_COPY, A0, constant(0), A1));
            function("copyOfRange", "([" + type + "II)", Effect.of(Hook.READ_COPY, A0, A1, A2));
        }
    }

    private static void buffer(Element element) {
        String owner = "java/nio/" + element.word + "Buffer";
        String self = "L" + owner + ";";
        String type = element.descriptor;
        String array = "[" + type;
        Operand size = constant(element.size);
        method(owner, "get", "()", Effect.of(Hook.BUFFER_LOAD, A0, size));
        method(owner, "get", "(I)", Effect.of(Hook.BUFFER_LOAD_AT, A0, A1, size));
        method(owner, "put", "(" + type + ")", Effect.of(Hook.BUFFER_STORE, A0, size));
        method(owner, "put", "(I" + type + ")", Effect.of(Hook.BUFFER_STORE_AT, A0, A1, size));

        method(owner, "get", "(" + array + ")", Effect.of(Hook.BUFFER_GET_ALL, A0, A1));
        method(owner, "get", "(" + array + "II)", Effect.of(Hook.BUFFER_GET, A0, A1, A2, A3));
        method(owner, "get", "(I" + array + ")", Effect.of(Hook.BUFFER_GET_ALL_AT, A0, A1, A2));
        method(
                owner,
                "get",
                "(I" + array + "II)",
                Effect.of(Hook.BUFFER_GET_AT, A0, A1, A2, A3, A4));
        method(owner, "put", "(" + array + ")", Effect.of(Hook.BUFFER_PUT_ALL, A0, A1));
        method(owner, "put", "(" + array + "II)", Effect.of(Hook.BUFFER_PUT, A0, A1, A2, A3));
        method(owner, "put", "(I" + array + ")", Effect.of(Hook.BUFFER_PUT_ALL_AT, A0, A1, A2));
        method(
                owner,
                "put",
                "(I" + array + "II)",
                Effect.of(Hook.BUFFER_PUT_AT, A0, A1, A2, A3, A4));
        method(owner, "put", "(" + self + ")", Effect.of(Hook.BUFFER_PUT_BUFFER, A0, A1));
        method(
                owner,
                "put",
                "(I" + self + "II)",
                Effect.of(Hook.BUFFER_PUT_BUFFER_AT, A0, A1, A2, A3, A4));
    }

    private static void byteBufferView(Element element) {
        String get = "get" + element.word;
        String put = "put" + element.word;
        String type = element.descriptor;
        Operand size = constant(element.size);
        method(BYTE_BUFFER, get, "()", Effect.of(Hook.BUFFER_LOAD, A0, size));
        method(BYTE_BUFFER, get, "(I)", Effect.of(Hook.BUFFER_LOAD_AT, A0, A1, size));
        method(BYTE_BUFFER, put, "(" + type + ")", Effect.of(Hook.BUFFER_STORE, A0, size));
        method(BYTE_BUFFER, put, "(I" + type + ")", Effect.of(Hook.BUFFER_STORE_AT, A0, A1, size));
    }

    private static void charBuffer() {
        String string = "Ljava/lang/String;";
        method(CHAR_BUFFER, "put", "(" + string + ")", Effect.of(Hook.BUFFER_PUT_STRING, A0, A1));
        method(
                CHAR_BUFFER,
                "put",
                "(" + string + "II)",
                Effect.of(Hook.BUFFER_PUT_STRING_PART, A0, A1, A2, A3));
    }

    private static void kernelMemory() {
        for (Element element : List.of(Element.BYTE, Element.SHORT, Element.INT, Element.LONG)) {
            String type = element.descriptor;
            Effect load = Effect.of(Hook.KERNEL_LOAD, A0, A1, constant(element.size));
            Effect store = Effect.of(Hook.KERNEL_STORE, A0, A1, constant(element.size));
            kernel("load" + element.word, "(J)", load);
            kernel("store" + element.word, "(J" + type + ")", store);
            if (element != Element.BYTE) {
                kernel("load" + element.word, "(J" + BYTE_ORDER + ")", load);
                kernel("store" + element.word, "(J" + type + BYTE_ORDER + ")", store);
            }
        }
        Effect readSecond = Effect.of(Hook.KERNEL_READ, A0, A2, A3);
        Effect writeFirst = Effect.of(Hook.KERNEL_WRITE, A0, A1, A3);
        kernel("memset", "(JIJ)", writeFirst);
        kernel("memcpy", "(JJJ)", readSecond, writeFirst);
        kernel("memmove", "(JJJ)", readSecond, writeFirst);
        kernel("memcmp", "(JJJ)", Effect.of(Hook.MEMORY_COMPARE, A0, A1, A2, A3));
        Effect find = Effect.of(Hook.MEMORY_FIND, A0, A1, A2, A3);
        kernel("memchr", "(JIJ)", find);
        kernel("memscan", "(JIJ)", find);
        kernel("copyIn", "(J[BII)", Effect.of(Hook.KERNEL_COPY_IN, A0, A1, A2, A3, A4));
        kernel("copyOut", "(J[BII)", Effect.of(Hook.KERNEL_COPY_OUT, A0, A1, A2, A3, A4));
    }

    private static void function(String name, String parameters, Effect effect) {
        function("java/util/Arrays", name, parameters, effect);
    }

    private static void function(String owner, String name, String parameters, Effect effect) {
        add(new InterceptedCall(owner, name, parameters, true, List.of(effect), false));
    }

    private static void method(String owner, String name, String parameters, Effect... effects) {
        add(new InterceptedCall(owner, name, parameters, false, List.of(effects), false));
    }

    private static void kernel(String name, String parameters, Effect... effects) {
        method(KERNEL_MEMORY, name, parameters, effects);
    }

    private static void add(InterceptedCall row) {
        ROWS.computeIfAbsent(row.owner(), owner -> new HashMap<>())
                .put(row.name() + row.parameters(), row);
    }
}
