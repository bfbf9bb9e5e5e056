package org.jkasan.agent.rewrite.catalogue;

import static org.jkasan.agent.rewrite.catalogue.Rows.A1;
import static org.jkasan.agent.rewrite.catalogue.Rows.A2;
import static org.jkasan.agent.rewrite.catalogue.Rows.A3;
import static org.jkasan.agent.rewrite.catalogue.Rows.A4;
import static org.jkasan.agent.rewrite.catalogue.Rows.BYTE_BUFFER;
import static org.jkasan.agent.rewrite.catalogue.Rows.OBJECT;

import java.util.List;
import org.jkasan.agent.rewrite.hook.Hook;

/** The catalogue's rows for channels: what fills buffers and what drains them. */
final class ChannelRows {

    private static final String CHANNELS = "java/nio/channels";
    private static final String BUFFERS = "[" + BYTE_BUFFER;
    private static final String COMPLETION = OBJECT + "Ljava/nio/channels/CompletionHandler;)";

    private ChannelRows() {}

    static void addTo(List<InterceptedCall> rows) {
        rows.addAll(
                channel("ReadableByteChannel")
                        .in(CHANNELS, "ByteChannel", "SeekableByteChannel", "FileChannel")
                        .in(CHANNELS, "SocketChannel", "DatagramChannel", "Pipe$SourceChannel")
                        .in(CHANNELS, "ScatteringByteChannel")
                        .method("read", "(" + BYTE_BUFFER + ")", Effect.of(Hook.BUFFER_FILL, A1))
                        .list());
        rows.addAll(
                channel("WritableByteChannel")
                        .in(CHANNELS, "ByteChannel", "SeekableByteChannel", "FileChannel")
                        .in(CHANNELS, "SocketChannel", "DatagramChannel", "Pipe$SinkChannel")
                        .in(CHANNELS, "GatheringByteChannel")
                        .method("write", "(" + BYTE_BUFFER + ")", Effect.of(Hook.BUFFER_DRAIN, A1))
                        .list());
        rows.addAll(
                channel("ScatteringByteChannel")
                        .in(CHANNELS, "FileChannel", "SocketChannel", "DatagramChannel")
                        .in(CHANNELS, "Pipe$SourceChannel")
                        .method("read", "(" + BUFFERS + ")", Effect.of(Hook.BUFFERS_FILL, A1))
                        .method(
                                "read",
                                "(" + BUFFERS + "II)",
                                Effect.of(Hook.BUFFERS_FILL_PART, A1, A2, A3))
                        .list());
        rows.addAll(
                channel("GatheringByteChannel")
                        .in(CHANNELS, "FileChannel", "SocketChannel", "DatagramChannel")
                        .in(CHANNELS, "Pipe$SinkChannel")
                        .method("write", "(" + BUFFERS + ")", Effect.of(Hook.BUFFERS_DRAIN, A1))
                        .method(
                                "write",
                                "(" + BUFFERS + "II)",
                                Effect.of(Hook.BUFFERS_DRAIN_PART, A1, A2, A3))
                        .list());
        rows.addAll(positional(channel("FileChannel")).list());
        rows.addAll(
                channel("DatagramChannel")
                        .method("receive", "(" + BYTE_BUFFER + ")", Effect.of(Hook.BUFFER_FILL, A1))
                        .method(
                                "send",
                                "(" + BYTE_BUFFER + "Ljava/net/SocketAddress;)",
                                Effect.of(Hook.BUFFER_DRAIN_NEEDING, A1, A2))
                        .list());
        asynchronous(rows);
    }

    private static void asynchronous(List<InterceptedCall> rows) {
        rows.addAll(
                channel("AsynchronousByteChannel")
                        .in(CHANNELS, "AsynchronousSocketChannel")
                        .method("read", "(" + BYTE_BUFFER + ")", Effect.of(Hook.BUFFER_FILL, A1))
                        .method("write", "(" + BYTE_BUFFER + ")", Effect.of(Hook.BUFFER_DRAIN, A1))
                        .method(
                                "read",
                                "(" + BYTE_BUFFER + COMPLETION,
                                Effect.of(Hook.BUFFER_FILL_NEEDING, A1, A3))
                        .method(
                                "write",
                                "(" + BYTE_BUFFER + COMPLETION,
                                Effect.of(Hook.BUFFER_DRAIN_NEEDING, A1, A3))
                        .list());
        rows.addAll(
                positional(channel("AsynchronousFileChannel"))
                        .method(
                                "read",
                                "(" + BYTE_BUFFER + "J" + COMPLETION,
                                Effect.of(Hook.BUFFER_FILL_AT_NEEDING, A1, A2, A4))
                        .method(
                                "write",
                                "(" + BYTE_BUFFER + "J" + COMPLETION,
                                Effect.of(Hook.BUFFER_DRAIN_AT_NEEDING, A1, A2, A4))
                        .list());
    }

    private static Rows positional(Rows rows) {
        String parameters = "(" + BYTE_BUFFER + "J)";
        return rows.method("read", parameters, Effect.of(Hook.BUFFER_FILL_AT, A1, A2))
                .method("write", parameters, Effect.of(Hook.BUFFER_DRAIN_AT, A1, A2));
    }

    private static Rows channel(String name) {
        return Rows.of(CHANNELS + "/" + name).barriers();
    }
}
