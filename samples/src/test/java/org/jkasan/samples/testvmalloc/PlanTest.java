package org.jkasan.samples.testvmalloc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** How turns are planned from a round in which each test had two turns. */
class PlanTest {

    private static final double AROUND = 3;

    /** A microsecond a loop for the first test, twice as long for the second, and so on. */
    private static Pace pace() {
        Pace pace = new Pace();
        double all = AROUND;
        for (VmallocTest test : TableRow.TESTS) {
            int times = Plan.least().times(test);
            double took = times * seconds(test);
            pace.add(test, times, took);
            pace.add(test, times, took);
            all += 2 * took;
        }
        pace.end(all);
        return pace;
    }

    private static double seconds(VmallocTest test) {
        return test == VmallocTest.PCPU ? 0.5 : (test.ordinal() + 1) / 1e6;
    }

    @Test
    void theLeast_isOneShortLoopOrPass() {
        assertThat(Plan.least())
                .hasToString(
                        "loops: fix_size 500, full_fit 500, long_busy_list 500, random_size 500,"
                                + " fix_align 500, random_size_align 500;"
                                + " passes: align_shift 1, pcpu 1");
    }

    @Test
    void turns_lastEquallyLongButForASlowTest() {
        Plan plan = Plan.lasting(0.06, pace());
        for (VmallocTest test : TableRow.TESTS) {
            double turn = plan.times(test) * seconds(test);
            double slowest = test == VmallocTest.PCPU ? 0.5 : 0.06;
            assertThat(turn).as(test.key()).isCloseTo(slowest, within(1e-5));
        }
    }

    @Test
    void turns_haveAtMostTheLoopsOfTheTableAndTheLeast() {
        assertThat(Plan.lasting(1e-6, pace())).isEqualTo(Plan.least());
        assertThat(Plan.lasting(100, pace()).times(VmallocTest.FIX_SIZE))
                .isEqualTo(Measurements.LOOPS);
    }

    @Test
    void aRound_isFoundToTakeWhatItTook() {
        Pace pace = pace();
        assertThat(pace.around()).isCloseTo(AROUND, within(1e-9));
        assertThat(pace.seconds(Plan.least())).isCloseTo(pace.inLoops() + AROUND, within(1e-9));
    }

    @Test
    void ofTwoRounds_theShorterTimesCount() {
        Pace slow = new Pace();
        TableRow.TESTS.forEach(test -> slow.add(test, 1, 1));
        TableRow.TESTS.forEach(test -> slow.add(test, 1, 1));
        slow.end(2 * TableRow.TESTS.size() + AROUND - 1);
        Pace fastest = pace().fastest(slow);
        assertThat(fastest.around()).isCloseTo(AROUND - 1, within(1e-9));
        assertThat(fastest.seconds(VmallocTest.PCPU)).isCloseTo(0.5, within(1e-9));
        assertThat(fastest.seconds(Plan.least()))
                .isCloseTo(pace().seconds(Plan.least()) - 1, within(1e-9));
    }

    @Test
    void thePlanOfARound_fillsItsTimeAndNoMore() {
        Pace pace = pace();
        assertThat(pace.seconds(pace.planFor(8))).isBetween(7.5, 8.0);
        assertThat(pace.planFor(1)).isEqualTo(Plan.least());
    }
}
