package org.jkasan.agent.rewrite;

import java.nio.Buffer;

/** A stand-in for the hooks of buffers: {@link RecordingHooks} has what is written down. */
public final class RecordingBufferHooks {

    private RecordingBufferHooks() {}

    public static void bufferLoad(Buffer buffer, int size) {
        if (RecordingLoopHooks.judge() == null) {
            RecordingHooks.call("bufferLoad", buffer, size);
        } else {
            bufferLoad(buffer, buffer.position(), size);
        }
    }

    public static void bufferLoad(Buffer buffer, int index, int size) {
        if (RecordingLoopHooks.isBad(buffer, index, size)) {
            RecordingHooks.call("bufferLoad", buffer, index, size);
        }
    }

    public static void bufferStore(Buffer buffer, int size) {
        if (RecordingLoopHooks.judge() == null) {
            RecordingHooks.call("bufferStore", buffer, size);
        } else {
            bufferStore(buffer, buffer.position(), size);
        }
    }

    public static void bufferStore(Buffer buffer, int index, int size) {
        if (RecordingLoopHooks.isBad(buffer, index, size)) {
            RecordingHooks.call("bufferStore", buffer, index, size);
        }
    }

    public static void bufferGet(Buffer buffer, Object array) {
        RecordingHooks.call("bufferGet", buffer, array);
    }

    public static void bufferGet(Buffer buffer, Object array, int from, int count) {
        RecordingHooks.call("bufferGet", buffer, array, from, count);
    }

    public static void bufferGet(Buffer buffer, int index, Object array) {
        RecordingHooks.call("bufferGet", buffer, index, array);
    }

    public static void bufferGet(Buffer buffer, int index, Object array, int from, int count) {
        RecordingHooks.call("bufferGet", buffer, index, array, from, count);
    }

    public static void bufferPut(Buffer buffer, Object array) {
        RecordingHooks.call("bufferPut", buffer, array);
    }

    public static void bufferPut(Buffer buffer, Object array, int from, int count) {
        RecordingHooks.call("bufferPut", buffer, array, from, count);
    }

    public static void bufferPut(Buffer buffer, int index, Object array) {
        RecordingHooks.call("bufferPut", buffer, index, array);
    }

    public static void bufferPut(Buffer buffer, int index, Object array, int from, int count) {
        RecordingHooks.call("bufferPut", buffer, index, array, from, count);
    }

    public static void bufferPut(Buffer buffer, Buffer source) {
        RecordingHooks.call("bufferPut", buffer, source);
    }

    public static void bufferPut(Buffer buffer, int index, Buffer source, int from, int count) {
        RecordingHooks.call("bufferPut", buffer, index, source, from, count);
    }

    public static void bufferPut(Buffer buffer, String source) {
        RecordingHooks.call("bufferPut", buffer, source);
    }

    public static void bufferPut(Buffer buffer, String source, int start, int end) {
        RecordingHooks.call("bufferPut", buffer, source, start, end);
    }
}
