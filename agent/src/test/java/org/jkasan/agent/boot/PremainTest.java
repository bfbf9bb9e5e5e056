package org.jkasan.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PremainTest {

    @Test
    void unsupported_oldJvms_sayWhatToDo() {
        assertThat(Premain.unsupported("1.8"))
                .isEqualTo(
                        "This JVM is Java 8; JKASAN needs Java 17 or later, so run the program on"
                                + " one.");
        assertThat(Premain.unsupported("16")).startsWith("This JVM is Java 16;");
    }

    @Test
    void unsupported_from17On_isNull() {
        assertThat(Premain.unsupported("17")).isNull();
        assertThat(Premain.unsupported("25")).isNull();
    }
}
