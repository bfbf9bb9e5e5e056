package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.check.TestSanitizer.assertNoReport;
import static org.jkasan.check.TestSanitizer.assertReport;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jkasan.report.AccessKind;
import org.jkasan.report.BugType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hooks for kernel addresses, over a space of one window. */
class HooksKernelTest {

    private static final int PAGE = 112;
    private static final long START = 0xffffc90000000000L;
    private static final long WINDOW = 16 * 4096;

    private static final AddressSpace SPACE =
            new AddressSpace() {
                @Override
                public long hostAddress(long address) {
                    return Long.compareUnsigned(address - START, WINDOW) < 0
                            ? address - START + TestSanitizer.REGION + 4096 * PAGE
                            : AddressSpace.NO_SHADOW;
                }

                @Override
                public BugType wildAccess(long address) {
                    return wild(address);
                }
            };

    /** An object of 44 bytes, a page into the window. */
    private static final long OBJECT = START + 4096;

    private static final int SIZE = 44;

    HooksKernelTest() {
        TestSanitizer.object(PAGE + 1, SIZE);
    }

    /** As a kernel with 4 levels would answer, but for where user space ends. */
    private static BugType wild(long address) {
        if (Long.compareUnsigned(address, 0xffff800000000000L) >= 0) {
            return null;
        }
        if (Long.compareUnsigned(address, 4096) < 0) {
            return BugType.NULL_PTR_DEREF;
        }
        return address > 0 && address < 1L << 40
                ? BugType.USER_MEMORY_ACCESS
                : BugType.WILD_MEMORY_ACCESS;
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
            ThrowingCallable load = () -> Hooks.kernelLoad(SPACE, address, size);
            ThrowingCallable store = () -> Hooks.kernelStore(SPACE, address, size);
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
        assertType(BugType.NULL_PTR_DEREF, () -> Hooks.kernelLoad(SPACE, 16, 8));
        assertType(BugType.USER_MEMORY_ACCESS, () -> Hooks.kernelStore(SPACE, 0x70_0000_1000L, 1));
        assertType(
                BugType.WILD_MEMORY_ACCESS, () -> Hooks.kernelStore(SPACE, 0x7f00_0000_1000L, 1));
        assertType(BugType.NULL_PTR_DEREF, () -> Hooks.kernelRead(SPACE, 0, 100));
        assertReport(AccessKind.WRITE, 0, 100, () -> Hooks.kernelWrite(SPACE, 0, 100));
        assertReport(
                AccessKind.READ,
                0xdead_0000_0000_0100L,
                8,
                () -> Hooks.kernelLoad(SPACE, 0xdead_0000_0000_0100L, 8));
    }

    @Test
    void kernelAddressesOutsideTheWindows_areLeftToThePageFault() {
        long[] addresses = {START - 1, START + WINDOW, 0xffff800000000000L, -8};
        for (long address : addresses) {
            assertNoReport(() -> Hooks.kernelLoad(SPACE, address, 1));
            assertNoReport(() -> Hooks.kernelStore(SPACE, address, 4));
            assertNoReport(() -> Hooks.kernelRead(SPACE, address, 6));
            assertNoReport(() -> Hooks.kernelCopyIn(SPACE, address, new byte[4], 0, 4));
        }
    }

    @Test
    void range_isCheckedByTheShadow() {
        assertNoReport(() -> Hooks.kernelRead(SPACE, OBJECT, SIZE));
        assertNoReport(() -> Hooks.kernelWrite(SPACE, OBJECT + 7, SIZE - 7));
        assertReport(AccessKind.READ, OBJECT, 45, () -> Hooks.kernelRead(SPACE, OBJECT, 45));
        assertReport(
                AccessKind.WRITE, OBJECT - 1, 2, () -> Hooks.kernelWrite(SPACE, OBJECT - 1, 2));
        assertType(BugType.VMALLOC_OUT_OF_BOUNDS, () -> Hooks.kernelRead(SPACE, OBJECT, 5000));
    }

    @Test
    void rangeOfNothing_isGoodAnywhere() {
        assertNoReport(() -> Hooks.kernelRead(SPACE, 0, 0));
        assertNoReport(() -> Hooks.kernelWrite(SPACE, OBJECT + SIZE, 0));
    }

