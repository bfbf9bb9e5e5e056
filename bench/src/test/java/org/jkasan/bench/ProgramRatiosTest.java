package org.jkasan.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.jkasan.bench.ProgramPair.Times;
import org.junit.jupiter.api.Test;

class ProgramRatiosTest {

    private static final ProgramTimes BASE = times("100 10", "50 5", "20 2", "10 1");
    private static final ProgramTimes TWICE = times("150 90", "100 10", "40 4", "20 3");

    private static ProgramTimes times(String... lines) {
        return ProgramTimes.parse(List.of(lines));
    }

    @Test
    void of_onePair() {
        ProgramRatios ratios = ProgramRatios.of(List.of(new Times(BASE, TWICE)));

        assertThat(ratios.wholeCpu())
                .isEqualTo(new Estimate(310.0 / 180, 310.0 / 180, 310.0 / 180));
        assertThat(ratios.wholeWall().value()).isEqualTo(107.0 / 18);
        assertThat(ratios.steadyCpu().value()).isEqualTo(2);
        assertThat(ratios.steadyWall()).isEqualTo(new Estimate(2.5, 2, 3));
    }

    @Test
    void whole_isAllOfOneSideOverAllOfTheOther() {
        ProgramRatios ratios =
                ProgramRatios.of(List.of(new Times(BASE, TWICE), new Times(BASE, BASE)));

        assertThat(ratios.wholeCpu()).isEqualTo(new Estimate(490.0 / 360, 1, 310.0 / 180));
    }

    /** A short pair weighs as much as it takes, where a median would be its quotient. */
    @Test
    void whole_aShortPairWeighsLittle() {
        ProgramTimes instant = times("1 1", "1 1", "1 1", "1 1");
        ProgramRatios ratios =
                ProgramRatios.of(
                        List.of(
                                new Times(instant, instant),
                                new Times(BASE, TWICE),
                                new Times(TWICE, BASE)));

        assertThat(ratios.wholeCpu())
                .isEqualTo(new Estimate(494.0 / 494, 180.0 / 310, 310.0 / 180));
    }

    @Test
    void steady_isTheMedianOfTheWarmTurnsOfAllPairs() {
        ProgramTimes thrice = times("1 1", "1 1", "60 6", "30 3");
        ProgramRatios ratios =
                ProgramRatios.of(
                        List.of(
                                new Times(BASE, BASE),
                                new Times(BASE, TWICE),
                                new Times(BASE, thrice)));

        assertThat(ratios.steadyCpu()).isEqualTo(new Estimate(2, 1, 3));
    }

    @Test
    void geometricMean_isBetweenTheLeastAndTheLargest() {
        Estimate mean = GeometricMean.of(0.5, 2, 1);

        assertThat(mean.value()).isEqualTo(1, within(1e-12));
        assertThat(mean.low()).isEqualTo(0.5);
        assertThat(mean.high()).isEqualTo(2);
    }
}
