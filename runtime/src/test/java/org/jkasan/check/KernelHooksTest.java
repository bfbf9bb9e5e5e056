package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.check.TestSanitizer.assertNoReport;
import static org.jkasan.check.TestSanitizer.assertReport;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jkasan.host.RawMemory;
import org.jkasan.report.AccessKind;
import org.jkasan.report.BugType;
import org.junit.jupiter.api.Test;

/** The hooks of helper functions, over a space of one window. */
class KernelHooksTest {

    private static final int PAGE = 160;
    private static final long START = TestWindow.START;
    private static final long USER_END = 0x7ffffffff000L;

    private static final AddressSpace SPACE = new TestWindow(PAGE, USER_END);

    private static final CheckedHelper HELPER = new CheckedHelper(SPACE) {};

    /** Objects of so many bytes, a page into the window and three pages further. */
    private static final long OBJECT = START + 4096;

    private static final long OTHER = START + 4 * 4096;

    private static final int SIZE = 24;

    KernelHooksTest() {
        TestSanitizer.object(PAGE + 1, SIZE);
        TestSanitizer.object(PAGE + 4, SIZE);
    }

    /** Stores text, and zeros up to 40 bytes. */
    private static void put(long addr, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        RawMemory.fill(SPACE.hostAddress(addr), 40, (byte) 0);
        RawMemory.copyIn(bytes, 0, SPACE.hostAddress(addr), bytes.length);
    }

    @Test
    void stringRead_isCheckedUpToItsNul() {
        put(OBJECT, "x".repeat(SIZE - 1));
        assertNoReport(() -> KernelHooks.stringRead(HELPER, OBJECT));
        put(OBJECT, "x".repeat(SIZE + 5));
        assertReport(
                AccessKind.READ,
                OBJECT + SIZE,
                1,
                () -> KernelHooks.stringRead(HELPER, OBJECT + 2));
        assertReport(
                AccessKind.READ,
                OBJECT + SIZE,
                1,
                () -> KernelHooks.stringRead(HELPER, OBJECT, SIZE + 1));
        assertNoReport(() -> KernelHooks.stringRead(HELPER, OBJECT, SIZE));
        assertReport(
                AccessKind.READ, OBJECT - 1, 1, () -> KernelHooks.stringRead(HELPER, OBJECT - 1));
        assertReport(AccessKind.READ, 0x5000, 1, () -> KernelHooks.stringRead(HELPER, 0x5000));
        assertNoReport(() -> KernelHooks.stringRead(HELPER, START - 8));
    }

    @Test
    void stringFind_isCheckedUpToWhatItFinds() {
        put(OBJECT, "x".repeat(10) + ":" + "x".repeat(20));
        assertNoReport(() -> KernelHooks.stringFind(HELPER, OBJECT, 0x100 + ':'));
        assertReport(
                AccessKind.READ,
                OBJECT + SIZE,
                1,
                () -> KernelHooks.stringFind(HELPER, OBJECT, '-'));
        assertNoReport(() -> KernelHooks.memoryFind(SPACE, OBJECT, ':', 100));
        assertReport(
                AccessKind.READ,
                OBJECT + SIZE,
                1,
                () -> KernelHooks.memoryFind(SPACE, OBJECT, '-', SIZE + 1));
        assertNoReport(() -> KernelHooks.memoryFind(SPACE, OBJECT, '-', SIZE));
        put(OBJECT, "");
        assertNoReport(() -> KernelHooks.stringFind(HELPER, OBJECT, '-'));
        assertReport(
                AccessKind.READ,
                OBJECT + SIZE,
                1,
                () -> KernelHooks.memoryFind(SPACE, OBJECT, '-', 30));
    }

    @Test
    void comparison_isCheckedUpToTheFirstDifference() {
        put(OBJECT, "a".repeat(30));
        put(OTHER, "a".repeat(30));
        assertReport(
                AccessKind.READ,
                OBJECT + SIZE,
                1,
                () -> KernelHooks.stringCompare(HELPER, OBJECT, OTHER));
        assertReport(
                AccessKind.READ,
                OTHER + SIZE,
                1,
                () -> KernelHooks.stringCompare(HELPER, OBJECT, OTHER + 1, 30));
        assertNoReport(() -> KernelHooks.stringCompare(HELPER, OBJECT, OTHER, SIZE));
        assertNoReport(() -> KernelHooks.memoryCompare(SPACE, OBJECT, OTHER, SIZE));
        assertReport(
                AccessKind.READ,
                OBJECT + SIZE,
                1,
                () -> KernelHooks.memoryCompare(SPACE, OBJECT, OTHER, SIZE + 1));
        assertReport(
                AccessKind.READ,
                OTHER + SIZE,
                8,
                () -> KernelHooks.memoryCompare(SPACE, OBJECT, OTHER + 16, 16));
        put(OTHER, "a".repeat(20) + "b".repeat(10));
        assertNoReport(() -> KernelHooks.stringCompare(HELPER, OBJECT, OTHER));
        assertNoReport(() -> KernelHooks.memoryCompare(SPACE, OBJECT, OTHER, -1));
    }

