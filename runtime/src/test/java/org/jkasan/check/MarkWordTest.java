package org.jkasan.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.jkasan.check.MarkWord.Layout;
import org.junit.jupiter.api.Test;

class MarkWordTest {

    /** Bits 8 to 38, as HotSpot has it without compact headers. */
    private static final long HASH = 0x7f_ffff_ff00L;

    @Test
    void hashBits_inOneRun_makeALayout() {
        Layout layout = Layout.of(HASH, 0x1);
        assertThat(layout).isEqualTo(new Layout(HASH | 3, 1));
        assertThat(layout.matches(0x1)).isTrue();
        assertThat(layout.matches(0x1 | 5 << 3)).as("aged").isTrue();
        assertThat(layout.matches(0x1234_5601L)).as("hashed").isFalse();
        assertThat(layout.matches(0x7f00_1234_5678L)).as("locked").isFalse();
        assertThat(layout.matches(0x7f00_1234_567aL)).as("inflated").isFalse();
    }

    @Test
    void bias_whereTheHashEndsIt_isLookedAtToo() {
        Layout layout = Layout.of(HASH | 4, 0x5);
        assertThat(layout).isEqualTo(new Layout(HASH | 7, 5));
        assertThat(layout.matches(0x5)).isTrue();
        assertThat(layout.matches(0x7f00_1234_5005L)).as("biased to a thread").isFalse();
    }

    @Test
    void hashBits_thatAreFewOrNone_makeNoLayout() {
        assertThat(Layout.of(0, 1)).isSameAs(Layout.UNKNOWN);
        assertThat(Layout.of(0x3ff00, 1)).isSameAs(Layout.UNKNOWN);
        assertThat(Layout.of(0x100, 1)).isSameAs(Layout.UNKNOWN);
    }

    @Test
    void hashBits_inTwoRuns_makeNoLayout() {
        assertThat(Layout.of(HASH | 8, 1)).isSameAs(Layout.UNKNOWN);
        assertThat(Layout.of(HASH & ~0x1000, 1)).isSameAs(Layout.UNKNOWN);
    }

    @Test
    void hashBits_upToTheSignBit_makeALayout() {
        assertThat(Layout.of(-1L << 32, 1)).isEqualTo(new Layout(-1L << 32 | 3, 1));
    }

    @Test
    void unknownLayout_matchesNoHeader() {
        assertThat(Layout.UNKNOWN.matches(0)).isFalse();
        assertThat(Layout.UNKNOWN.matches(1)).isFalse();
        assertThat(Layout.UNKNOWN.matches(-1)).isFalse();
    }
}
