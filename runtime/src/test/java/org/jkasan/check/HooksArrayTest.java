package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.check.TestSanitizer.assertNoReport;
import static org.jkasan.check.TestSanitizer.assertReport;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jkasan.report.AccessKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hooks for array elements and ranges of them. */
class HooksArrayTest {

    private static final int PAGE = 8;

    private interface ByHandle {
        void check(int index, long handle);
    }

    private interface ByArray {
        void check(Object array, int index);
    }

    /** One hook in its three forms. */
    private record Access(AccessKind kind, int size, ByHandle byHandle, ByArray byArray) {

        static final List<Access> ALL =
                List.of(
                        new Access(AccessKind.READ, 1, Hooks::load1, Hooks::load1),
                        new Access(AccessKind.READ, 2, Hooks::load2, Hooks::load2),
                        new Access(AccessKind.READ, 4, Hooks::load4, Hooks::load4),
                        new Access(AccessKind.READ, 8, Hooks::load8, Hooks::load8),
                        new Access(AccessKind.WRITE, 1, Hooks::store1, Hooks::store1),
                        new Access(AccessKind.WRITE, 2, Hooks::store2, Hooks::store2),
                        new Access(AccessKind.WRITE, 4, Hooks::store4, Hooks::store4),
                        new Access(AccessKind.WRITE, 8, Hooks::store8, Hooks::store8));

        void allForms(Object array, int index, long address) {
            long handle = Hooks.handle(array);
            assertReport(kind, address, size, () -> byHandle.check(index, handle));
            assertReport(kind, address, size, () -> byArray.check(array, index));
            assertReport(kind, address, size, () -> called(index, handle));
        }

        void allFormsPass(Object array, int index) {
            long handle = Hooks.handle(array);
            assertNoReport(() -> byHandle.check(index, handle));
            assertNoReport(() -> byArray.check(array, index));
            assertNoReport(() -> called(index, handle));
        }

        private void called(int index, long handle) {
            int shift = Integer.numberOfTrailingZeros(size);
            if (kind == AccessKind.READ) {
                Hooks.load(index, handle, shift);
            } else {
                Hooks.store(index, handle, shift);
            }
        }
    }

    private record Sample(Object array, int length, Access access) {

        @Override
        public String toString() {
            return array.getClass().getSimpleName() + " " + access.kind() + access.size();
        }
    }

    /** Arrays that end in the middle of a granule, where their element size allows it. */
    static Stream<Sample> samples() {
        return Access.ALL.stream().flatMap(HooksArrayTest::samples);
    }

    private static Stream<Sample> samples(Access access) {
        return switch (access.size()) {
            case 1 ->
                    Stream.of(
                            new Sample(new byte[13], 13, access),
                            new Sample(new boolean[5], 5, access));
            case 2 ->
                    Stream.of(
                            new Sample(new short[7], 7, access),
                            new Sample(new char[1], 1, access));
            case 4 ->
                    Stream.of(
                            new Sample(new int[5], 5, access), new Sample(new float[3], 3, access));
            default ->
                    Stream.of(
                            new Sample(new long[3], 3, access),
                            new Sample(new double[1], 1, access));
        };
    }

