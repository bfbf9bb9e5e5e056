package org.jkasan.agent.rewrite.catalogue;

import static org.jkasan.agent.rewrite.catalogue.Operand.constant;
import static org.jkasan.agent.rewrite.catalogue.Rows.A0;
import static org.jkasan.agent.rewrite.catalogue.Rows.A1;
import static org.jkasan.agent.rewrite.catalogue.Rows.A2;
import static org.jkasan.agent.rewrite.catalogue.Rows.A3;
import static org.jkasan.agent.rewrite.catalogue.Rows.A4;

import java.util.List;
import org.jkasan.agent.rewrite.hook.Hook;

/** The catalogue's rows for accesses by kernel address. */
final class KernelRows {

    private static final String BYTE_ORDER = "Ljava/nio/ByteOrder;";

    private KernelRows() {}

    static void addTo(List<InterceptedCall> rows) {
        Rows kernel = Rows.of("org/jkasan/mm/KernelMemory");
        for (Element element : List.of(Element.BYTE, Element.SHORT, Element.INT, Element.LONG)) {
            String type = element.type;
            Effect load = Effect.of(Hook.KERNEL_LOAD, A0, A1, constant(element.size));
            Effect store = Effect.of(Hook.KERNEL_STORE, A0, A1, constant(element.size));
            kernel.method("load" + element.word, "(J)", load);
            kernel.method("store" + element.word, "(J" + type + ")", store);
            if (element != Element.BYTE) {
                kernel.method("load" + element.word, "(J" + BYTE_ORDER + ")", load);
                kernel.method("store" + element.word, "(J" + type + BYTE_ORDER + ")", store);
            }
        }
        Effect readSecond = Effect.of(Hook.KERNEL_READ, A0, A2, A3);
        Effect writeFirst = Effect.of(Hook.KERNEL_WRITE, A0, A1, A3);
        kernel.method("memset", "(JIJ)", writeFirst);
        kernel.method("memcpy", "(JJJ)", readSecond, writeFirst);
        kernel.method("memmove", "(JJJ)", readSecond, writeFirst);
        kernel.method("memcmp", "(JJJ)", Effect.of(Hook.MEMORY_COMPARE, A0, A1, A2, A3));
        Effect find = Effect.of(Hook.MEMORY_FIND, A0, A1, A2, A3);
        kernel.method("memchr", "(JIJ)", find);
        kernel.method("memscan", "(JIJ)", find);
        kernel.method("copyIn", "(J[BII)", Effect.of(Hook.KERNEL_COPY_IN, A0, A1, A2, A3, A4));
        kernel.method("copyOut", "(J[BII)", Effect.of(Hook.KERNEL_COPY_OUT, A0, A1, A2, A3, A4));
        rows.addAll(kernel.list());
    }
}
