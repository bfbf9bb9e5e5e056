package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapArraysTest {

    private static final long BASE = 0x7000_0000_1000L;

    private final HeapArrays arrays = new HeapArrays();

    @AfterEach
    void check() {
        arrays.check();
    }

    @Test
    void array_thatIsNotTracked_hasNoHandle() {
        assertThat(arrays.handle(new byte[8])).isZero();
        assertThat(arrays.handle(null)).isZero();
        assertThat(arrays.handle("no array")).isZero();
    }

    @Test
    void array_withAnIdentityHashOfItsOwn_hasNoHandle() {
        int[] array = new int[3];
        System.identityHashCode(array);
        assertThat(arrays.handle(array)).isZero();
    }

    @Test
    void array_ofEveryPrimitiveType_canBeTracked() {
        List<Object> all =
                List.of(
                        new byte[1],
                        new boolean[1],
                        new short[1],
                        new char[1],
                        new int[1],
                        new long[1],
                        new float[1],
                        new double[0]);
        for (int i = 0; i < all.size(); i++) {
            arrays.track(all.get(i), BASE + 64 * i);
        }
        for (int i = 0; i < all.size(); i++) {
            assertThat(arrays.handle(all.get(i))).isEqualTo(BASE + 64 * i);
        }
        assertThat(arrays.size()).isEqualTo(8);
    }

    @Test
    void handle_byElementSize() {
        byte[] bytes = new byte[1];
        char[] chars = new char[1];
        float[] floats = new float[1];
        double[] doubles = new double[1];
        assertThat(arrays.handle1(bytes)).isZero();
        arrays.track(bytes, BASE);
        assertThat(arrays.handle1(bytes)).isEqualTo(BASE);
        assertThat(arrays.handle2(chars)).isZero();
        arrays.track(chars, BASE + 8);
        assertThat(arrays.handle2(chars)).isEqualTo(BASE + 8);
        assertThat(arrays.handle4(floats)).isZero();
        arrays.track(floats, BASE + 16);
        assertThat(arrays.handle4(floats)).isEqualTo(BASE + 16);
        assertThat(arrays.handle8(doubles)).isZero();
        arrays.track(doubles, BASE + 24);
        assertThat(arrays.handle8(doubles)).isEqualTo(BASE + 24);
    }

    @Test
    void handle_byElementSize_afterTheLastOfThatSizeWasUntracked() {
        byte[] first = new byte[1];
        byte[] second = new byte[1];
        arrays.track(first, BASE);
        arrays.track(first, BASE + 8);
        arrays.untrack(first);
        assertThat(arrays.handle1(first)).isZero();
        arrays.track(second, BASE + 16);
        assertThat(arrays.handle1(first)).isZero();
        assertThat(arrays.handle1(second)).isEqualTo(BASE + 16);
    }

    @Test
    void handle_byElementSize_ofWhatIsNotTracked() {
        arrays.track(new byte[1], BASE);
        arrays.track(new short[1], BASE + 8);
        arrays.track(new int[1], BASE + 16);
        arrays.track(new long[1], BASE + 24);
        assertThat(arrays.handle1(new boolean[1])).isZero();
        assertThat(arrays.handle2(new char[1])).isZero();
        assertThat(arrays.handle4(new float[1])).isZero();
        assertThat(arrays.handle8(new double[1])).isZero();
        assertThat(arrays.handle8(null)).isZero();
    }

    @Test
    void arrays_areToldApartByIdentity() {
        byte[] tracked = {1, 2};
        arrays.track(tracked, BASE);
        assertThat(arrays.handle(tracked.clone())).isZero();
    }

    @Test
    void track_again_replacesTheBase() {
        byte[] array = new byte[4];
        arrays.track(array, BASE);
        arrays.track(array, BASE + 8);
        assertThat(arrays.handle(array)).isEqualTo(BASE + 8);
        assertThat(arrays.size()).isEqualTo(1);
    }

    @Test
    void untrack_endsTheTracking() {
        byte[] array = new byte[4];
        arrays.track(array, BASE);
        arrays.untrack(array);
        arrays.untrack(array);
        assertThat(arrays.handle(array)).isZero();
        assertThat(arrays.size()).isZero();
        arrays.track(array, BASE + 8);
        assertThat(arrays.handle(array)).isEqualTo(BASE + 8);
    }

    @Test
    void table_growsAndIsRidOfTombstones() {
        List<long[]> kept = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            long[] array = new long[1];
            arrays.track(array, BASE + 8 * i);
            if (i % 5 == 0) {
                array[0] = BASE + 8 * i;
                kept.add(array);
            } else {
                arrays.untrack(array);
            }
        }
        arrays.check();
        for (long[] array : kept) {
            assertThat(arrays.handle(array)).isEqualTo(array[0]);
        }
        assertThat(arrays.size()).isEqualTo(kept.size());
    }

    @Test
    void arrays_thatWereCollected_leaveTheTable() {
        byte[] kept = new byte[1];
        arrays.track(kept, BASE);
        for (int i = 0; i < 10_000; i++) {
            arrays.track(new byte[1000], BASE + 8 * i);
        }
        int rounds = 0;
        while (arrays.size() > 1 && rounds++ < 100) {
            System.gc();
        }
        assertThat(arrays.size()).isEqualTo(1);
        assertThat(arrays.handle(kept)).isEqualTo(BASE);
    }

    @Test
    void objectsThatAreNoPrimitiveArrays_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> arrays.track(new String[1], BASE))
                .withMessage(
                        "Only arrays of a primitive type can be tracked, not java.lang.String[].");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> arrays.track("text", BASE))
                .withMessageContaining("not java.lang.String.");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -8, BASE + 4, Long.MIN_VALUE})
    void basesThatAreNoHandles_areRefused(long base) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> arrays.track(new byte[1], base))
                .withMessageStartingWith("The base of a tracked array is a positive multiple of 8");
    }

    @Test
    void tableThatCannotGrow_isAsItWas() {
        HeapArrays full = FullHeap.arrays();
        byte[] array = new byte[8];
        assertThatThrownBy(() -> full.track(array, BASE)).isInstanceOf(OutOfMemoryError.class);
        assertThat(full.handle1(array)).isZero();
        full.check();
    }
}