    @Test
    void stringCopy_checksWhatItReadsAndWhatItWrites() {
        put(OBJECT, "x".repeat(SIZE - 1));
        assertNoReport(() -> KernelHooks.stringCopy(HELPER, OTHER, OBJECT));
        assertReport(
                AccessKind.WRITE,
                OTHER + SIZE,
                1,
                () -> KernelHooks.stringCopy(HELPER, OTHER + 1, OBJECT));
        put(OBJECT, "x".repeat(SIZE));
        assertReport(
                AccessKind.READ,
                OBJECT + SIZE,
                1,
                () -> KernelHooks.stringCopy(HELPER, OTHER, OBJECT));
    }

    @Test
    void strscpy_mayReadBehindTheStringInTheSameWord() {
        TestSanitizer.object(PAGE + 1, 20);
        put(OBJECT, "x".repeat(19));
        assertNoReport(() -> KernelHooks.stringCopy(HELPER, OTHER, OBJECT, SIZE));
        put(OBJECT, "x".repeat(30));
        assertNoReport(() -> KernelHooks.stringCopy(HELPER, OTHER, OBJECT, SIZE));
        assertReport(
                AccessKind.READ,
                OBJECT + 20,
                1,
                () -> KernelHooks.stringCopy(HELPER, OTHER, OBJECT + 4, SIZE));
        TestSanitizer.object(PAGE + 1, 40);
        assertReport(
                AccessKind.WRITE,
                OTHER + SIZE,
                8,
                () -> KernelHooks.stringCopy(HELPER, OTHER, OBJECT, SIZE + 8));
        assertReport(
                AccessKind.WRITE,
                OTHER + 20,
                8,
                () -> KernelHooks.stringCopy(HELPER, OTHER + 20, OBJECT, 8));
        assertReport(
                AccessKind.WRITE,
                OTHER + SIZE,
                1,
                () -> KernelHooks.stringCopy(HELPER, OTHER + SIZE - 4, OBJECT, 5));
        assertNoReport(() -> KernelHooks.stringCopy(HELPER, OTHER, OBJECT + 30, -1));
        assertNoReport(() -> KernelHooks.stringCopy(HELPER, OTHER, OBJECT + 30, 1L << 31));
    }

    /** The bad accesses of a helper whose reports do not end it. */
    private static List<String> bad(Runnable helper) {
        return TestSanitizer.sanitizer().reporter().collect(helper).stream()
                .map(access -> access.kind() + " " + (access.address() - OBJECT))
                .toList();
    }

    @Test
    void everyBadByteOfAString_isOne() {
        TestSanitizer.object(PAGE + 1, 5);
        put(OBJECT, "x".repeat(8));
        assertThat(bad(() -> KernelHooks.stringRead(HELPER, OBJECT)))
                .containsExactly("READ 5", "READ 6", "READ 7", "READ 8");
        assertThat(bad(() -> KernelHooks.stringRead(HELPER, OBJECT, 7)))
                .containsExactly("READ 5", "READ 6");
        assertThat(bad(() -> KernelHooks.stringCompare(HELPER, OBJECT, OBJECT, 6)))
                .containsExactly("READ 5", "READ 5");
        assertThat(bad(() -> KernelHooks.memoryFind(SPACE, OBJECT + 6, 'y', 2)))
                .containsExactly("READ 6", "READ 7");
        assertThat(bad(() -> KernelHooks.stringCopy(HELPER, OBJECT + 4, OBJECT + 7)))
                .containsExactly("READ 7", "READ 8", "WRITE 5");
    }

    /** The words differ, so it reads their bytes up to the difference. */
    @Test
    void memcmpOfDifferentWords_readsTheirBytesToo() {
        TestSanitizer.object(PAGE + 1, 1);
        put(OBJECT, "ab");
        put(OTHER, "ac");
        assertThat(bad(() -> KernelHooks.memoryCompare(SPACE, OBJECT, OTHER, 9)))
                .containsExactly("READ 0", "READ 1");
    }

    @Test
    void bits_areCheckedByTheirWord() {
        assertNoReport(() -> KernelHooks.bitStore(HELPER, 191, OBJECT));
        assertReport(
                AccessKind.WRITE, OBJECT + 24, 8, () -> KernelHooks.bitStore(HELPER, 192, OBJECT));
        assertReport(AccessKind.READ, OBJECT - 8, 8, () -> KernelHooks.bitLoad(HELPER, -1, OBJECT));
        assertNoReport(() -> KernelHooks.bitLoad(HELPER, -64, OBJECT + 8));
    }

