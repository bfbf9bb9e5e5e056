package org.jkasan.host.jna;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalsTest {

    private static final int ENOMEM = 12;
    private static final long SHADOW = 1L << 44;

    @TempDir private Path directory;

    private Path limits;
    private Path overcommit;

    @BeforeEach
    void unlimited() throws IOException {
        limits = directory.resolve("limits");
        overcommit = directory.resolve("overcommit_memory");
        limits("unlimited", "unlimited");
        Files.writeString(overcommit, "0\n");
    }

    private void limits(String dataSize, String addressSpace) throws IOException {
        Files.writeString(
                limits,
                """
                Limit                     Soft Limit           Hard Limit           Units
                Max cpu time              unlimited            unlimited            seconds
                Max data size             %-20s unlimited            bytes
                Max address space         %-20s unlimited            bytes
                Max realtime timeout      unlimited            unlimited            us
                """
                        .formatted(dataSize, addressSpace));
    }

    private String sentence(int errno) {
        return new Refusals(limits, overcommit).reserve(SHADOW, "the shadow", errno).getMessage();
    }

    @Test
    void addressSpaceLimit_isNamed() throws IOException {
        limits("unlimited", "8589934592");
        assertThat(sentence(ENOMEM))
                .isEqualTo(
                        "The host refuses to reserve 16 TiB for the shadow: ulimit -v allows 8 GiB"
                                + " of address space; start java after ulimit -v unlimited.");
    }

    @Test
    void dataLimit_isNamed() throws IOException {
        limits("5000", "unlimited");
        assertThat(sentence(ENOMEM)).contains("ulimit -d allows 5000 bytes of private memory");
    }

    @Test
    void overcommit_isNamed() throws IOException {
        Files.writeString(overcommit, "2\n");
        assertThat(sentence(ENOMEM))
                .isEqualTo(
                        "The host refuses to reserve 16 TiB for the shadow: vm.overcommit_memory=2"
                                + " counts reserved memory as used; set it to 0 or 1 with sysctl -w"
                                + " vm.overcommit_memory=1.");
    }

    @Test
    void severalLimits_areAllNamed() throws IOException {
        limits("unlimited", "8589934592");
        Files.writeString(overcommit, "2\n");
        assertThat(sentence(ENOMEM)).contains("ulimit -v").contains("vm.overcommit_memory=2");
    }

    @Test
    void noLimit_meansTheAddressSpaceIsFull() {
        assertThat(sentence(ENOMEM)).contains("no limit is set");
        assertThat(
                        new Refusals(directory.resolve("none"), directory.resolve("none"))
                                .reserve(SHADOW, "the shadow", ENOMEM))
                .hasMessageContaining("no limit is set");
    }

    @Test
    void otherErrno_isNamed() throws IOException {
        limits("unlimited", "8589934592");
        assertThat(sentence(1)).contains("mmap failed with errno 1").doesNotContain("ulimit");
    }
}
