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
class HooksBulkTest {

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
        assertNoReport(() -> Hooks.bufferGet(direct, new byte[44]));
        assertReport(AccessKind.READ, MEMORY, 45, () -> Hooks.bufferGet(direct, new byte[45]));
        assertReport(
                AccessKind.READ, MEMORY, 60, () -> Hooks.bufferGet(direct, new byte[80], 9, 60));
        assertReport(
                AccessKind.READ, MEMORY + 10, 60, () -> Hooks.bufferGet(direct, 10, new byte[60]));
        assertReport(
                AccessKind.READ,
                MEMORY + 70,
                2,
                () -> Hooks.bufferGet(direct, 70, new byte[60], 58, 2));
        direct.position(40);
        assertNoReport(() -> Hooks.bufferGet(direct, new byte[4]));
        assertReport(AccessKind.READ, MEMORY + 40, 5, () -> Hooks.bufferGet(direct, new byte[5]));
    }

    @Test
    void get_writesTheArray() {
        assertNoReport(() -> Hooks.bufferGet(words, ints, 0, 5));
        assertReport(AccessKind.WRITE, intsBase, 24, () -> Hooks.bufferGet(words, ints, 0, 6));
        assertReport(AccessKind.WRITE, intsBase, 40, () -> Hooks.bufferGet(words, ints));
        assertReport(
                AccessKind.WRITE, intsBase + 16, 8, () -> Hooks.bufferGet(words, 9, ints, 4, 2));
        assertReport(AccessKind.READ, MEMORY + 40, 8, () -> Hooks.bufferGet(words, 10, ints, 4, 2));
    }

    @Test
    void put_readsTheArrayAndWritesTheBuffer() {
        assertNoReport(() -> Hooks.bufferPut(words, ints, 0, 5));
        assertReport(AccessKind.READ, intsBase, 24, () -> Hooks.bufferPut(words, ints, 0, 6));
        assertReport(AccessKind.READ, intsBase, 40, () -> Hooks.bufferPut(words, ints));
        assertReport(AccessKind.READ, intsBase, 40, () -> Hooks.bufferPut(words, 8, ints));
        assertReport(AccessKind.WRITE, MEMORY, 48, () -> Hooks.bufferPut(words, new int[12]));
        assertReport(
                AccessKind.WRITE, MEMORY + 44, 4, () -> Hooks.bufferPut(words, 11, ints, 0, 1));
        assertReport(
                AccessKind.WRITE, MEMORY + 40, 8, () -> Hooks.bufferPut(words, 10, new int[2]));
    }

    @Test
    void put_ofABuffer_readsWhatRemainsOfIt() {
        IntBuffer source = IntBuffer.wrap(ints);
        assertReport(AccessKind.READ, intsBase, 40, () -> Hooks.bufferPut(words, source));
        assertNoReport(() -> Hooks.bufferPut(words, source.position(1).limit(5)));
        assertReport(
                AccessKind.WRITE,
                MEMORY + 40,
                16,
                () -> Hooks.bufferPut(words.position(10), source.position(1).limit(5)));
        assertReport(
                AccessKind.READ,
                intsBase + 20,
                4,
                () -> Hooks.bufferPut(words, 0, source.clear(), 5, 1));
        assertReport(
                AccessKind.WRITE, MEMORY + 40, 8, () -> Hooks.bufferPut(words, 10, source, 0, 2));
        assertReport(
                AccessKind.READ, MEMORY + 44, 4, () -> Hooks.bufferPut(words, 0, words, 11, 1));
    }

    @Test
    void put_ofAString_writesTheBuffer() {
        CharBuffer chars = direct.position(40).slice().asCharBuffer();
        assertNoReport(() -> Hooks.bufferPut(chars, "ab"));
        assertReport(AccessKind.WRITE, MEMORY + 40, 6, () -> Hooks.bufferPut(chars, "abc"));
        assertReport(
                AccessKind.WRITE, MEMORY + 40, 6, () -> Hooks.bufferPut(chars, "abcdef", 1, 4));
        assertNoReport(() -> Hooks.bufferPut(chars, "abcdef", 4, 1));
        assertNoReport(() -> Hooks.bufferPut(chars, "abcdef", 4, 7));
        assertNoReport(() -> Hooks.bufferPut(chars, "abcdef", -1, 5));
        assertNoReport(() -> Hooks.bufferPut(chars, "x".repeat(17)));
        assertNoReport(() -> Hooks.bufferPut(chars, CharBuffer.wrap("ab")));
        assertReport(
                AccessKind.WRITE,
                MEMORY + 40,
                6,
                () -> Hooks.bufferPut(chars, CharBuffer.wrap("abc")));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 73, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void transfersThatJavaRefuses_areNoAccess(int bad) {
        ByteBuffer freed = TestSanitizer.direct(PAGE + 8, 0, 72);
        byte[] bytes = TestSanitizer.track(new byte[72], PAGE + 12, 72);
        byte[] untracked = new byte[72];
        assertNoReport(() -> Hooks.bufferGet(freed, untracked, bad, 1));
        assertNoReport(() -> Hooks.bufferGet(freed, untracked, 0, bad));
        assertNoReport(() -> Hooks.bufferGet(freed, bad, bytes));
        assertNoReport(() -> Hooks.bufferGet(freed, bad, bytes, 0, 1));
        assertNoReport(() -> Hooks.bufferPut(freed, untracked, bad, 1));
        assertNoReport(() -> Hooks.bufferPut(freed, untracked, 0, bad));
        assertNoReport(() -> Hooks.bufferPut(freed, bad, bytes, 0, 1));
        assertNoReport(() -> Hooks.bufferPut(freed, bad, freed, 0, 1));
        assertNoReport(() -> Hooks.bufferPut(freed, 0, freed, bad, 1));
        assertNoReport(() -> Hooks.bufferPut(freed, 0, freed, 0, bad));
    }

    @Test
    void rangesOutsideATrackedArray_areReportedBeforeJavaRefusesThem() {
        byte[] bytes = TestSanitizer.track(new byte[72], PAGE + 12, 72);
        ByteBuffer other = ByteBuffer.allocate(100);
        long base = Hooks.handle(bytes);
        assertReport(AccessKind.WRITE, base, 73, () -> Hooks.bufferGet(other, bytes, 0, 73));
        assertReport(AccessKind.WRITE, base + 72, 1, () -> Hooks.bufferGet(other, bytes, 72, 1));
        assertReport(AccessKind.READ, base - 1, 1, () -> Hooks.bufferPut(other, bytes, -1, 1));
        assertReport(
                AccessKind.READ, base + 60, 20, () -> Hooks.bufferPut(other, 0, bytes, 60, 20));
        assertNoReport(() -> Hooks.bufferGet(other, bytes, 80, 0));
        assertNoReport(() -> Hooks.bufferGet(other, bytes, -1, -1));
        assertNoReport(() -> Hooks.bufferGet(other, bytes, Integer.MAX_VALUE, 1));
        assertNoReport(() -> Hooks.bufferPut(other, bytes, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    @Test
    void refusals_ofOtherKinds_areNoAccess() {
        ByteBuffer freed = TestSanitizer.direct(PAGE + 8, 0, 72);
        byte[] bytes = TestSanitizer.track(new byte[80], PAGE + 12, 0);
        ByteBuffer readOnly = freed.asReadOnlyBuffer();
        assertNoReport(() -> Hooks.bufferPut(freed, freed));
        assertNoReport(() -> Hooks.bufferPut(freed, ByteBuffer.wrap(bytes)));
        assertNoReport(() -> Hooks.bufferPut(freed, bytes));
        assertNoReport(() -> Hooks.bufferGet(freed, bytes));
        assertNoReport(() -> Hooks.bufferPut(readOnly, bytes, 0, 1));
        assertNoReport(() -> Hooks.bufferPut(readOnly, freed));
        assertNoReport(() -> Hooks.bufferPut(readOnly, 0, freed, 0, 1));
        assertReport(
                AccessKind.READ,
                MEMORY + 8 * 4096,
                1,
                () -> Hooks.bufferGet(readOnly, new byte[1]));
    }

    @Test
    void nulls_areNoAccess() {
        byte[] bytes = new byte[1];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        assertNoReport(() -> Hooks.bufferGet(null, bytes));
        assertNoReport(() -> Hooks.bufferGet(buffer, null));
        assertNoReport(() -> Hooks.bufferGet(null, 0, bytes));
        assertNoReport(() -> Hooks.bufferGet(buffer, null, 0, 1));
        assertNoReport(() -> Hooks.bufferGet(buffer, 0, null, 0, 1));
        assertNoReport(() -> Hooks.bufferGet(buffer, 0, null));
        assertNoReport(() -> Hooks.bufferPut(null, bytes, 0, 1));
        assertNoReport(() -> Hooks.bufferPut(null, 0, bytes, 0, 1));
        assertNoReport(() -> Hooks.bufferPut(buffer, (Object) null));
        assertNoReport(() -> Hooks.bufferPut(buffer, (ByteBuffer) null));
        assertNoReport(() -> Hooks.bufferPut(buffer, (String) null));
        assertNoReport(() -> Hooks.bufferPut(null, buffer));
        assertNoReport(() -> Hooks.bufferPut(buffer, 0, (ByteBuffer) null, 0, 1));
        assertNoReport(() -> Hooks.bufferPut(null, "text"));
    }
}
