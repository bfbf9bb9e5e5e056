package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jkasan.host.HostMemories;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WholeArraysTest {

    private static final long BASE = 1L << 44;
    private static final long MANY = 1000;

    private final HeapArrays arrays = new HeapArrays();
    private final int[][] rows = new int[4][100];
    private Shadow shadow;
    private WholeArrays wholes;

    @BeforeEach
    void track() {
        shadow = Shadow.reserve(HostMemories.fromClassPath());
        wholes = new WholeArrays(shadow, arrays);
        for (int i = 0; i < rows.length; i++) {
            arrays.track(rows[i], row(i));
            shadow.poison(row(i) + 400, 4096 - 400, ShadowByte.VMALLOC_INVALID);
        }
    }

    @AfterEach
    void release() {
        shadow.close();
    }

    private static long row(int index) {
        return BASE + 4096L * index;
    }

    @Test
    void array_thatNobodyPoisoned_isAccessible() {
        assertThat(wholes.isAccessible(rows[1], MANY)).isTrue();
    }

    @Test
    void array_withOneBadElement_isNotAccessible() {
        shadow.poison(row(1) + 392, 8, ShadowByte.VMALLOC_INVALID);
        assertThat(wholes.isAccessible(rows[1], MANY)).isFalse();
        assertThat(wholes.isAccessible(rows, MANY)).isFalse();
    }

    @Test
    void whatNobodyTracks_isAccessible() {
        assertThat(wholes.isAccessible(new int[5], 0)).isTrue();
        assertThat(wholes.isAccessible(null, 0)).isTrue();
        assertThat(wholes.isAccessible(new int[][] {null, {1}}, MANY)).isTrue();
    }

    @Test
    void rows_thatNobodyPoisoned_areAccessible() {
        assertThat(wholes.isAccessible(rows, MANY)).isTrue();
    }

    @Test
    void rows_thatTheTurnsDoNotPayFor_needChecks() {
        assertThat(wholes.isAccessible(rows, 7)).isFalse();
        assertThat(wholes.isAccessible(rows, RangeChecker.UNKNOWN)).isTrue();
        assertThat(wholes.isAccessible(new int[1 << 20][], RangeChecker.UNKNOWN)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "3, 5, 15",
        "3, 0, 3",
        "0, 5, 0",
        // nobody knows how often the inner one runs
        "3, 9223372036854775807, 3",
        "4294967296, 4294967296, 4294967296",
        "9223372036854775807, 5, 9223372036854775807"
    })
    void times_isAllTurns(long turns, long inner, long all) {
        assertThat(WholeArrays.times(turns, inner)).isEqualTo(all);
    }

    @Test
    void length_isThatOfAnyArray() {
        assertThat(ArrayElements.lengthOfAny(new String[3])).isEqualTo(3);
        assertThat(ArrayElements.lengthOfAny(new int[2][7])).isEqualTo(2);
        assertThat(ArrayElements.lengthOfAny(new double[4])).isEqualTo(4);
        assertThat(ArrayElements.lengthOfAny(null)).isNegative();
    }

    @Test
    void indexOutside_isWhatJavaRefused() {
        int[] array = new int[3];
        for (int index : new int[] {3, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> array[index]++)
                    .satisfies(
                            e -> assertThat(OutsideIndex.of(e.getMessage(), 7)).isEqualTo(index));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Index", "Index ", "Index x out", "Index 12345678901 out", "5"})
    void indexThatNobodyKnows_isTheFirstBehindTheArray(String message) {
        assertThat(OutsideIndex.of(message, 7)).isEqualTo(7);
        assertThat(OutsideIndex.of(null, 7)).isEqualTo(7);
    }
}
