package org.jkasan.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestTest {

    @Test
    void of_aCommandLinesArguments_late() {
        assertThat(Request.of("jkasan.command=detach", true))
                .isEqualTo(new Request(true, true, ""));
        assertThat(Request.of("jkasan.command=attach", true))
                .isEqualTo(new Request(true, false, ""));
        assertThat(Request.of("jkasan.command=attach,kasan.fault=throw,kasan.log=a", true))
                .isEqualTo(new Request(true, false, "kasan.fault=throw,kasan.log=a"));
    }

    /** As options they are refused later, like all that is not known. */
    @Test
    void of_commandsWhereNoneCanBe_areOptions() {
        assertThat(Request.of("jkasan.command=detach", false))
                .isEqualTo(new Request(false, false, "jkasan.command=detach"));
        assertThat(Request.of("jkasan.command=attached", true))
                .isEqualTo(new Request(false, false, "jkasan.command=attached"));
    }

    @Test
    void of_options_areLeft() {
        assertThat(Request.of(null, true)).isEqualTo(new Request(false, false, null));
        assertThat(Request.of("kasan.fault=throw", true))
                .isEqualTo(new Request(false, false, "kasan.fault=throw"));
    }

    @Test
    void refused_whereNobodyWaits_isForTheBootPackage() {
        assertThat(new Request(false, false, "").refused("No.")).isEqualTo("No.");
        assertThat(new Request(false, false, "").done("Yes.")).isNull();
    }
}
