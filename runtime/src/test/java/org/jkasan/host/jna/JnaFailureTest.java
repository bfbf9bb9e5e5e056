package org.jkasan.host.jna;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JnaFailureTest {

    @Test
    void missingJna_isToBeAdded() {
        assertThat(JnaFailure.sentence(new NoClassDefFoundError("com/sun/jna/Native")))
                .isEqualTo(
                        "JNA is missing (com/sun/jna/Native); put the JNA jar on the class path"
                                + " beside the JKASAN runtime, or attach the JKASAN agent, which"
                                + " brings it.");
    }

    @Test
    void libraryThatCannotBeLoaded_isExplainedOnOneLine() {
        assertThat(
                        JnaFailure.sentence(
                                new UnsatisfiedLinkError("/tmp/jna1.tmp: failed to map\n(more)")))
                .startsWith(
                        "JNA cannot load its native library (/tmp/jna1.tmp: failed to map); it is")
                .contains("noexec")
                .endsWith("-Djna.tmpdir=DIR.");
    }

    @Test
    void errorWithoutMessage_isNamedByItsType() {
        assertThat(JnaFailure.sentence(new ExceptionInInitializerError()))
                .contains("(ExceptionInInitializerError)");
    }
}
