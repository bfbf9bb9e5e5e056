package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.check.TestSanitizer.assertNoReport;
import static org.jkasan.check.TestSanitizer.assertReport;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import org.jkasan.report.AccessKind;
import org.junit.jupiter.api.Test;

/** The hooks of JDK methods that go through arrays. */
class JdkHooksArrayTest {

    private static final int PAGE = 120;

    /** Good are 6 of its 10 elements, and 12 of its 20 bytes. */
    private final char[] chars = TestSanitizer.track(new char[10], PAGE, 12);

    private final long base = Hooks.handle(chars);
    private final char[] whole = TestSanitizer.track(new char[10], PAGE + 4, 20);
    private final long wholeBase = Hooks.handle(whole);

    @Test
    void arrayRead() {
        assertReport(AccessKind.READ, base, 20, () -> JdkHooks.arrayRead(chars));
        assertNoReport(() -> JdkHooks.arrayRead(whole));
        assertNoReport(() -> JdkHooks.arrayRead(new char[3]));
        assertNoReport(() -> JdkHooks.arrayRead(null));
    }

    @Test
    void arrayRead_end() {
        assertNoReport(() -> JdkHooks.arrayRead(chars, 0, 6));
        assertReport(AccessKind.READ, base, 14, () -> JdkHooks.arrayRead(chars, 0, 7));
        assertReport(AccessKind.READ, wholeBase, 22, () -> JdkHooks.arrayRead(whole, 0, 11));
        assertNoReport(() -> JdkHooks.arrayRead(whole, 0, -1));
        assertNoReport(() -> JdkHooks.arrayRead(null, 0, 7));
    }

    @Test
    void arrayWrite_needsItsArguments() {
        assertReport(AccessKind.WRITE, base, 20, () -> JdkHooks.arrayWrite(chars, "function"));
        assertNoReport(() -> JdkHooks.arrayWrite(chars, null));
        assertReport(
                AccessKind.WRITE, base + 4, 16, () -> JdkHooks.arrayWrite(chars, 2, 8, "operator"));
        assertNoReport(() -> JdkHooks.arrayWrite(chars, 2, 8, null));
    }

    @Test
    void arraySearch_looksAtTheMiddle() {
        assertNoReport(() -> JdkHooks.arraySearch(chars));
        assertReport(AccessKind.READ, base + 14, 2, () -> JdkHooks.arraySearch(chars, 5, 10));
        assertNoReport(() -> JdkHooks.arraySearch(chars, 7, 7));
        assertReport(AccessKind.READ, wholeBase + 10, 12, () -> JdkHooks.arraySearch(whole, 5, 11));
        assertNoReport(() -> JdkHooks.arraySearch(null, 0, 1));
    }

    @Test
    void textRead_needsACharset() {
        byte[] freed = TestSanitizer.track(new byte[16], PAGE + 8, 0);
        long address = Hooks.handle(freed);
        assertReport(
                AccessKind.READ,
                address,
                16,
                () -> JdkHooks.textRead(freed, StandardCharsets.UTF_8));
        assertReport(AccessKind.READ, address, 16, () -> JdkHooks.textRead(freed, "UTF-8"));
        assertReport(
                AccessKind.READ, address + 3, 2, () -> JdkHooks.textRead(freed, 3, 2, "ASCII"));
        assertNoReport(() -> JdkHooks.textRead(freed, null));
        assertNoReport(() -> JdkHooks.textRead(freed, "no charset"));
        assertNoReport(() -> JdkHooks.textRead(freed, 3, 2, "UTF-1234"));
    }

    @Test
    void textWrite() {
        assertNoReport(() -> JdkHooks.textWrite("abcdefgh", 1, 7, chars, 0));
        assertReport(
                AccessKind.WRITE, base, 14, () -> JdkHooks.textWrite("abcdefgh", 1, 8, chars, 0));
        assertNoReport(() -> JdkHooks.textWrite("abcdefgh", 1, 9, chars, 0));
        assertNoReport(() -> JdkHooks.textWrite("abcdefgh", 3, 2, chars, 0));
        assertReport(
                AccessKind.WRITE,
                wholeBase + 18,
                4,
                () -> JdkHooks.textWrite("abcdefgh", 0, 2, whole, 9));
        assertReport(
                AccessKind.READ,
                base + 10,
                4,
                () -> JdkHooks.textWrite(CharBuffer.wrap(chars), 5, 7, new char[9], 0));
        assertNoReport(() -> JdkHooks.textWrite(null, 0, 9, chars, 0));
        assertNoReport(() -> JdkHooks.textWrite("abcdefgh", 0, 8, null, 0));
    }

    @Test
    void comparisons_readBothSides() {
        assertReport(AccessKind.READ, base, 20, () -> JdkHooks.arraysCompare(chars, whole));
        assertReport(AccessKind.READ, base, 20, () -> JdkHooks.arraysEqual(whole, chars));
        assertReport(AccessKind.READ, base, 14, () -> JdkHooks.arraysCompare(new char[7], chars));
        assertNoReport(() -> JdkHooks.arraysCompare(new char[6], chars));
        assertNoReport(() -> JdkHooks.arraysEqual(new char[7], chars));
        assertNoReport(() -> JdkHooks.arraysEqual(chars, chars));
        assertNoReport(() -> JdkHooks.arraysCompare(chars, chars));
        assertNoReport(() -> JdkHooks.arraysCompare(chars, null));
        assertNoReport(() -> JdkHooks.arraysEqual(null, chars));
    }

    @Test
    void comparisons_ofRanges() {
        assertReport(
                AccessKind.READ,
                base + 8,
                6,
                () -> JdkHooks.rangesCompare(chars, 4, 3, whole, 0, 9));
        assertNoReport(() -> JdkHooks.rangesCompare(chars, 4, 2, whole, 0, 9));
        assertNoReport(() -> JdkHooks.rangesEqual(chars, 4, 3, whole, 0, 9));
        assertReport(
                AccessKind.READ, base + 8, 6, () -> JdkHooks.rangesEqual(whole, 0, 3, chars, 4, 3));
        assertReport(
                AccessKind.READ,
                wholeBase + 18,
                4,
                () -> JdkHooks.rangesEqual(whole, 9, 2, chars, 4, 3));
        assertNoReport(() -> JdkHooks.rangesEqual(whole, 9, 2, chars, 4, -1));
        assertNoReport(() -> JdkHooks.rangesEqual(chars, 0, 9, new char[4], 0, 9));
        assertNoReport(() -> JdkHooks.rangesCompare(chars, 0, 9, null, 0, 9));
    }

    @Test
    void firstBad_isTheGranuleOfTheFirstBadByte() {
        for (int good = 1; good < 20; good++) {
            byte[] bytes = TestSanitizer.track(new byte[32], PAGE + 12, good);
            assertThat(TestSanitizer.report(() -> JdkHooks.arrayRead(bytes, 0, 32)).firstBad())
                    .isEqualTo(Hooks.handle(bytes) + (good & ~7));
        }
    }
}
