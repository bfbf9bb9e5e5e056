package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.check.TestSanitizer.assertNoReport;
import static org.jkasan.check.TestSanitizer.assertReport;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jkasan.report.AccessKind;
import org.jkasan.report.BadAccess;
import org.jkasan.report.BugType;
import org.jkasan.report.Reporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hooks for kernel addresses, over a space of one window. */
class KernelHooksAddressTest {

    private static final int PAGE = 112;
    private static final long START = TestWindow.START;
    private static final AddressSpace SPACE = new TestWindow(PAGE, 1L << 40);

    /** An object of 44 bytes, a page into the window. */
    private static final long OBJECT = START + 4096;

    private static final int SIZE = 44;

    KernelHooksAddressTest() {
        TestSanitizer.object(PAGE + 1, SIZE);
    }

    private static long host(long address) {
        return SPACE.hostAddress(address);
    }

    private static void assertType(BugType type, ThrowingCallable access) {
        assertThat(TestSanitizer.report(access).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void access_isCheckedByTheShadow(int size) {
        for (int i = -9; i < SIZE + 16; i++) {
            long address = OBJECT + i;
            ThrowingCallable load = () -> KernelHooks.kernelLoad(SPACE, address, size);
            ThrowingCallable store = () -> KernelHooks.kernelStore(SPACE, address, size);
            if (i >= 0 && i + size <= SIZE) {
                assertNoReport(load);
                assertNoReport(store);
            } else {
                assertReport(AccessKind.READ, address, size, load);
                assertReport(AccessKind.WRITE, address, size, store);
            }
        }
    }

    @Test
    void addressesWithoutMetadata_areTitledByTheirSpace() {
        assertType(BugType.NULL_PTR_DEREF, () -> KernelHooks.kernelLoad(SPACE, 16, 8));
        assertType(
                BugType.USER_MEMORY_ACCESS,
                () -> KernelHooks.kernelStore(SPACE, 0x70_0000_1000L, 1));
        assertType(
                BugType.WILD_MEMORY_ACCESS,
                () -> KernelHooks.kernelStore(SPACE, 0x7f00_0000_1000L, 1));
        assertType(BugType.NULL_PTR_DEREF, () -> KernelHooks.kernelRead(SPACE, 0, 100));
        assertReport(AccessKind.WRITE, 0, 100, () -> KernelHooks.kernelWrite(SPACE, 0, 100));
        assertReport(
                AccessKind.READ,
                0xdead_0000_0000_0100L,
                8,
                () -> KernelHooks.kernelLoad(SPACE, 0xdead_0000_0000_0100L, 8));
    }

    @Test
    void kernelAddressesOutsideTheWindows_areLeftToThePageFault() {
        long[] addresses = {START - 1, START + TestWindow.SIZE, 0xffff800000000000L, -8};
        for (long address : addresses) {
            assertNoReport(() -> KernelHooks.kernelLoad(SPACE, address, 1));
            assertNoReport(() -> KernelHooks.kernelStore(SPACE, address, 4));
            assertNoReport(() -> KernelHooks.kernelRead(SPACE, address, 6));
            assertNoReport(() -> KernelHooks.kernelCopyIn(SPACE, address, new byte[4], 0, 4));
        }
    }

    @Test
    void range_isCheckedByTheShadow() {
        assertNoReport(() -> KernelHooks.kernelRead(SPACE, OBJECT, SIZE));
        assertNoReport(() -> KernelHooks.kernelWrite(SPACE, OBJECT + 7, SIZE - 7));
        assertReport(AccessKind.READ, OBJECT, 45, () -> KernelHooks.kernelRead(SPACE, OBJECT, 45));
        assertReport(
                AccessKind.WRITE,
                OBJECT - 1,
                2,
                () -> KernelHooks.kernelWrite(SPACE, OBJECT - 1, 2));
        assertType(
                BugType.VMALLOC_OUT_OF_BOUNDS, () -> KernelHooks.kernelRead(SPACE, OBJECT, 5000));
    }

    @Test
    void badRange_isNotToBeDone() {
        assertThat(KernelHooks.kernelRead(SPACE, OBJECT, SIZE)).isEqualTo(SIZE);
        assertThat(KernelHooks.kernelWrite(SPACE, START - 1, 8)).isEqualTo(8);
        assertThat(KernelHooks.kernelWrite(null, OBJECT, 45)).isEqualTo(45);
        assertThat(KernelHooks.kernelCopyIn(SPACE, 0, new byte[4], 1, 4)).isEqualTo(4);
        int[] array = TestSanitizer.track(new int[20], PAGE + 24, 40);
        List<Long> answers = new ArrayList<>();
        List<BadAccess> bad =
                TestSanitizer.sanitizer()
                        .reporter()
                        .collect(
                                () -> {
                                    answers.add(KernelHooks.kernelRead(SPACE, OBJECT, 45));
                                    answers.add(KernelHooks.kernelWrite(SPACE, 0, 1));
                                    answers.add(KernelHooks.kernelRead(SPACE, OBJECT, -1));
                                    answers.add(0L + into(array, 11));
                                    answers.add(0L + into(new int[12], 12));
                                    answers.add(0L + outOf(array, 11));
                                    answers.add(0L + outOf(new int[12], 12));
                                });
        assertThat(answers).hasSize(7).containsOnly(0L);
        assertThat(bad).hasSize(7);
    }

    private static int into(int[] array, int count) {
        return KernelHooks.kernelCopyIn(SPACE, OBJECT, array, 0, count);
    }

    private static int outOf(int[] array, int count) {
        return KernelHooks.kernelCopyOut(SPACE, OBJECT, array, 0, count);
    }

    /** A report that is suppressed counts as none: kasan_report answers so. */
    @Test
    void badRangeWithReportsDisabled_isDone() {
        Reporter reporter = TestSanitizer.sanitizer().reporter();
        reporter.disableCurrent();
        try {
            assertThat(KernelHooks.kernelRead(SPACE, OBJECT, 45)).isEqualTo(45);
            assertThat(KernelHooks.kernelCopyIn(SPACE, OBJECT, new byte[64], 0, 64)).isEqualTo(64);
        } finally {
            reporter.enableCurrent();
        }
    }

    @Test
    void rangeOfNothing_isGoodAnywhere() {
        assertNoReport(() -> KernelHooks.kernelRead(SPACE, 0, 0));
        assertNoReport(() -> KernelHooks.kernelWrite(SPACE, OBJECT + SIZE, 0));
    }

    @Test
    void rangeOfNegativeSize_isOutOfBounds() {
        assertReport(AccessKind.READ, OBJECT, -1, () -> KernelHooks.kernelRead(SPACE, OBJECT, -1));
        assertType(BugType.OUT_OF_BOUNDS, () -> KernelHooks.kernelRead(SPACE, OBJECT, -2));
        assertType(
                BugType.OUT_OF_BOUNDS,
                () -> KernelHooks.kernelWrite(SPACE, OBJECT, Long.MIN_VALUE | 1L << 62));
        assertType(BugType.OUT_OF_BOUNDS, () -> KernelHooks.kernelWrite(SPACE, -8, 8));
    }

    @Test
    void rangeOutOfTheWindow_isCheckedUpToItsEnd() {
        long last = START + TestWindow.SIZE - 4096;
        TestSanitizer.object(PAGE + 15, 4096);
        // What lies behind the window on the host is none of the window's.
        TestSanitizer.sanitizer().shadow().unpoison(host(last) + 4096, 4096);
        assertNoReport(() -> KernelHooks.kernelRead(SPACE, last, 4096));
        assertNoReport(() -> KernelHooks.kernelLoad(SPACE, last + 4088, 8));
        assertNoReport(() -> KernelHooks.kernelRead(SPACE, last, 4097));
        assertNoReport(() -> KernelHooks.kernelLoad(SPACE, last + 4089, 8));
        assertNoReport(() -> KernelHooks.kernelStore(SPACE, last + 4095, 2));
        assertNoReport(() -> KernelHooks.kernelWrite(SPACE, last, 1L << 34));
        TestSanitizer.object(PAGE + 15, 4088);
        assertType(BugType.VMALLOC_OUT_OF_BOUNDS, () -> KernelHooks.kernelRead(SPACE, last, 4097));
        assertType(
                BugType.VMALLOC_OUT_OF_BOUNDS,
                () -> KernelHooks.kernelWrite(SPACE, last, 1L << 34));
    }

    @Test
    void rangeInAHole_isNotScannedToItsEnd() {
        AddressSpace huge =
                new AddressSpace() {
                    @Override
                    public long hostAddress(long address) {
                        return address & (1L << 46) - 1;
                    }

                    @Override
                    public BugType wildAccess(long address) {
                        return null;
                    }
                };
        assertNoReport(() -> KernelHooks.kernelRead(huge, 0xffff800000000000L, 1L << 44));
    }

    @Test
    void copies_checkTheSourceThenTheDestination() {
        int[] array = TestSanitizer.track(new int[20], PAGE + 24, 40);
        long base = Hooks.handle(array);
        assertNoReport(() -> KernelHooks.kernelCopyIn(SPACE, OBJECT, array, 0, 10));
        assertReport(
                AccessKind.READ,
                base,
                44,
                () -> KernelHooks.kernelCopyIn(SPACE, OBJECT, array, 0, 11));
        assertReport(
                AccessKind.WRITE,
                OBJECT,
                48,
                () -> KernelHooks.kernelCopyIn(SPACE, OBJECT, new int[12], 0, 12));
        assertReport(
                AccessKind.READ,
                OBJECT,
                48,
                () -> KernelHooks.kernelCopyOut(SPACE, OBJECT, array, 0, 12));
        assertReport(
                AccessKind.WRITE,
                base,
                44,
                () -> KernelHooks.kernelCopyOut(SPACE, OBJECT, array, 0, 11));
        assertNoReport(() -> KernelHooks.kernelCopyOut(SPACE, OBJECT, array, 0, 10));
    }

    @Test
    void whatJavaRefuses_isNoAccess() {
        assertNoReport(() -> KernelHooks.kernelCopyIn(SPACE, 0, new byte[4], 1, 4));
        assertNoReport(() -> KernelHooks.kernelCopyOut(SPACE, 0, new byte[4], -1, 4));
        assertNoReport(() -> KernelHooks.kernelCopyOut(SPACE, 0, null, 0, 4));
        assertNoReport(() -> KernelHooks.kernelCopyIn(null, 0, new byte[4], 0, 4));
        assertNoReport(() -> KernelHooks.kernelCopyOut(null, 0, new byte[4], 0, 4));
        assertNoReport(() -> KernelHooks.kernelLoad(null, 0, 4));
        assertNoReport(() -> KernelHooks.kernelStore(null, 0, 4));
        assertNoReport(() -> KernelHooks.kernelRead(null, 0, 4));
        assertNoReport(() -> KernelHooks.kernelWrite(null, 0, 4));
    }
}
