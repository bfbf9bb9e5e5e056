package org.jkasan.agent.rewrite;

import java.lang.invoke.VarHandle;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;

/** A stand-in for the hooks of JDK methods: {@link RecordingHooks} has what is written down. */
public final class RecordingJdkHooks {

    private RecordingJdkHooks() {}

    public static void arrayRead(Object array) {
        RecordingHooks.call("arrayRead", array);
    }

    public static void arrayRead(Object array, int from, int count) {
        RecordingHooks.call("arrayRead", array, from, count);
    }

    public static void arrayWrite(Object array, Object needed) {
        RecordingHooks.call("arrayWrite", array, needed);
    }

    public static void arrayWrite(Object array, int from, int count, Object needed) {
        RecordingHooks.call("arrayWrite", array, from, count, needed);
    }

    public static void arraySearch(Object array) {
        RecordingHooks.call("arraySearch", array);
    }

    public static void arraySearch(Object array, int from, int to) {
        RecordingHooks.call("arraySearch", array, from, to);
    }

    public static void textRead(Object array, Object charset) {
        RecordingHooks.call("textRead", array, charset);
    }

    public static void textRead(Object array, int from, int count, Object charset) {
        RecordingHooks.call("textRead", array, from, count, charset);
    }

    public static void textWrite(CharSequence text, int begin, int end, Object array, int to) {
        RecordingHooks.call("textWrite", text, begin, end, array, to);
    }

    public static void arraysCompare(Object a, Object b) {
        RecordingHooks.call("arraysCompare", a, b);
    }

    public static void arraysEqual(Object a, Object b) {
        RecordingHooks.call("arraysEqual", a, b);
    }

    public static void rangesCompare(
            Object a, int aFrom, int aCount, Object b, int bFrom, int bCount) {
        RecordingHooks.call("rangesCompare", a, aFrom, aCount, b, bFrom, bCount);
    }

    public static void rangesEqual(
            Object a, int aFrom, int aCount, Object b, int bFrom, int bCount) {
        RecordingHooks.call("rangesEqual", a, aFrom, aCount, b, bFrom, bCount);
    }

    public static void bufferDrain(Buffer buffer) {
        RecordingHooks.call("bufferDrain", buffer);
    }

    public static void bufferDrain(Buffer buffer, Object needed) {
        RecordingHooks.call("bufferDrain", buffer, needed);
    }

    public static void bufferDrain(Buffer buffer, long position) {
        RecordingHooks.call("bufferDrain", buffer, position);
    }

    public static void bufferDrain(Buffer buffer, long position, Object needed) {
        RecordingHooks.call("bufferDrain", buffer, position, needed);
    }

    public static void bufferFill(Buffer buffer) {
        RecordingHooks.call("bufferFill", buffer);
    }

    public static void bufferFill(Buffer buffer, Object needed) {
        RecordingHooks.call("bufferFill", buffer, needed);
    }

    public static void bufferFill(Buffer buffer, long position) {
        RecordingHooks.call("bufferFill", buffer, position);
    }

    public static void bufferFill(Buffer buffer, long position, Object needed) {
        RecordingHooks.call("bufferFill", buffer, position, needed);
    }

    public static void buffersDrain(ByteBuffer[] buffers) {
        RecordingHooks.call("buffersDrain", (Object) buffers);
    }

    public static void buffersDrain(ByteBuffer[] buffers, int from, int count) {
        RecordingHooks.call("buffersDrain", buffers, from, count);
    }

    public static void buffersFill(ByteBuffer[] buffers) {
        RecordingHooks.call("buffersFill", (Object) buffers);
    }

    public static void buffersFill(ByteBuffer[] buffers, int from, int count) {
        RecordingHooks.call("buffersFill", buffers, from, count);
    }

    public static void bufferCompact(Buffer buffer) {
        RecordingHooks.call("bufferCompact", buffer);
    }

    public static void buffersCompare(Buffer a, Object b) {
        RecordingHooks.call("buffersCompare", a, b);
    }

    public static void buffersEqual(Buffer a, Object b) {
        RecordingHooks.call("buffersEqual", a, b);
    }

    public static void charLoad(CharBuffer buffer, int index) {
        RecordingHooks.call("charLoad", buffer, index);
    }

    public static void charsAppend(CharBuffer buffer, CharSequence text) {
        RecordingHooks.call("charsAppend", buffer, text);
    }

    public static void charsAppend(CharBuffer buffer, CharSequence text, int start, int end) {
        RecordingHooks.call("charsAppend", buffer, text, start, end);
    }

    public static void charsRead(CharBuffer source, CharBuffer target) {
        RecordingHooks.call("charsRead", source, target);
    }

    public static void handleAccess(
            VarHandle handle, Object array, int index, String callType, int mode) {
        RecordingHooks.call("handleAccess", handle, array, index, callType, mode);
    }

    public static void handleAccess(
            VarHandle handle, Buffer buffer, int index, String callType, int mode) {
        RecordingHooks.call("handleAccess", handle, buffer, index, callType, mode);
    }
}