    @ParameterizedTest
    @MethodSource("samples")
    void elements_insideAndOutside(Sample sample) {
        int size = sample.access.size();
        Object array = TestSanitizer.track(sample.array, PAGE, sample.length * size);
        long base = Hooks.handle(array);
        assertThat(base).isEqualTo(TestSanitizer.REGION + 4096 * PAGE);
        for (int i = 0; i < sample.length; i++) {
            sample.access.allFormsPass(array, i);
        }
        IntStream.of(sample.length, sample.length + 1, sample.length + 100, -1, -2)
                .forEach(i -> sample.access.allForms(array, i, base + (long) i * size));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void indexes_farOutside_areTheShadowsToJudge(Sample sample) {
        Object array = TestSanitizer.track(sample.array, PAGE, sample.length * 8);
        sample.access.allFormsPass(array, Integer.MAX_VALUE);
        sample.access.allFormsPass(array, Integer.MIN_VALUE);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void indexes_atTheEndsOfTheAddressSpace_findShadow(Sample sample) {
        for (long handle : new long[] {8, (1L << 47) - 8}) {
            for (int i : new int[] {Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE}) {
                assertNoReport(() -> sample.access.byHandle.check(i, handle));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void arraysNobodyTracks_areNotChecked(Sample sample) {
        for (int i : new int[] {-1, 0, sample.length, Integer.MAX_VALUE}) {
            sample.access.allFormsPass(sample.array, i);
            sample.access.allFormsPass(null, i);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void freedArrays_areBadEverywhere(Sample sample) {
        Object array = TestSanitizer.track(sample.array, PAGE, 0);
        long base = Hooks.handle(array);
        for (int i = 0; i < sample.length; i++) {
            sample.access.allForms(array, i, base + (long) i * sample.access.size());
        }
    }

    @Test
    void handle_ofNullAndOfOtherThings_is0() {
        assertThat(Hooks.handle(null)).isZero();
        assertThat(Hooks.handle(new byte[1])).isZero();
        assertThat(Hooks.handle(new Object[1])).isZero();
        assertThat(Hooks.handle("text")).isZero();
    }

    @Test
    void writeRange_andWriteAll() {
        short[] array = TestSanitizer.track(new short[40], PAGE, 50);
        long base = Hooks.handle(array);
        assertNoReport(() -> Hooks.writeRange(array, 0, 25));
        assertNoReport(() -> Hooks.writeRange(array, 24, 1));
        assertNoReport(() -> Hooks.writeRange(array, 30, 0));
        assertReport(AccessKind.WRITE, base, 52, () -> Hooks.writeRange(array, 0, 26));
        assertReport(AccessKind.WRITE, base + 78, 2, () -> Hooks.writeRange(array, 39, 1));
        assertReport(AccessKind.WRITE, base, 80, () -> Hooks.writeAll(array));
        assertNoReport(() -> Hooks.writeAll(TestSanitizer.track(new int[6], PAGE, 24)));
        assertNoReport(() -> Hooks.writeAll(null));
        assertNoReport(() -> Hooks.writeAll(new byte[4]));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 41, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void rangesThatJavaRefuses_areNoAccess(int bad) {
        short[] freed = TestSanitizer.track(new short[40], PAGE + 16, 0);
        short[] array = new short[40];
        byte[] other = new byte[40];
        assertNoReport(() -> Hooks.copy(freed, 0, array, bad, 1));
        assertNoReport(() -> Hooks.copy(array, bad, freed, 0, 1));
        assertNoReport(() -> Hooks.writeRange(array, 0, bad));
        assertNoReport(() -> Hooks.writeRange(array, bad, 1));
        assertNoReport(() -> Hooks.readCopy(array, bad, 41));
        assertNoReport(() -> Hooks.readCopy(array, 40, -1));
        assertNoReport(() -> Hooks.copy(array, bad, array, 0, 1));
        assertNoReport(() -> Hooks.copy(array, 0, array, bad, 1));
        assertNoReport(() -> Hooks.copy(array, 0, array, 0, bad));
        assertNoReport(() -> Hooks.copy(array, 0, other, 0, 1));
        assertNoReport(() -> Hooks.copy(array, 0, null, 0, 1));
        assertNoReport(() -> Hooks.copy(null, 0, array, 0, 1));
        assertNoReport(() -> Hooks.copy(array, 0, "text", 0, 1));
    }

    @Test
    void rangesOutsideATrackedArray_areReportedBeforeJavaRefusesThem() {
        short[] array = TestSanitizer.track(new short[40], PAGE, 80);
        short[] other = new short[60];
        long base = Hooks.handle(array);
        assertReport(AccessKind.WRITE, base, 82, () -> Hooks.writeRange(array, 0, 41));
        assertReport(AccessKind.WRITE, base + 80, 2, () -> Hooks.writeRange(array, 40, 1));
        assertReport(AccessKind.WRITE, base - 2, 6, () -> Hooks.writeRange(array, -1, 3));
        assertReport(AccessKind.READ, base + 82, 8, () -> Hooks.readCopy(array, 41, 45));
        assertReport(AccessKind.READ, base - 4, 88, () -> Hooks.readCopy(array, -2, 42));
        assertReport(AccessKind.READ, base + 2, 80, () -> Hooks.copy(array, 1, other, 0, 40));
        assertReport(AccessKind.WRITE, base + 2, 80, () -> Hooks.copy(other, 0, array, 1, 40));
        assertReport(AccessKind.READ, base, 82, () -> Hooks.copy(array, 0, new short[1], 0, 41));
        assertNoReport(() -> Hooks.writeRange(array, 41, 0));
        assertNoReport(() -> Hooks.writeRange(array, 41, -1));
        assertNoReport(() -> Hooks.readCopy(array, 3, 2));
        assertNoReport(() -> Hooks.copy(array, 0, new byte[41], 0, 41));
        assertNoReport(() -> Hooks.writeRange(array, Integer.MAX_VALUE, Integer.MAX_VALUE));
        assertNoReport(() -> Hooks.writeRange(array, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    @Test
    void readCopy_readsNoFurtherThanTheArray() {
        int[] array = TestSanitizer.track(new int[10], PAGE, 36);
        long base = Hooks.handle(array);
        assertNoReport(() -> Hooks.readCopy(array, 0, 9));
        assertNoReport(() -> Hooks.readCopy(array, 10, 20));
        assertReport(AccessKind.READ, base, 40, () -> Hooks.readCopy(array, 0, 10));
        assertReport(AccessKind.READ, base, 40, () -> Hooks.readCopy(array, 0, 1000));
        assertReport(AccessKind.READ, base + 36, 4, () -> Hooks.readCopy(array, 9, 1000));
    }

    @Test
    void copy_readsTheSourceAndThenWritesTheDestination() {
        char[] source = TestSanitizer.track(new char[20], PAGE, 30);
        char[] destination = TestSanitizer.track(new char[20], PAGE + 8, 20);
        char[] untracked = new char[20];
        long read = Hooks.handle(source);
        long write = Hooks.handle(destination);
        assertNoReport(() -> Hooks.copy(source, 5, destination, 0, 10));
        assertReport(AccessKind.READ, read, 32, () -> Hooks.copy(source, 0, untracked, 0, 16));
        assertReport(AccessKind.READ, read, 32, () -> Hooks.copy(source, 0, destination, 0, 16));
        assertReport(AccessKind.WRITE, write, 22, () -> Hooks.copy(source, 0, destination, 0, 11));
        assertReport(
                AccessKind.WRITE, write, 22, () -> Hooks.copy(untracked, 0, destination, 0, 11));
        assertNoReport(() -> Hooks.copy(source, 20, destination, 20, 0));
    }
}
