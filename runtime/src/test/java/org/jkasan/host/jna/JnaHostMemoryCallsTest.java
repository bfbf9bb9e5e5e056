package org.jkasan.host.jna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.jkasan.host.HostMemoryException;
import org.jkasan.host.HostSystem;
import org.jkasan.host.MemoryFile;
import org.junit.jupiter.api.Test;

/** What the host is asked on systems and in states that this machine is not in. */
class JnaHostMemoryCallsTest {

    private static final long GIB = 1L << 30;

    private final FakeCalls calls = new FakeCalls();

    private JnaHostMemory host(HostSystem system) {
        return new JnaHostMemory(
                system, calls, new Refusals(Path.of("/nowhere"), Path.of("/nowhere")));
    }

    @Test
    void reserve_onLinux_isLazyPrivateMemoryOfSmallPages() {
        calls.place = 0x7000_0000_0000L;
        assertThat(host(HostSystem.LINUX).reserve(GIB, 4096, "a test")).isEqualTo(calls.place);
        assertThat(calls.log)
                .containsExactly("map 0 40000000 3 4022", "advise 700000000000 40000000 15");
    }

    @Test
    void reserve_onMacos_hasItsOwnFlags() {
        calls.place = 0x1_4000_0000L;
        assertThat(host(HostSystem.MACOS).reserve(GIB, 16384, "a test")).isEqualTo(calls.place);
        assertThat(calls.log).containsExactly("map 0 40003000 3 1042", "unmap 180000000 3000");
    }

    @Test
    void reserve_alignedHigher_givesBackBothEnds() {
        calls.place = 0x7000_0000_1000L;
        assertThat(host(HostSystem.MACOS).reserve(0x2000, 0x10000, "a test"))
                .isEqualTo(0x7000_0001_0000L);
        assertThat(calls.log).containsExactly("map 0 11000 3 1042", "unmap 700000001000 f000");
    }

    @Test
    void reserve_whereTheHostGoesAbove2To47_takesTheHighestHintThatWorks() {
        calls.place = 0xffff_8000_0000L;
        calls.hintsBelow = 0x7e00_0000_0000L;
        assertThat(host(HostSystem.LINUX).reserve(GIB, 4096, "a test"))
                .isEqualTo(0x7d00_0000_0000L);
        assertThat(calls.log)
                .containsExactly(
                        "map 0 40000000 3 4022",
                        "unmap ffff80000000 40000000",
                        "map 7f0000000000 40000000 3 4022",
                        "unmap ffff80000000 40000000",
                        "map 7e0000000000 40000000 3 4022",
                        "unmap ffff80000000 40000000",
                        "map 7d0000000000 40000000 3 4022",
                        "advise 7d0000000000 40000000 15");
    }

    @Test
    void reserve_whereNothingBelow2To47IsFree_saysSo() {
        calls.place = 0xffff_8000_0000L;
        assertThatExceptionOfType(HostMemoryException.class)
                .isThrownBy(() -> host(HostSystem.LINUX).reserve(GIB, 4096, "the shadow"))
                .withMessageContaining("no room of 1 GiB for the shadow below address 2^47");
        assertThat(calls.log.stream().filter(call -> call.startsWith("map ")).count())
                .isEqualTo(calls.log.stream().filter(call -> call.startsWith("unmap ")).count());
    }

    @Test
    void discard_onMacos_mapsAfreshInPlace() {
        calls.place = 0x7000_0000_0000L;
        host(HostSystem.MACOS).discard(calls.place, 0x4000);
        assertThat(calls.log).containsExactly("map 700000000000 4000 3 1052");
    }

    @Test
    void reset_mapsAfreshInPlaceWithTheAdviceOfItsNeighbours() {
        calls.place = 0x7000_0000_0000L;
        host(HostSystem.LINUX).reset(calls.place, 0x4000);
        assertThat(calls.log)
                .containsExactly("map 700000000000 4000 3 4032", "advise 700000000000 4000 15");
        calls.log.clear();
        host(HostSystem.MACOS).reset(calls.place, 0x4000);
        assertThat(calls.log).containsExactly("map 700000000000 4000 3 1052");
    }

    @Test
    void reset_beyondTheLimitOnMappings_namesIt() {
        calls.refuses = true;
        calls.errno = 12;
        assertThatExceptionOfType(HostMemoryException.class)
                .isThrownBy(() -> host(HostSystem.LINUX).reset(0x10000, 0x1000))
                .withMessageStartingWith("mmap failed with errno 12 for 4 KiB at 0x10000: ")
                .withMessageContaining("sysctl -w vm.max_map_count=");
    }

    @Test
    void calls_thatFail_areNamedWithErrno() {
        JnaHostMemory host = host(HostSystem.LINUX);
        calls.refuses = true;
        calls.errno = 22;
        assertThatExceptionOfType(HostMemoryException.class)
                .isThrownBy(() -> host.release(0x10000, 0x1000))
                .withMessage("munmap failed with errno 22 for 4 KiB at 0x10000.");
        assertThatExceptionOfType(HostMemoryException.class)
                .isThrownBy(() -> host.discard(0x10000, 0x1000))
                .withMessage("madvise failed with errno 22 for 4 KiB at 0x10000.");
        calls.errno = 12;
        assertThatExceptionOfType(HostMemoryException.class)
                .isThrownBy(() -> host.residentPages(0x10000, 0x3000))
                .withMessageStartingWith("mincore failed with errno 12 for 12 KiB at 0x10000: ")
                .withMessageContaining("vm.max_map_count");
    }

    @Test
    void file_onLinux_isMemoryAndSharedWhereItIsMapped() {
        MemoryFile file = host(HostSystem.LINUX).file(0x4000, "a test");
        file.map(0x1000, 0x7000_0000_0000L, 0x2000);
        file.close();
        file.close();
        assertThat(calls.log)
                .containsExactly(
                        "memory file",
                        "truncate 5 4000",
                        "map 700000000000 2000 3 11 of 5 from 1000",
                        "close 5");
    }

    @Test
    void file_onMacos_isATemporaryOne() {
        host(HostSystem.MACOS).file(0x4000, "a test");
        assertThat(calls.log).containsExactly("open", "truncate 6 4000");
    }

    @Test
    void file_thatIsRefused_isToldInASentenceAndClosed() {
        calls.refusesLength = true;
        calls.errno = 27;
        assertThatThrownBy(() -> host(HostSystem.LINUX).file(0x4000, "RAM"))
                .isInstanceOf(HostMemoryException.class)
                .hasMessage(
                        "The host refuses a file of 16 KiB for RAM with errno 27; raise the limits"
                                + " on open files (ulimit -n) and on their size (ulimit -f).");
        assertThat(calls.log).endsWith("close 5");
        calls.refuses = true;
        assertThatThrownBy(() -> host(HostSystem.LINUX).file(0x4000, "RAM"))
                .isInstanceOf(HostMemoryException.class);
    }
}
