package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.jkasan.host.HostMemories;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrayLooksTest {

    private static final long ARRAY = 1L << 44;
    private static final int LENGTH = 1000;
    private static final int INTS = 2;

    private static Shadow shadow;

    @BeforeAll
    static void reserve() {
        shadow = Shadow.reserve(HostMemories.fromClassPath());
        shadow.poison(ARRAY - 4096, 4096, ShadowByte.VMALLOC_INVALID);
        shadow.unpoison(ARRAY, LENGTH * 4);
        shadow.poison(ARRAY + LENGTH * 4, 4096, ShadowByte.VMALLOC_INVALID);
        shadow.poison(ARRAY + 500 * 4, 8, ShadowByte.VMALLOC_INVALID);
    }

    @AfterAll
    static void release() {
        shadow.close();
    }

    @ParameterizedTest
    @CsvSource({
        // first, steps, width, of which of two arrays: the second one is half as long
        "0, 199, 1, 0",
        "0, 200, 1, 2",
        "199, 300, 1, 2",
        "0, 500, 1, 3",
        "-1, 10, 1, 3",
        "190, 0, 11, 2",
        "5000, -1, 1, 0",
        "0, 9223372036854775806, 1, 3"
    })
    void rangeOfArrays_isThatOfEach(long first, long steps, int width, int bad) {
        HeapArrays arrays = new HeapArrays();
        int[] one = new int[LENGTH];
        int[] other = new int[LENGTH / 2];
        long second = ARRAY + (4 << 20);
        arrays.track(one, ARRAY);
        arrays.track(other, second);
        shadow.poison(second, 4096, ShadowByte.VMALLOC_INVALID);
        shadow.unpoison(second, 200 * 4);
        ArrayLooks looks = new ArrayLooks(shadow, arrays);
        long expected = ((bad & 1) == 0 ? 0 : ARRAY) | ((bad & 2) == 0 ? 0 : second);
        int[] plain = new int[9];
        assertThat(looks.range(one, plain, other, first, 1, steps, width, INTS))
                .isEqualTo(expected);
        assertThat(looks.range(other, one, null, first, 1, steps, width, INTS)).isEqualTo(expected);
        assertThat(looks.range(plain, null, null, first, 1, steps, width, INTS)).isZero();
        assertThat(looks.range(one, null, null, first, 1, steps, width, INTS))
                .isEqualTo((bad & 1) == 0 ? 0 : ARRAY);
        assertThat(looks.range(plain, null, null, first, 1, steps, width, INTS)).isZero();
    }
}
