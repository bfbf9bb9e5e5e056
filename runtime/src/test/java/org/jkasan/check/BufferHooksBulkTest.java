package org.jkasan.check;

import static org.jkasan.check.TestSanitizer.assertNoReport;
import static org.jkasan.check.TestSanitizer.assertReport;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.IntBuffer;
import org.jkasan.report.AccessKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hooks for transfers between buffers, arrays and strings. */
class BufferHooksBulkTest {

    private static final int PAGE = 80;
    private static final long MEMORY = TestSanitizer.REGION + 4096 * PAGE;

    /** Good are 44 of its 72 bytes. */
    private final ByteBuffer direct = TestSanitizer.direct(PAGE, 44, 72);

    /** Good are 5 of its 10 elements. */
    private final int[] ints = TestSanitizer.track(new int[10], PAGE + 4, 20);

    private final long intsBase = Hooks.handle(ints);

    private final IntBuffer words = direct.asIntBuffer();

    @Test
    void get_readsTheBuffer() {
        assertNoReport(() -> BufferHooks.bufferGet(direct, new byte[44]));
        assertReport(
                AccessKind.READ, MEMORY, 45, () -> BufferHooks.bufferGet(direct, new byte[45]));
        assertReport(
                AccessKind.READ,
                MEMORY,
                60,
                () -> BufferHooks.bufferGet(direct, new byte[80], 9, 60));
        assertReport(
                AccessKind.READ,
                MEMORY + 10,
                60,
                () -> BufferHooks.bufferGet(direct, 10, new byte[60]));
        assertReport(
                AccessKind.READ,
                MEMORY + 70,
                2,
                () -> BufferHooks.bufferGet(direct, 70, new byte[60], 58, 2));
        direct.position(40);
        assertNoReport(() -> BufferHooks.bufferGet(direct, new byte[4]));
        assertReport(
                AccessKind.READ, MEMORY + 40, 5, () -> BufferHooks.bufferGet(direct, new byte[5]));
    }

    @Test
    void get_writesTheArray() {
        assertNoReport(() -> BufferHooks.bufferGet(words, ints, 0, 5));
        assertReport(
                AccessKind.WRITE, intsBase, 24, () -> BufferHooks.bufferGet(words, ints, 0, 6));
        assertReport(AccessKind.WRITE, intsBase, 40, () -> BufferHooks.bufferGet(words, ints));
        assertReport(
                AccessKind.WRITE,
                intsBase + 16,
                8,
                () -> BufferHooks.bufferGet(words, 9, ints, 4, 2));
        assertReport(
                AccessKind.READ,
                MEMORY + 40,
                8,
                () -> BufferHooks.bufferGet(words, 10, ints, 4, 2));
    }

    @Test
    void put_readsTheArrayAndWritesTheBuffer() {
        assertNoReport(() -> BufferHooks.bufferPut(words, ints, 0, 5));
        assertReport(AccessKind.READ, intsBase, 24, () -> BufferHooks.bufferPut(words, ints, 0, 6));
        assertReport(AccessKind.READ, intsBase, 40, () -> BufferHooks.bufferPut(words, ints));
        assertReport(AccessKind.READ, intsBase, 40, () -> BufferHooks.bufferPut(words, 8, ints));
        assertReport(AccessKind.WRITE, MEMORY, 48, () -> BufferHooks.bufferPut(words, new int[12]));
        assertReport(
                AccessKind.WRITE,
                MEMORY + 44,
                4,
                () -> BufferHooks.bufferPut(words, 11, ints, 0, 1));
        assertReport(
                AccessKind.WRITE,
                MEMORY + 40,
                8,
                () -> BufferHooks.bufferPut(words, 10, new int[2]));
    }

    @Test
    void put_ofABuffer_readsWhatRemainsOfIt() {
        IntBuffer source = IntBuffer.wrap(ints);
        assertReport(AccessKind.READ, intsBase, 40, () -> BufferHooks.bufferPut(words, source));
        assertNoReport(() -> BufferHooks.bufferPut(words, source.position(1).limit(5)));
        assertReport(
                AccessKind.WRITE,
                MEMORY + 40,
                16,
                () -> BufferHooks.bufferPut(words.position(10), source.position(1).limit(5)));
        assertReport(
                AccessKind.READ,
                intsBase + 20,
                4,
                () -> BufferHooks.bufferPut(words, 0, source.clear(), 5, 1));
        assertReport(
                AccessKind.WRITE,
                MEMORY + 40,
                8,
                () -> BufferHooks.bufferPut(words, 10, source, 0, 2));
        assertReport(
                AccessKind.READ,
                MEMORY + 44,
                4,
                () -> BufferHooks.bufferPut(words, 0, words, 11, 1));
    }

