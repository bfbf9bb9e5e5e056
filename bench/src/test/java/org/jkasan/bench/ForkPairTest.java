package org.jkasan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ForkPairTest {

    @Test
    void ratio_isTheMedianOverTheTurns() {
        double[] without = {10, 20, 10};
        double[] with = {11, 22, 90};
        assertThat(ForkPair.ratio(without, with)).isEqualTo(1.1);
    }

    @Test
    void ratio_forksOfDifferentLength() {
        assertThatThrownBy(() -> ForkPair.ratio(new double[2], new double[1]))
                .isInstanceOf(MeasurementException.class)
                .hasMessageContaining("after 2 and 1 iterations");
    }

    @Test
    void ratio_forksWithoutIterations() {
        assertThatThrownBy(() -> ForkPair.ratio(new double[0], new double[0]))
                .isInstanceOf(MeasurementException.class)
                .hasMessageContaining("at least one");
    }
}