    @Test
    void placesOfHelpers_areCheckedAsOtherAccesses() {
        assertNoReport(() -> KernelHooks.helperLoad(HELPER, OBJECT + 20, 4));
        assertReport(
                AccessKind.READ,
                OBJECT + 24,
                4,
                () -> KernelHooks.helperLoad(HELPER, OBJECT + 24, 4));
        assertReport(
                AccessKind.WRITE,
                OBJECT + 24,
                8,
                () -> KernelHooks.helperStore(HELPER, OBJECT + 24, 8));
        assertReport(
                AccessKind.WRITE, OBJECT, 25, () -> KernelHooks.helperWrite(HELPER, OBJECT, 25));
        assertThat(TestSanitizer.report(() -> KernelHooks.helperLoad(HELPER, 0x5000, 4)).type())
                .isEqualTo(BugType.USER_MEMORY_ACCESS);
    }

    @Test
    void userCopies_areCheckedOnTheKernelsSideIfTheOtherIsInUserSpace() {
        assertNoReport(() -> KernelHooks.userCopy(HELPER, 0x5000, OBJECT, SIZE));
        assertReport(
                AccessKind.READ,
                OBJECT,
                25,
                () -> KernelHooks.userCopy(HELPER, 0x5000, OBJECT, 25));
        assertNoReport(() -> KernelHooks.userCopy(HELPER, USER_END - 24, OBJECT, 25));
        assertNoReport(() -> KernelHooks.userCopy(HELPER, OTHER, OBJECT, 25));
        assertNoReport(() -> KernelHooks.userCopy(HELPER, 0x5000, OBJECT, -1));
        assertNoReport(() -> KernelHooks.userCopy(HELPER, 0x5000, OBJECT + 24, 0));
        assertReport(
                AccessKind.WRITE,
                OBJECT,
                25,
                () -> KernelHooks.userString(HELPER, OBJECT, USER_END - 1, 25));
        assertNoReport(() -> KernelHooks.userString(HELPER, OBJECT, OTHER, 25));
        assertNoReport(() -> KernelHooks.userString(HELPER, OBJECT, 0x5000, -1));
    }

    @Test
    void uncheckedUserCopies_areCheckedWhateverTheUserAddressIs() {
        assertReport(AccessKind.READ, OBJECT, 25, () -> KernelHooks.helperRead(HELPER, OBJECT, 25));
        assertNoReport(() -> KernelHooks.helperRead(HELPER, OBJECT, SIZE));
    }

    @Test
    void nofaultCopies_areCheckedByWordsUpToTheFault() {
        TestSanitizer.object(PAGE + 1, 20);
        assertThat(bad(() -> KernelHooks.copyToNofault(HELPER, OTHER, OBJECT, SIZE)))
                .containsExactly("READ 16");
        assertThat(bad(() -> KernelHooks.copyToNofault(HELPER, OBJECT, OTHER, 23)))
                .containsExactly("WRITE 20", "WRITE 22");
        assertThat(bad(() -> KernelHooks.copyFromNofault(HELPER, OBJECT, OTHER + 90, SIZE)))
                .containsExactly("WRITE 16");
        assertNoReport(() -> KernelHooks.copyFromNofault(HELPER, OTHER, OBJECT, SIZE));
        assertNoReport(() -> KernelHooks.copyToNofault(HELPER, OTHER, OBJECT, 20));
    }

    @Test
    void nofaultCopies_endWhereNothingIsMapped() {
        long last = START + TestWindow.SIZE - 4;
        assertNoReport(() -> KernelHooks.copyFromNofault(HELPER, OBJECT + 16, last - 7, 16));
        assertNoReport(() -> KernelHooks.copyToNofault(HELPER, last, OBJECT, 8));
        assertNoReport(() -> KernelHooks.copyToNofault(HELPER, 0x5000, OBJECT, 8));
        assertNoReport(() -> KernelHooks.copyFromNofault(HELPER, OBJECT + SIZE, 0x5000, 8));
        assertReport(
                AccessKind.READ,
                0x5000,
                8,
                () -> KernelHooks.copyToNofault(HELPER, OBJECT, 0x5000, 8));
    }

    @Test
    void noHelper_isNobodysBusiness() {
        assertNoReport(() -> KernelHooks.helperLoad(null, 0, 4));
        assertNoReport(() -> KernelHooks.stringRead(null, 0));
        assertNoReport(() -> KernelHooks.memoryCompare(null, 0, 0, 4));
    }
}
