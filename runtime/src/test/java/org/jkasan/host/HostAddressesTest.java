package org.jkasan.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostAddressesTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, 47",
        "Linux, aarch64, 48",
        "Mac OS X, aarch64, 47",
        "Mac OS X, x86_64, 47"
    })
    void of_hostsSupported_isWhereTheirUserSpaceEnds(String osName, String arch, int bits) {
        assertThat(HostAddresses.of(osName, arch)).isEqualTo(bits);
    }
}
