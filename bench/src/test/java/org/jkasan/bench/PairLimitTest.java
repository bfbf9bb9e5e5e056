package org.jkasan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PairLimitTest {

    @Test
    void suffices_soMany() {
        PairLimit three = PairLimit.of(3);
        assertThat(three.suffices(2, Duration.ofDays(1))).isFalse();
        assertThat(three.suffices(3, Duration.ZERO)).isTrue();
    }

    @Test
    void suffices_oneThatTookTooLong() {
        PairLimit limit = new PairLimit(3, Duration.ofSeconds(50));
        assertThat(limit.suffices(0, Duration.ofSeconds(60))).isFalse();
        assertThat(limit.suffices(1, Duration.ofSeconds(49))).isFalse();
        assertThat(limit.suffices(1, Duration.ofSeconds(50))).isTrue();
        assertThat(limit.suffices(3, Duration.ofSeconds(1))).isTrue();
    }
}
