package org.jkasan.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostSystemTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, LINUX",
        "Linux, aarch64, LINUX",
        "Mac OS X, x86_64, MACOS",
        "Mac OS X, aarch64, MACOS",
    })
    void supported(String name, String architecture, HostSystem system) {
        assertThat(HostSystem.of(name, architecture)).isEqualTo(system);
    }

    @ParameterizedTest
    @CsvSource({"Linux, i386", "Linux, arm", "Windows 11, amd64", "AIX, ppc64", "Linux, riscv64"})
    void unsupported_isNamedWithWhatIsSupported(String name, String architecture) {
        assertThatExceptionOfType(HostMemoryException.class)
                .isThrownBy(() -> HostSystem.of(name, architecture))
                .withMessage(
                        "JKASAN does not run on "
                                + name
                                + " "
                                + architecture
                                + ": its shadow needs a 64-bit JVM on Linux or macOS, on x86-64 or"
                                + " aarch64; run it there.");
    }

    @Test
    void thisMachine_isSupported() {
        assertThat(HostSystem.running()).isNotNull();
    }
}
