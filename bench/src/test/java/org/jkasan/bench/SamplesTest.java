package org.jkasan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SamplesTest {

    private static Samples of(double... values) {
        Samples samples = new Samples();
        for (double value : values) {
            samples.add(value);
        }
        return samples;
    }

    @Test
    void estimate_isTheMedianWithItsSpread() {
        assertThat(of(1.0, 1.2, 0.9).estimate()).isEqualTo(new Estimate(1.0, 0.9, 1.2));
    }

    @Test
    void uncertainty_twoSamplesSayNothing() {
        assertThat(of(1, 1).uncertainty()).isInfinite();
    }

    @Test
    void uncertainty_sameSamples() {
        assertThat(of(2, 2, 2).uncertainty()).isZero();
    }

    @Test
    void uncertainty_oneOutlierOfFive() {
        assertThat(of(1, 1, 1, 1, 50).uncertainty()).isZero();
    }

    @Test
    void uncertainty_shrinksWithTheSquareRootOfTheirNumber() {
        double four = of(9, 11, 9, 11).uncertainty();
        double sixteen = of(9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 11, 9, 11).uncertainty();
        assertThat(four).isCloseTo(2 * sixteen, within(1e-12));
        assertThat(four).isCloseTo(2 * 1.2533 * 1.4826 / 2 / 10, within(1e-12));
    }

    @Test
    void effort_stopsWhereSamplesAgree() {
        assertThat(Effort.FULL.suffices(of(1, 1, 1, 1))).isFalse();
        assertThat(Effort.FULL.suffices(of(1, 1, 1, 1, 1))).isTrue();
        assertThat(Effort.FULL.suffices(of(1, 2, 1, 2, 1.5))).isFalse();
    }

    @Test
    void effort_stopsInTheEnd() {
        Samples samples = of();
        for (int i = 0; i < 15; i++) {
            assertThat(Effort.FULL.suffices(samples)).isFalse();
            samples.add(i);
        }
        assertThat(Effort.FULL.suffices(samples)).isTrue();
    }
}
