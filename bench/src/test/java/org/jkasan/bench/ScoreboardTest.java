package org.jkasan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScoreboardTest {

    private static final Goal XOR = Goal.ratioAtMost("xor int[]", "instrumentation", 1.10);
    private static final Goal RATE =
            new Goal("blocks", "allocation", "M/s", Comparison.AT_LEAST, 2.5);
    private static final Goal START = Goal.informs("start-up", "instrumentation", "ms");

    private final Scoreboard scoreboard = new Scoreboard();

    private void add(Goal goal, String jdk, double value) {
        Estimate estimate = new Estimate(value, value - 0.5, value + 0.5);
        scoreboard.add(Measurement.of(goal, jdk, estimate));
    }

    @Test
    void text_allKindsOfGoals() {
        add(XOR, "17.0.15", 1.1);
        add(XOR, "25.0.3", 1.104);
        add(RATE, "17.0.15", 2.49);
        add(START, "17.0.15", 412.3);
        scoreboard.add(Measurement.failed(RATE, "25.0.3", "the JVM did not start"));
        assertThat(scoreboard.text())
                .isEqualTo(
                        """
                        area             goal       measured  spread      target   JDK
                        instrumentation  xor int[]  1.10 x    0.60..1.60  <= 1.10  17.0.15  met
                        instrumentation  xor int[]  1.10 x    0.60..1.60  <= 1.10  25.0.3   missed
                        allocation       blocks     2.49 M/s  1.99..2.99  >= 2.50  17.0.15  missed
                        instrumentation  start-up   412 ms    412..413    -        17.0.15  info
                        allocation       blocks     -         -           >= 2.50  25.0.3   FAILED
                        blocks on JDK 25.0.3: the JVM did not start
                        1 of 4 goals met
                        """);
    }

    @Test
    void exitStatus_allMet() {
        add(XOR, "17.0.15", 1.1);
        add(RATE, "17.0.15", 2.5);
        assertThat(scoreboard.exitStatus()).isZero();
    }

    @Test
    void exitStatus_oneMissed() {
        add(XOR, "17.0.15", 1.1);
        add(XOR, "25.0.3", 1.11);
        assertThat(scoreboard.exitStatus()).isEqualTo(1);
    }

    @Test
    void exitStatus_oneFailed() {
        add(XOR, "17.0.15", 1.0);
        scoreboard.add(Measurement.failed(START, "25.0.3", "the JVM did not start"));
        assertThat(scoreboard.exitStatus()).isEqualTo(1);
    }

    @Test
    void exitStatus_noTargets() {
        add(START, "17.0.15", 400);
        assertThat(scoreboard.exitStatus()).isZero();
    }

    @Test
    void verdict_notANumber() {
        Estimate broken = new Estimate(Double.NaN, Double.NaN, Double.NaN);
        assertThat(Measurement.of(XOR, "17.0.15", broken).verdict()).isEqualTo(Verdict.MISSED);
    }
}
