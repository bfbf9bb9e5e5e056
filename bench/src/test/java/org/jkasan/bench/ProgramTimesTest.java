package org.jkasan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramTimesTest {

    private final ProgramTimes base = ProgramTimes.parse(List.of("100 10", "50 5", "20 2", "10 1"));
    private final ProgramTimes twice =
            ProgramTimes.parse(List.of("150 90", "100 10", "40 4", "20 3"));

    @Test
    void parse_startAndRuns() {
        assertThat(base.cpu()).containsExactly(100, 50, 20, 10);
        assertThat(base.wall()).containsExactly(10, 5, 2, 1);
    }

    /** The start is none of the runs, and the first half of all is warm-up. */
    @Test
    void steady_isTheLaterHalf() {
        assertThat(ProgramTimes.steady(base.cpu(), twice.cpu())).containsExactly(2, 2);
        assertThat(ProgramTimes.steady(base.wall(), twice.wall())).containsExactly(2, 3);
    }

    @Test
    void steady_ofTheShortestRun_isThatRun() {
        assertThat(ProgramTimes.steady(new double[] {1, 4}, new double[] {1, 6}))
                .containsExactly(1.5);
    }

    @Test
    void whole_isFromTheStartOn() {
        assertThat(ProgramTimes.whole(base.cpu())).isEqualTo(180);
        assertThat(ProgramTimes.whole(twice.wall())).isEqualTo(107);
    }
}