    @Test
    void rangeOfNegativeSize_isOutOfBounds() {
        assertReport(AccessKind.READ, OBJECT, -1, () -> Hooks.kernelRead(SPACE, OBJECT, -1));
        assertType(BugType.OUT_OF_BOUNDS, () -> Hooks.kernelRead(SPACE, OBJECT, -2));
        assertType(
                BugType.OUT_OF_BOUNDS,
                () -> Hooks.kernelWrite(SPACE, OBJECT, Long.MIN_VALUE | 1L << 62));
        assertType(BugType.OUT_OF_BOUNDS, () -> Hooks.kernelWrite(SPACE, -8, 8));
    }

    @Test
    void rangeOutOfTheWindow_isCheckedUpToItsEnd() {
        long last = START + WINDOW - 4096;
        TestSanitizer.object(PAGE + 15, 4096);
        // What lies behind the window on the host is none of the window's.
        TestSanitizer.sanitizer().shadow().unpoison(host(last) + 4096, 4096);
        assertNoReport(() -> Hooks.kernelRead(SPACE, last, 4096));
        assertNoReport(() -> Hooks.kernelLoad(SPACE, last + 4088, 8));
        assertNoReport(() -> Hooks.kernelRead(SPACE, last, 4097));
        assertNoReport(() -> Hooks.kernelLoad(SPACE, last + 4089, 8));
        assertNoReport(() -> Hooks.kernelStore(SPACE, last + 4095, 2));
        assertNoReport(() -> Hooks.kernelWrite(SPACE, last, 1L << 34));
        TestSanitizer.object(PAGE + 15, 4088);
        assertType(BugType.VMALLOC_OUT_OF_BOUNDS, () -> Hooks.kernelRead(SPACE, last, 4097));
        assertType(BugType.VMALLOC_OUT_OF_BOUNDS, () -> Hooks.kernelWrite(SPACE, last, 1L << 34));
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
        assertNoReport(() -> Hooks.kernelRead(huge, 0xffff800000000000L, 1L << 44));
    }

    @Test
    void copies_checkTheSourceThenTheDestination() {
        int[] array = TestSanitizer.track(new int[20], PAGE + 24, 40);
        long base = Hooks.handle(array);
        assertNoReport(() -> Hooks.kernelCopyIn(SPACE, OBJECT, array, 0, 10));
        assertReport(
                AccessKind.READ, base, 44, () -> Hooks.kernelCopyIn(SPACE, OBJECT, array, 0, 11));
        assertReport(
                AccessKind.WRITE,
                OBJECT,
                48,
                () -> Hooks.kernelCopyIn(SPACE, OBJECT, new int[12], 0, 12));
        assertReport(
                AccessKind.READ,
                OBJECT,
                48,
                () -> Hooks.kernelCopyOut(SPACE, OBJECT, array, 0, 12));
        assertReport(
                AccessKind.WRITE, base, 44, () -> Hooks.kernelCopyOut(SPACE, OBJECT, array, 0, 11));
        assertNoReport(() -> Hooks.kernelCopyOut(SPACE, OBJECT, array, 0, 10));
    }

    @Test
    void whatJavaRefuses_isNoAccess() {
        assertNoReport(() -> Hooks.kernelCopyIn(SPACE, 0, new byte[4], 1, 4));
        assertNoReport(() -> Hooks.kernelCopyOut(SPACE, 0, new byte[4], -1, 4));
        assertNoReport(() -> Hooks.kernelCopyOut(SPACE, 0, null, 0, 4));
        assertNoReport(() -> Hooks.kernelCopyIn(null, 0, new byte[4], 0, 4));
        assertNoReport(() -> Hooks.kernelCopyOut(null, 0, new byte[4], 0, 4));
        assertNoReport(() -> Hooks.kernelLoad(null, 0, 4));
        assertNoReport(() -> Hooks.kernelStore(null, 0, 4));
        assertNoReport(() -> Hooks.kernelRead(null, 0, 4));
        assertNoReport(() -> Hooks.kernelWrite(null, 0, 4));
    }
}
