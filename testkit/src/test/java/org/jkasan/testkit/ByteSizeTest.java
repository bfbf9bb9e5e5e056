package org.jkasan.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ByteSizeTest {

    @Test
    void parse_knowsUnits() {
        assertThat(ByteSize.parse("mem", "4096")).isEqualTo(4096);
        assertThat(ByteSize.parse("mem", "3K")).isEqualTo(3072);
        assertThat(ByteSize.parse("mem", "16M")).isEqualTo(16 << 20);
        assertThat(ByteSize.parse("mem", "5G")).isEqualTo(5L << 30);
    }

    @Test
    void parse_saysWhatASizeIs() {
        for (String bad : new String[] {"", "M", "-1", "16m", "16 M", "9999999999999"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ByteSize.parse("mem", bad))
                    .withMessage(
                            "mem = \"%s\" is no size; write bytes, or a number and K, M or G, as in"
                                    + " \"16M\".",
                            bad);
        }
    }
}
