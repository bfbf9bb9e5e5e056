package org.jkasan.testkit;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.jkasan.Kasan;
import org.junit.jupiter.api.Test;

/** What can be seen without the agent. */
class ExpectReportTest {

    @Test
    void of_unknownTitle_listsThemAll() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExpectReport.of("heap-out-of-bounds"))
                .withMessageStartingWith(
                        "\"heap-out-of-bounds\" is no title of a report; these are:"
                                + " out-of-bounds, slab-out-of-bounds, ");
    }

    @Test
    void at_unknownMethod_isRefused() {
        ExpectReport any = ExpectReport.of("double-free");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> any.at(String.class, "lenght"))
                .withMessage("java.lang.String declares no method lenght.");
    }

    @Test
    void in_withoutAgent_saysHowToAttachIt() {
        assumeFalse(Kasan.enabled());

        assertThatThrownBy(() -> ExpectReport.of("double-free").in(() -> {}))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("KASAN is not in this JVM: start it with -javaagent:");
    }
}
