package org.jkasan.check;

import static org.jkasan.check.TestSanitizer.assertNoReport;
import static org.jkasan.check.TestSanitizer.assertReport;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.IntBuffer;
import org.jkasan.report.AccessKind;
import org.junit.jupiter.api.Test;

/** The hooks of JDK methods that go through buffers. */
class JdkHooksBufferTest {

    private static final int PAGE = 140;
    private static final long MEMORY = TestSanitizer.REGION + 4096 * PAGE;

    /** Good are 44 of its 72 bytes. */
    private final ByteBuffer direct = TestSanitizer.direct(PAGE, 44, 72);

    /** The same of a heap buffer that begins at the third element of its array. */
    private final byte[] array = TestSanitizer.track(new byte[40], PAGE + 4, 20);

    private final ByteBuffer heap = ByteBuffer.wrap(array, 2, 30).slice();
    private final long heapBase = Hooks.handle(array) + 2;

    @Test
    void bufferDrain_readsWhatRemains() {
        assertReport(AccessKind.READ, MEMORY, 72, () -> JdkHooks.bufferDrain(direct));
        assertReport(AccessKind.READ, MEMORY + 40, 5, () -> drain(direct.position(40).limit(45)));
        assertNoReport(() -> drain(direct.position(40).limit(44)));
        assertReport(AccessKind.READ, heapBase, 30, () -> JdkHooks.bufferDrain(heap));
        assertNoReport(() -> drain(heap.limit(18)));
        assertReport(AccessKind.READ, heapBase + 18, 1, () -> drain(heap.position(18).limit(19)));
        assertNoReport(() -> drain(null));
    }

    private static void drain(ByteBuffer buffer) {
        JdkHooks.bufferDrain(buffer);
    }

    @Test
    void bufferDrain_needsItsArguments() {
        assertReport(AccessKind.READ, MEMORY, 72, () -> JdkHooks.bufferDrain(direct, "address"));
        assertReport(AccessKind.READ, MEMORY, 72, () -> JdkHooks.bufferDrain(direct, 0));
        assertReport(AccessKind.READ, MEMORY, 72, () -> JdkHooks.bufferDrain(direct, 0, "handler"));
        assertNoReport(() -> JdkHooks.bufferDrain(direct, null));
        assertNoReport(() -> JdkHooks.bufferDrain(direct, -1));
        assertNoReport(() -> JdkHooks.bufferDrain(direct, 0, null));
    }

    @Test
    void bufferFill_writesWhatRemains() {
        assertReport(AccessKind.WRITE, MEMORY, 72, () -> JdkHooks.bufferFill(direct));
        assertReport(AccessKind.WRITE, MEMORY, 72, () -> JdkHooks.bufferFill(direct, "handler"));
        assertReport(AccessKind.WRITE, MEMORY, 72, () -> JdkHooks.bufferFill(direct, 9));
        assertReport(AccessKind.WRITE, MEMORY, 72, () -> JdkHooks.bufferFill(direct, 9, "handler"));
        assertReport(AccessKind.WRITE, heapBase, 30, () -> JdkHooks.bufferFill(heap));
        assertNoReport(() -> JdkHooks.bufferFill(direct.asReadOnlyBuffer()));
        assertNoReport(() -> JdkHooks.bufferFill(direct, null));
        assertNoReport(() -> JdkHooks.bufferFill(direct, -9));
        assertNoReport(() -> JdkHooks.bufferFill(direct, 9, null));
    }

    @Test
    void buffers_areCheckedOneByOne() {
        ByteBuffer good = ByteBuffer.allocateDirect(8);
        ByteBuffer[] buffers = {good, direct, heap};
        assertReport(AccessKind.READ, MEMORY, 72, () -> JdkHooks.buffersDrain(buffers));
        assertReport(AccessKind.WRITE, MEMORY, 72, () -> JdkHooks.buffersFill(buffers));
        assertReport(AccessKind.READ, heapBase, 30, () -> JdkHooks.buffersDrain(buffers, 2, 1));
        assertReport(AccessKind.WRITE, heapBase, 30, () -> JdkHooks.buffersFill(buffers, 2, 1));
        assertNoReport(() -> JdkHooks.buffersFill(buffers, 0, 1));
        assertNoReport(() -> JdkHooks.buffersDrain(buffers, 2, 2));
        assertNoReport(() -> JdkHooks.buffersDrain(buffers, -1, 2));
        assertNoReport(() -> JdkHooks.buffersFill(null));
        assertNoReport(() -> JdkHooks.buffersDrain(null, 0, 0));
    }

    @Test
    void buffers_ofWhichOneIsRefused_areNoAccess() {
        assertNoReport(() -> JdkHooks.buffersDrain(new ByteBuffer[] {direct, null}));
        assertNoReport(
                () -> JdkHooks.buffersFill(new ByteBuffer[] {direct, heap.asReadOnlyBuffer()}));
        assertReport(
                AccessKind.READ,
                MEMORY,
                72,
                () -> JdkHooks.buffersDrain(new ByteBuffer[] {direct, heap.asReadOnlyBuffer()}));
    }

