package org.jkasan.samples.modload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RangeTest {

    @Test
    void fits_upToTheEnd() {
        assertThat(Range.fits(0, 10, 10)).isTrue();
        assertThat(Range.fits(10, 0, 10)).isTrue();
        assertThat(Range.fits(4, 6, 10)).isTrue();
    }

    @Test
    void fits_notPastTheEnd() {
        assertThat(Range.fits(4, 7, 10)).isFalse();
        assertThat(Range.fits(11, 0, 10)).isFalse();
    }

    @Test
    void fits_noSumWraps() {
        assertThat(Range.fits(8, Long.MAX_VALUE, 10)).isFalse();
        assertThat(Range.fits(Long.MAX_VALUE, 8, 10)).isFalse();
        assertThat(Range.fits(8, -8, 10)).isFalse();
        assertThat(Range.fits(-8, 8, 10)).isFalse();
    }

    @Test
    void alignUp_toThePowerOfTwo() {
        assertThat(Range.alignUp(0, 16)).isZero();
        assertThat(Range.alignUp(1, 16)).isEqualTo(16);
        assertThat(Range.alignUp(16, 16)).isEqualTo(16);
        assertThat(Range.alignUp(17, 1)).isEqualTo(17);
    }

    @Test
    void isPowerOfTwo_alsoTheHighestBit() {
        assertThat(Range.isPowerOfTwo(1)).isTrue();
        assertThat(Range.isPowerOfTwo(Long.MIN_VALUE)).isTrue();
        assertThat(Range.isPowerOfTwo(0)).isFalse();
        assertThat(Range.isPowerOfTwo(3)).isFalse();
    }
}