    @Test
    void put_ofAString_writesTheBuffer() {
        CharBuffer chars = direct.position(40).slice().asCharBuffer();
        assertNoReport(() -> BufferHooks.bufferPut(chars, "ab"));
        assertReport(AccessKind.WRITE, MEMORY + 40, 6, () -> BufferHooks.bufferPut(chars, "abc"));
        assertReport(
                AccessKind.WRITE,
                MEMORY + 40,
                6,
                () -> BufferHooks.bufferPut(chars, "abcdef", 1, 4));
        assertNoReport(() -> BufferHooks.bufferPut(chars, "abcdef", 4, 1));
        assertNoReport(() -> BufferHooks.bufferPut(chars, "abcdef", 4, 7));
        assertNoReport(() -> BufferHooks.bufferPut(chars, "abcdef", -1, 5));
        assertNoReport(() -> BufferHooks.bufferPut(chars, "x".repeat(17)));
        assertNoReport(() -> BufferHooks.bufferPut(chars, CharBuffer.wrap("ab")));
        assertReport(
                AccessKind.WRITE,
                MEMORY + 40,
                6,
                () -> BufferHooks.bufferPut(chars, CharBuffer.wrap("abc")));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 73, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void transfersThatJavaRefuses_areNoAccess(int bad) {
        ByteBuffer freed = TestSanitizer.direct(PAGE + 8, 0, 72);
        byte[] bytes = TestSanitizer.track(new byte[72], PAGE + 12, 72);
        byte[] untracked = new byte[72];
        assertNoReport(() -> BufferHooks.bufferGet(freed, untracked, bad, 1));
        assertNoReport(() -> BufferHooks.bufferGet(freed, untracked, 0, bad));
        assertNoReport(() -> BufferHooks.bufferGet(freed, bad, bytes));
        assertNoReport(() -> BufferHooks.bufferGet(freed, bad, bytes, 0, 1));
        assertNoReport(() -> BufferHooks.bufferPut(freed, untracked, bad, 1));
        assertNoReport(() -> BufferHooks.bufferPut(freed, untracked, 0, bad));
        assertNoReport(() -> BufferHooks.bufferPut(freed, bad, bytes, 0, 1));
        assertNoReport(() -> BufferHooks.bufferPut(freed, bad, freed, 0, 1));
        assertNoReport(() -> BufferHooks.bufferPut(freed, 0, freed, bad, 1));
        assertNoReport(() -> BufferHooks.bufferPut(freed, 0, freed, 0, bad));
    }

    @Test
    void rangesOutsideATrackedArray_areReportedBeforeJavaRefusesThem() {
        byte[] bytes = TestSanitizer.track(new byte[72], PAGE + 12, 72);
        ByteBuffer other = ByteBuffer.allocate(100);
        long base = Hooks.handle(bytes);
        assertReport(AccessKind.WRITE, base, 73, () -> BufferHooks.bufferGet(other, bytes, 0, 73));
        assertReport(
                AccessKind.WRITE, base + 72, 1, () -> BufferHooks.bufferGet(other, bytes, 72, 1));
        assertReport(
                AccessKind.READ, base - 1, 1, () -> BufferHooks.bufferPut(other, bytes, -1, 1));
        assertReport(
                AccessKind.READ,
                base + 60,
                20,
                () -> BufferHooks.bufferPut(other, 0, bytes, 60, 20));
        assertNoReport(() -> BufferHooks.bufferGet(other, bytes, 80, 0));
        assertNoReport(() -> BufferHooks.bufferGet(other, bytes, -1, -1));
        assertNoReport(() -> BufferHooks.bufferGet(other, bytes, Integer.MAX_VALUE, 1));
        assertNoReport(
                () -> BufferHooks.bufferPut(other, bytes, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    @Test
    void refusals_ofOtherKinds_areNoAccess() {
        ByteBuffer freed = TestSanitizer.direct(PAGE + 8, 0, 72);
        byte[] bytes = TestSanitizer.track(new byte[80], PAGE + 12, 0);
        ByteBuffer readOnly = freed.asReadOnlyBuffer();
        assertNoReport(() -> BufferHooks.bufferPut(freed, freed));
        assertNoReport(() -> BufferHooks.bufferPut(freed, ByteBuffer.wrap(bytes)));
        assertNoReport(() -> BufferHooks.bufferPut(freed, bytes));
        assertNoReport(() -> BufferHooks.bufferGet(freed, bytes));
        assertNoReport(() -> BufferHooks.bufferPut(readOnly, bytes, 0, 1));
        assertNoReport(() -> BufferHooks.bufferPut(readOnly, freed));
        assertNoReport(() -> BufferHooks.bufferPut(readOnly, 0, freed, 0, 1));
        assertReport(
                AccessKind.READ,
                MEMORY + 8 * 4096,
                1,
                () -> BufferHooks.bufferGet(readOnly, new byte[1]));
    }

    @Test
    void nulls_areNoAccess() {
        byte[] bytes = new byte[1];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        assertNoReport(() -> BufferHooks.bufferGet(null, bytes));
        assertNoReport(() -> BufferHooks.bufferGet(buffer, null));
        assertNoReport(() -> BufferHooks.bufferGet(null, 0, bytes));
        assertNoReport(() -> BufferHooks.bufferGet(buffer, null, 0, 1));
        assertNoReport(() -> BufferHooks.bufferGet(buffer, 0, null, 0, 1));
        assertNoReport(() -> BufferHooks.bufferGet(buffer, 0, null));
        assertNoReport(() -> BufferHooks.bufferPut(null, bytes, 0, 1));
        assertNoReport(() -> BufferHooks.bufferPut(null, 0, bytes, 0, 1));
        assertNoReport(() -> BufferHooks.bufferPut(buffer, (Object) null));
        assertNoReport(() -> BufferHooks.bufferPut(buffer, (ByteBuffer) null));
        assertNoReport(() -> BufferHooks.bufferPut(buffer, (String) null));
        assertNoReport(() -> BufferHooks.bufferPut(null, buffer));
        assertNoReport(() -> BufferHooks.bufferPut(buffer, 0, (ByteBuffer) null, 0, 1));
        assertNoReport(() -> BufferHooks.bufferPut(null, "text"));
    }
}
