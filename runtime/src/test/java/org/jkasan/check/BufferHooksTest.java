package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.check.TestSanitizer.assertNoReport;
import static org.jkasan.check.TestSanitizer.assertReport;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jkasan.report.AccessKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hooks for single elements of buffers, against what bytes the memory under them allows. */
class BufferHooksTest {

    private static final int PAGE = 32;
    private static final int CAPACITY = 72;
    private static final int VALID = 44;

    /**
     * A buffer of some kind.
     *
     * @param offset of index 0 in the memory, of which the first {@link #VALID} bytes are good
     * @param scale bytes of an element
     */
    private record Sample(String name, Buffer buffer, long memory, int offset, int scale) {

        static Sample of(String name, Buffer buffer, long memory, int offset) {
            int scale = 1 << BufferFields.shift(buffer);
            return new Sample(name + " " + buffer.getClass(), buffer, memory, offset, scale);
        }

        @Override
        public String toString() {
            return name;
        }

        long address(int index) {
            return memory + offset + (long) index * scale;
        }

        boolean isGood(int index, int size) {
            return address(index) + size <= memory + VALID;
        }
    }

    static Stream<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        ByteBuffer direct = TestSanitizer.direct(PAGE, VALID, CAPACITY);
        addBytes(samples, "direct", direct, TestSanitizer.REGION + 4096 * PAGE);
        byte[] array = TestSanitizer.track(new byte[CAPACITY], PAGE + 4, VALID);
        addBytes(samples, "heap", ByteBuffer.wrap(array), Hooks.handle(array));
        addTyped(samples);
        return samples.stream();
    }

    private static void addBytes(List<Sample> samples, String name, ByteBuffer bytes, long at) {
        samples.add(Sample.of(name, bytes, at, 0));
        samples.add(Sample.of(name + " duplicate", bytes.duplicate(), at, 0));
        samples.add(Sample.of(name + " read-only", bytes.asReadOnlyBuffer(), at, 0));
        samples.add(Sample.of(name + " slice", bytes.duplicate().position(3).slice(), at, 3));
        samples.add(Sample.of(name + " slice of", bytes.slice(8, 40), at, 8));
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            addViews(samples, name + " " + order, bytes.duplicate().order(order), at, 0);
            ByteBuffer later = bytes.duplicate().position(8).order(order);
            addViews(samples, name + " from 8 " + order, later, at, 8);
            ByteBuffer odd = bytes.duplicate().position(3).slice().order(order);
            addViews(samples, name + " from 3 " + order, odd, at, 3);
            ByteBuffer readOnly = bytes.asReadOnlyBuffer().order(order);
            addViews(samples, name + " read-only " + order, readOnly, at, 0);
        }
    }

    private static void addViews(
            List<Sample> samples, String name, ByteBuffer bytes, long at, int offset) {
        samples.add(Sample.of(name, bytes.asCharBuffer(), at, offset));
        samples.add(Sample.of(name, bytes.asShortBuffer(), at, offset));
        samples.add(Sample.of(name, bytes.asIntBuffer(), at, offset));
        samples.add(Sample.of(name, bytes.asLongBuffer(), at, offset));
        samples.add(Sample.of(name, bytes.asFloatBuffer(), at, offset));
        samples.add(Sample.of(name, bytes.asDoubleBuffer(), at, offset));
        samples.add(Sample.of(name, bytes.asIntBuffer().position(1).slice(), at, offset + 4));
        samples.add(Sample.of(name, bytes.asLongBuffer().duplicate(), at, offset));
        samples.add(Sample.of(name, bytes.asShortBuffer().asReadOnlyBuffer(), at, offset));
    }

    private static void addTyped(List<Sample> samples) {
        char[] chars = TestSanitizer.track(new char[CAPACITY / 2], PAGE + 8, VALID);
        short[] shorts = TestSanitizer.track(new short[CAPACITY / 2], PAGE + 12, VALID);
        int[] ints = TestSanitizer.track(new int[CAPACITY / 4], PAGE + 16, VALID);
        long[] longs = TestSanitizer.track(new long[CAPACITY / 8], PAGE + 20, VALID);
        float[] floats = TestSanitizer.track(new float[CAPACITY / 4], PAGE + 24, VALID);
        double[] doubles = TestSanitizer.track(new double[CAPACITY / 8], PAGE + 28, VALID);
        samples.add(Sample.of("", CharBuffer.wrap(chars), Hooks.handle(chars), 0));
        samples.add(Sample.of("", ShortBuffer.wrap(shorts), Hooks.handle(shorts), 0));
        samples.add(Sample.of("", IntBuffer.wrap(ints), Hooks.handle(ints), 0));
        samples.add(Sample.of("", LongBuffer.wrap(longs), Hooks.handle(longs), 0));
        samples.add(Sample.of("", FloatBuffer.wrap(floats), Hooks.handle(floats), 0));
        samples.add(Sample.of("", DoubleBuffer.wrap(doubles), Hooks.handle(doubles), 0));
        samples.add(
                Sample.of("slice", CharBuffer.wrap(chars, 3, 9).slice(), Hooks.handle(chars), 6));
        samples.add(Sample.of("", IntBuffer.wrap(ints).asReadOnlyBuffer(), Hooks.handle(ints), 0));
        samples.add(
                Sample.of("", DoubleBuffer.wrap(doubles).slice(2, 3), Hooks.handle(doubles), 16));
    }

    private static List<Integer> sizes(Sample sample) {
        return sample.scale == 1 ? List.of(1, 2, 4, 8) : List.of(sample.scale);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void absoluteAccess_isCheckedWhereTheBufferLetsItHappen(Sample sample) {
        Buffer buffer = sample.buffer;
        for (int size : sizes(sample)) {
            for (int i = -2; i < buffer.limit() + 3; i++) {
                int index = i;
                boolean refused = i < 0 || i + size / sample.scale > buffer.limit();
                boolean bad = !refused && !sample.isGood(i, size);
                check(
                        bad,
                        AccessKind.READ,
                        sample,
                        i,
                        size,
                        () -> BufferHooks.bufferLoad(buffer, index, size));
                check(
                        bad && !buffer.isReadOnly(),
                        AccessKind.WRITE,
                        sample,
                        i,
                        size,
                        () -> BufferHooks.bufferStore(buffer, index, size));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void relativeAccess_isCheckedWhereTheBufferLetsItHappen(Sample sample) {
        Buffer buffer = sample.buffer;
        for (int size : sizes(sample)) {
            for (int i = 0; i <= buffer.capacity(); i++) {
                buffer.clear().position(i);
                boolean refused = i + size / sample.scale > buffer.limit();
                boolean bad = !refused && !sample.isGood(i, size);
                check(
                        bad,
                        AccessKind.READ,
                        sample,
                        i,
                        size,
                        () -> BufferHooks.bufferLoad(buffer, size));
                check(
                        bad && !buffer.isReadOnly(),
                        AccessKind.WRITE,
                        sample,
                        i,
                        size,
                        () -> BufferHooks.bufferStore(buffer, size));
                assertThat(buffer.position()).isEqualTo(i);
            }
        }
    }

    private static void check(
            boolean bad,
            AccessKind kind,
            Sample sample,
            int index,
            int size,
            org.assertj.core.api.ThrowableAssert.ThrowingCallable access) {
        if (bad) {
            assertReport(kind, sample.address(index), size, access);
        } else {
            assertNoReport(access);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void limits_areTheBuffersOwnBusiness(Sample sample) {
        Buffer buffer = sample.buffer.clear().limit(0);
        assertNoReport(() -> BufferHooks.bufferLoad(buffer, 0, sample.scale));
        assertNoReport(() -> BufferHooks.bufferLoad(buffer, sample.scale));
        assertNoReport(() -> BufferHooks.bufferStore(buffer, sample.scale));
        assertNoReport(() -> BufferHooks.bufferLoad(buffer, Integer.MAX_VALUE, sample.scale));
        assertNoReport(() -> BufferHooks.bufferLoad(buffer, Integer.MIN_VALUE, sample.scale));
    }

    @Test
    void buffersOverMemoryNobodyTracks_areNotChecked() {
        ByteBuffer heap = ByteBuffer.allocate(16);
        List<Buffer> buffers =
                List.of(
                        heap,
                        heap.asIntBuffer(),
                        heap.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN).asLongBuffer(),
                        ByteBuffer.allocateDirect(16),
                        ByteBuffer.allocateDirect(16).asCharBuffer(),
                        DoubleBuffer.allocate(16),
                        CharBuffer.wrap("some text of sixteen"));
        for (Buffer buffer : buffers) {
            int size = 1 << BufferFields.shift(buffer);
            for (int i = -1; i < 20; i++) {
                int index = i;
                assertNoReport(() -> BufferHooks.bufferLoad(buffer, index, size));
                assertNoReport(() -> BufferHooks.bufferStore(buffer, index, size));
            }
            assertNoReport(() -> BufferHooks.bufferLoad(buffer, size));
        }
    }

    @Test
    void charSequences_areNoMemory() {
        CharBuffer text = CharBuffer.wrap(new StringBuilder("text"), 1, 3);
        long address = BufferFields.address(text);
        assertThat(address).isZero();
        assertThat(BufferFields.array(text, address)).isNull();
    }

    @Test
    void noBuffer_isNoAccess() {
        assertNoReport(() -> BufferHooks.bufferLoad(null, 1));
        assertNoReport(() -> BufferHooks.bufferLoad(null, 0, 1));
        assertNoReport(() -> BufferHooks.bufferStore(null, 1));
        assertNoReport(() -> BufferHooks.bufferStore(null, 0, 1));
    }
}
