package org.jkasan.samples.modload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void parse_nothing_isTheRunningJvmWithoutBug() throws UsageException {
        assertThat(Options.parse(List.of()))
                .isEqualTo(new Options(Options.runningJvm(), Bug.NONE, false));
    }

    @Test
    void parse_fileAndBug_inAnyOrder() throws UsageException {
        Options expected = new Options(Path.of("x.so"), Bug.SECTION_COUNT, false);
        assertThat(Options.parse(List.of("x.so", "bug=section-count"))).isEqualTo(expected);
        assertThat(Options.parse(List.of("bug=section-count", "x.so"))).isEqualTo(expected);
    }

    @Test
    void parse_list() throws UsageException {
        assertThat(Options.parse(List.of("bug=list")).listBugs()).isTrue();
    }

    @Test
    void parse_unknownBug_saysWhatIsKnown() {
        assertThatThrownBy(() -> Options.parse(List.of("bug=none")))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "unknown bug \"none\", expected one of section-count,"
                                + " unterminated-strings, offset-wrap, use-after-free,"
                                + " stale-symbols, double-free, relocation-past-end,"
                                + " name-overflow");
    }

    @Test
    void parse_twoBugs() {
        assertThatThrownBy(() -> Options.parse(List.of("bug=list", "bug=list")))
                .hasMessage("more than one bug= given, expected at most one");
    }

    @Test
    void parse_twoFiles() {
        assertThatThrownBy(() -> Options.parse(List.of("a", "b")))
                .hasMessage(
                        "more than one file given (a and b), expected [FILE] [bug=NAME|bug=list]");
    }

    @Test
    void parse_nameThatNoFileHas() {
        assertThatThrownBy(() -> Options.parse(List.of("a\0b")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is no file name here");
    }
}
