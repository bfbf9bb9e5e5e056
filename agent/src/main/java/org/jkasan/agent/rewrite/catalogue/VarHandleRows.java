package org.jkasan.agent.rewrite.catalogue;

import static org.jkasan.agent.rewrite.catalogue.Operand.constant;
import static org.jkasan.agent.rewrite.catalogue.Rows.A0;
import static org.jkasan.agent.rewrite.catalogue.Rows.A1;
import static org.jkasan.agent.rewrite.catalogue.Rows.A2;
import static org.jkasan.agent.rewrite.catalogue.Rows.BYTE_BUFFER;

import java.lang.invoke.VarHandle.AccessMode;
import java.util.List;
import org.jkasan.agent.rewrite.hook.Hook;

/**
 * The catalogue's rows for {@code VarHandle}s over arrays and buffers, in every access mode. A call
 * has a row if it passes a primitive array or a ByteBuffer, and an index; what the handle then is,
 * its hook finds out.
 */
final class VarHandleRows {

    private VarHandleRows() {}

    static void addTo(List<InterceptedCall> rows) {
        Rows handle = Rows.of("java/lang/invoke/VarHandle");
        Operand type = new Operand.CallType();
        for (AccessMode mode : AccessMode.values()) {
            Operand ordinal = constant(mode.ordinal());
            Effect array = Effect.of(Hook.HANDLE_OF_ARRAY, A0, A1, A2, type, ordinal);
            Effect buffer = Effect.of(Hook.HANDLE_OF_BUFFER, A0, A1, A2, type, ordinal);
            for (Element element : Element.values()) {
                handle.polymorphic(mode.methodName(), "(" + element.array, array);
            }
            handle.polymorphic(mode.methodName(), "(" + BYTE_BUFFER, buffer)
                    .polymorphic(mode.methodName(), "(Ljava/nio/MappedByteBuffer;", buffer);
        }
        rows.addAll(handle.list());
    }
}
