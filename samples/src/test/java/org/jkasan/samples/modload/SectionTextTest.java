package org.jkasan.samples.modload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SectionTextTest {

    @Test
    void flags_inTheOrderOfTheirBits() {
        assertThat(SectionText.flags(0)).isEmpty();
        assertThat(SectionText.flags(0x2)).isEqualTo("A");
        assertThat(SectionText.flags(0x403)).isEqualTo("WAT");
        assertThat(SectionText.flags(0x30)).isEqualTo("MS");
        assertThat(SectionText.flags(0xff7)).isEqualTo("WAXMSILOGTC");
    }

    @Test
    void flags_ofOthers() {
        assertThat(SectionText.flags(0x80000000L)).isEqualTo("E");
        assertThat(SectionText.flags(0x100000)).isEqualTo("o");
        assertThat(SectionText.flags(0x10000000)).isEqualTo("p");
        assertThat(SectionText.flags(0x8)).isEqualTo("x");
    }

    @Test
    void type_byNumberWhereItHasNoName() {
        assertThat(SectionText.type(11)).isEqualTo("DYNSYM");
        assertThat(SectionText.type(0x6ffffff6)).isEqualTo("GNU_HASH");
        assertThat(SectionText.type(0xfffffffe)).isEqualTo("0xfffffffe");
    }
}
