package org.jkasan.agent;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.jkasan.report.AccessKind;
import org.jkasan.report.BadAccess;
import org.junit.jupiter.api.Test;

class SelfTestTest {

    private static final List<Long> EXPECTED = List.of(1L, 2L, 3L);

    @Test
    void check_allSeen_isFine() {
        assertThatCode(() -> SelfTest.check(EXPECTED, seen(1, 2, 3), null))
                .doesNotThrowAnyException();
    }

    @Test
    void check_oneUnseen_saysWhich() {
        assertThatThrownBy(() -> SelfTest.check(EXPECTED, seen(1, 3), null))
                .isInstanceOf(RefusalException.class)
                .hasMessage(
                        "The checks do not work in this JVM (a bad access of a freshly loaded class"
                                + " to an array was not seen); another agent may undo the"
                                + " rewriting, so try without the others.");
    }

    @Test
    void check_tooMany_isAFailureToo() {
        assertThatThrownBy(() -> SelfTest.check(EXPECTED, seen(1, 2, 3, 4), null))
                .hasMessageContaining("4 bad accesses were seen, not 3");
    }

    @Test
    void check_failedProbe_saysWhy() {
        assertThatThrownBy(() -> SelfTest.check(EXPECTED, seen(), new VerifyError("bad stack")))
                .hasMessageContaining("bad stack");
    }

    private static List<BadAccess> seen(long... hosts) {
        return java.util.Arrays.stream(hosts)
                .mapToObj(host -> new BadAccess(AccessKind.READ, host, host, 1))
                .toList();
    }
}
