package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.jkasan.host.HostMemories;
import org.jkasan.report.BugType;
import org.jkasan.shadow.Shadow;
import org.jkasan.shadow.ShadowByte;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeCheckerTest {

    private static final long ARRAY = 1L << 44;
    private static final int LENGTH = 1000;
    private static final int INTS = 2;

    private static final HeapArrays ARRAYS = new HeapArrays();

    private static Shadow shadow;
    private static RangeChecker ranges;

    @BeforeAll
    static void track() {
        shadow = Shadow.reserve(HostMemories.fromClassPath());
        shadow.poison(ARRAY - 4096, 4096, ShadowByte.VMALLOC_INVALID);
        shadow.unpoison(ARRAY, LENGTH * 4);
        shadow.poison(ARRAY + LENGTH * 4, 4096, ShadowByte.VMALLOC_INVALID);
        shadow.poison(ARRAY + 500 * 4, 8, ShadowByte.VMALLOC_INVALID);
        ranges = new RangeChecker(shadow, ARRAYS);
    }

    @AfterAll
    static void release() {
        shadow.close();
    }

    @ParameterizedTest
    @CsvSource({
        // up: i < 10, i <= 10, by threes
        "0, 10, -1, 1, 10",
        "0, 10, 0, 1, 11",
        "0, 10, -1, 3, 4",
        "10, 10, -1, 1, 0",
        "11, 10, -1, 1, 0",
        // down: i > 0, i >= 0
        "10, 0, 1, -1, 10",
        "10, 0, 0, -1, 11",
        "10, 0, 0, -4, 3",
        "-1, 0, 0, -1, 0",
        // all ints there are
        "-2147483648, 2147483647, -1, 1, 4294967295"
    })
    void turns_areThoseInWhichTheTestHolds(
            long first, long fixed, int toLast, int step, long turns) {
        assertThat(RangeChecker.turns(first, fixed, toLast, step)).isEqualTo(turns);
    }

    @ParameterizedTest
    @CsvSource({
        // the last turn overflows, and the test holds again
        "0, 2147483647, 0, 1",
        "0, 2147483647, -1, 3",
        "0, -2147483648, 0, -1",
        // what is compared has overflowed before
        "2147483648, 5, -1, 1",
        "0, 2147483648, -1, 1",
        "0, -2147483649, 1, -1"
    })
    void turns_whereAnIntOverflows_areUnknown(long first, long fixed, int toLast, int step) {
        assertThat(RangeChecker.turns(first, fixed, toLast, step)).isEqualTo(RangeChecker.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        // i != 10, up and down, by threes
        "0, 10, 1, 10",
        "10, 10, 1, 0",
        "0, 12, 3, 4",
        "20, 10, -1, 10",
        "22, 10, -3, 4",
        "-2147483648, 2147483647, 1, 4294967295"
    })
    void turns_untilAValueIsMet(long first, long fixed, int step, long turns) {
        assertThat(RangeChecker.turnsUntil(first, fixed, step)).isEqualTo(turns);
        assertThat(RangeChecker.wideTurnsUntil(first, fixed, step)).isEqualTo(turns);
    }

    @ParameterizedTest
    @CsvSource({
        // it is stepped over, or met when all ints have been
        "0, 10, 3",
        "11, 10, 1",
        "9, 10, -1",
        // what is compared has overflowed before
        "2147483648, 2147483650, 1",
        "0, 2147483648, 1"
    })
    void turns_untilAValueThatIsNotMet_areUnknown(long first, long fixed, int step) {
        assertThat(RangeChecker.turnsUntil(first, fixed, step)).isEqualTo(RangeChecker.UNKNOWN);
    }

    @Test
    void wideTurns_untilAValueTooFarAway_areUnknown() {
        assertThat(RangeChecker.wideTurnsUntil(Long.MIN_VALUE, 0, 1))
                .isEqualTo(RangeChecker.UNKNOWN);
        assertThat(RangeChecker.wideTurnsUntil(Long.MIN_VALUE, Long.MIN_VALUE + 7, 7)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        // first, slope, steps, width: all of the front, of the back, one by one and in wider steps
        "0, 1, 499, 1",
        "502, 1, 497, 1",
        "499, -1, 499, 1",
        "0, 2, 248, 3",
        "3, 100, 9, 2",
        // around what is bad, as the steps are wide
        "0, 502, 1, 1",
        // no turn at all
        "5000, 1, -1, 1",
        // the same ones in each of who knows how many turns
        "7, 0, 9223372036854775806, 250"
    })
    void range_allAccessible_needsNoChecks(long first, long slope, long steps, int width) {
        assertThat(range(first, slope, steps, width, 0)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        // one too many, at each end of each half
        "0, 1, 500, 1",
        "501, 1, 10, 1",
        "502, 1, 498, 1",
        "-1, 1, 10, 1",
        "499, -1, 500, 1",
        "0, 100, 9, 101",
        "0, 100, 5, 1",
        // more than an int can index, or count
        "2147483647, 1, 1, 1",
        "0, 4294967296, 1, 1",
        "4294967296, 1, 1, 1",
        "4611686018427387904, 1, 1, 1",
        "0, 1, 9223372036854775806, 1",
        "0, 2147483647, 4294967296, 1"
    })
    void range_withSomethingBad_keepsTheHandle(long first, long slope, long steps, int width) {
        assertThat(range(first, slope, steps, width, 0)).isEqualTo(ARRAY);
    }

    @Test
    void range_ofALoopThatMayEndEarly_isShort() {
        long elsewhere = ARRAY + (1 << 20);
        int form = RangeChecker.EARLY | INTS;
        assertThat(ranges.range(elsewhere, 0, 1, 32_767, 1, form)).isZero();
        assertThat(ranges.range(elsewhere, 0, 1, 50_000, 1, form)).isEqualTo(elsewhere);
        assertThat(ranges.range(elsewhere, 0, 1, 50_000, 1, INTS)).isZero();
    }

    @Test
    void range_ofALoopThatMayEndEarly_isShorterAmongPoison() {
        long pool = ARRAY + (2 << 20);
        shadow.poison(pool, 1 << 16, ShadowByte.SLAB_FREE);
        for (int i = 0; i < 1 << 16; i += 64) {
            shadow.unpoison(pool + i, 64);
        }
        int form = RangeChecker.EARLY | INTS;
        assertThat(ranges.range(pool, 0, 1, 400, 1, form)).isZero();
        assertThat(ranges.range(pool, 0, 1, 600, 1, form)).isEqualTo(pool);
        assertThat(ranges.range(pool, 0, 1, 600, 1, INTS)).isZero();
    }

    @Test
    void range_thatMovesInexactly_holdsAllBetween() {
        assertThat(range(0, 502, 1, 1, RangeChecker.INEXACT)).isEqualTo(ARRAY);
    }

    @Test
    void range_ofAnUntrackedArray_needsNoChecks() {
        assertThat(ranges.range(0, 500, 1, 10, 1, INTS)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        // offset in the window, slope, steps, width, accessible
        "0, 4, 499, 4, true",
        "1996, -4, 499, 4, true",
        "0, 1, 1999, 1, true",
        "0, 4, 500, 4, false",
        "-1, 1, 10, 1, false",
        "2008, 8, 10, 8, true",
        // out of the window at either end
        "4000, 4, 200, 4, false",
        "-8, 0, 0, 8, false",
        // nobody knows how long
        "8, 0, 9223372036854775806, 8, true",
        "8, 8, 9223372036854775806, 8, false",
        "8, 8, -1, 8, true"
    })
    void kernelRange_isLookedAtWithinItsWindow(
            long offset, long slope, long steps, int width, boolean accessible) {
        AddressSpace window = new Window();
        long first = Window.START + offset;
        assertThat(ranges.kernel(window, first, slope, steps, width, 0) == 0).isEqualTo(accessible);
    }

    @Test
    void bufferRange_endsAtTheLimit() {
        byte[] bytes = new byte[4000];
        ARRAYS.track(bytes, ARRAY);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        assertThat(ranges.buffer(buffer, 0, 4, 499, 4, 0)).isZero();
        assertThat(ranges.buffer(buffer, 0, 4, 500, 4, 0)).isNotZero();
        assertThat(ranges.rest(buffer, 4, 499, 0)).isZero();
        assertThat(ranges.rest(buffer, 4, 500, 0)).isNotZero();
        assertThat(ranges.rest(buffer, 4, RangeChecker.UNKNOWN, 0)).isNotZero();
        buffer.limit(2000);
        assertThat(ranges.buffer(buffer, -100, 4, 4000, 4, 0)).isZero();
        assertThat(ranges.rest(buffer, 4, RangeChecker.UNKNOWN, 0)).isZero();
        assertThat(ranges.buffer(ByteBuffer.allocate(9), 0, 1, 500, 1, 0)).isZero();
    }

    /** A window of 4096 bytes over the array. */
    private static final class Window implements AddressSpace {

        static final long START = 0xFFFF_8000_0000_0000L;

        @Override
        public long hostAddress(long address) {
            long offset = address - START;
            return offset >= 0 && offset < 4096 ? ARRAY + offset : NO_SHADOW;
        }

        @Override
        public BugType wildAccess(long address) {
            return null;
        }
    }

    private static long range(long first, long slope, long steps, int width, int form) {
        return ranges.range(ARRAY, first, slope, steps, width, form | INTS);
    }
}