    @Test
    void bufferCompact_movesWhatRemains() {
        assertNoReport(() -> JdkHooks.bufferCompact(direct.position(40).limit(44)));
        assertReport(
                AccessKind.READ,
                MEMORY + 40,
                5,
                () -> JdkHooks.bufferCompact(direct.position(40).limit(45)));
        IntBuffer ints = direct.clear().asIntBuffer();
        assertReport(
                AccessKind.READ, MEMORY + 40, 32, () -> JdkHooks.bufferCompact(ints.position(10)));
        assertNoReport(() -> JdkHooks.bufferCompact(ints.asReadOnlyBuffer()));
        ByteBuffer back = TestSanitizer.direct(PAGE + 8, 16, 64).position(8).limit(16);
        TestSanitizer.sanitizer()
                .shadow()
                .poison(TestSanitizer.REGION + 4096 * (PAGE + 8), 8, (byte) -8);
        assertReport(
                AccessKind.WRITE,
                TestSanitizer.REGION + 4096 * (PAGE + 8),
                8,
                () -> JdkHooks.bufferCompact(back));
    }

    @Test
    void comparisons_readBothSides() {
        ByteBuffer other = ByteBuffer.allocate(45);
        assertReport(AccessKind.READ, MEMORY, 45, () -> JdkHooks.buffersCompare(direct, other));
        assertReport(AccessKind.READ, MEMORY, 45, () -> JdkHooks.buffersCompare(other, direct));
        assertNoReport(() -> JdkHooks.buffersCompare(direct, other.limit(44)));
        assertNoReport(() -> JdkHooks.buffersEqual(direct, other));
        assertReport(
                AccessKind.READ,
                MEMORY,
                45,
                () -> JdkHooks.buffersEqual(direct.limit(45), other.limit(45)));
        assertNoReport(() -> JdkHooks.buffersEqual(direct, direct));
        assertNoReport(() -> JdkHooks.buffersEqual(direct, "text"));
        assertNoReport(() -> JdkHooks.buffersEqual(direct, IntBuffer.allocate(45)));
        assertNoReport(() -> JdkHooks.buffersEqual(direct, null));
        assertNoReport(() -> JdkHooks.buffersCompare(null, direct));
    }

    @Test
    void chars_areLoadedBehindThePosition() {
        CharBuffer chars = direct.position(40).slice().asCharBuffer();
        assertNoReport(() -> JdkHooks.charLoad(chars, 1));
        assertReport(AccessKind.READ, MEMORY + 44, 2, () -> JdkHooks.charLoad(chars, 2));
        assertReport(
                AccessKind.READ, MEMORY + 44, 2, () -> JdkHooks.charLoad(chars.position(1), 1));
        assertNoReport(() -> JdkHooks.charLoad(chars, -1));
        assertNoReport(() -> JdkHooks.charLoad(chars, 15));
    }

    @Test
    void charsAppend_writesTheText() {
        CharBuffer chars = direct.position(40).slice().asCharBuffer();
        assertNoReport(() -> JdkHooks.charsAppend(chars, "ab"));
        assertReport(AccessKind.WRITE, MEMORY + 40, 6, () -> JdkHooks.charsAppend(chars, "abc"));
        assertReport(AccessKind.WRITE, MEMORY + 40, 8, () -> JdkHooks.charsAppend(chars, null));
        assertReport(
                AccessKind.WRITE,
                MEMORY + 40,
                6,
                () -> JdkHooks.charsAppend(chars, new StringBuilder("abcd"), 1, 4));
        assertReport(
                AccessKind.READ,
                MEMORY + 44,
                2,
                () -> JdkHooks.charsAppend(CharBuffer.allocate(9), chars, 2, 3));
        assertNoReport(() -> JdkHooks.charsAppend(chars, "abcd", 3, 2));
        assertNoReport(() -> JdkHooks.charsAppend(chars, "abcd", 2, 5));
        assertNoReport(() -> JdkHooks.charsAppend(chars, "abcd", -1, 3));
        assertNoReport(() -> JdkHooks.charsAppend(chars, "x".repeat(17)));
        assertNoReport(() -> JdkHooks.charsAppend(chars.asReadOnlyBuffer(), "abc"));
        assertNoReport(() -> JdkHooks.charsAppend(null, "abc"));
    }

    @Test
    void charsRead_movesAsMuchAsFits() {
        CharBuffer chars = direct.position(40).slice().asCharBuffer();
        assertNoReport(() -> JdkHooks.charsRead(chars, CharBuffer.allocate(2)));
        assertReport(
                AccessKind.READ,
                MEMORY + 40,
                6,
                () -> JdkHooks.charsRead(chars, CharBuffer.allocate(3)));
        assertReport(
                AccessKind.WRITE,
                MEMORY + 40,
                6,
                () -> JdkHooks.charsRead(CharBuffer.allocate(3), chars));
        assertNoReport(() -> JdkHooks.charsRead(chars, chars));
        assertNoReport(() -> JdkHooks.charsRead(chars, null));
    }
}
