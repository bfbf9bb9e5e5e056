package org.jkasan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EstimateTest {

    @Test
    void median_odd() {
        assertThat(Estimate.median(3, 1, 2)).isEqualTo(new Estimate(2, 1, 3));
    }

    @Test
    void median_even() {
        assertThat(Estimate.median(4, 1, 2, 9)).isEqualTo(new Estimate(3, 1, 9));
    }

    @Test
    void median_one() {
        assertThat(Estimate.median(5)).isEqualTo(new Estimate(5, 5, 5));
    }

    @Test
    void median_leavesItsArgumentAlone() {
        double[] samples = {3, 1, 2};
        Estimate.median(samples);
        assertThat(samples).containsExactly(3, 1, 2);
    }

    @Test
    void text_twoDigitsOfARatio() {
        assertThat(new Estimate(1.196, 1, 99.994).text()).isEqualTo("1.20 (1.00..99.99)");
    }

    @Test
    void text_noneOfALargeNumber() {
        assertThat(new Estimate(4566.4, -100, 6711.5).text()).isEqualTo("4566 (-100..6712)");
    }

    @Test
    void median_none() {
        assertThatThrownBy(Estimate::median).isInstanceOf(IllegalArgumentException.class);
    }
}
