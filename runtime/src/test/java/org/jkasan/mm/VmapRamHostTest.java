package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.util.List;
import org.jkasan.host.HostMemoryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of vm_map_ram where the host refuses to map. */
class VmapRamHostTest {

    private static final int ANY_NODE = VmallocRequest.ANY_NODE;
    private static final int SMALL = 5;
    private static final int LARGE = 65;

    private final RecordedLog recorder = new RecordedLog();
    private final List<String> log = recorder.lines();
    private final FakeHost host = FakeHost.withPages(PAGE);
    private final MemoryManager mm =
            MemoryManager.withoutKasan(host, TestMachine.config(64 << 20), recorder);
    private final VmapRam ram = mm.vmapRam();

    @AfterEach
    void close() {
        host.whenRefusing(() -> {});
        host.allowMappings(Integer.MAX_VALUE);
        Invariants.check(mm);
        mm.close();
        assertThat(host.reservedBytes()).isZero();
    }

    @Test
    void refusal_atEachMapping_leavesNothingMapped() {
        mm.frames().free(mm.frames().alloc()); // makes RAM
        for (int count : new int[] {SMALL, LARGE}) {
            for (int allowed = 0; allowed < count; allowed++) {
                int again = allowed;
                host.allowMappings(allowed);
                host.whenRefusing(() -> host.allowMappings(again));
                assertThat(ram.vmMapRam(scattered(count), count, ANY_NODE)).isZero();
                assertThat(log).containsExactly("vm_map_ram: No more mappings.");
                log.clear();
                host.whenRefusing(() -> {});
                host.allowMappings(Integer.MAX_VALUE);
                Invariants.check(mm);
            }
            mm.vmalloc().purge();
            assertThat(ram.vmMapRam(scattered(count), count, ANY_NODE)).isNotZero();
        }
    }

    @Test
    void refusal_isMadeGoodByAPurgeThatEndsBlocksWithNothingLive() {
        long addr = ram.vmMapRam(scattered(SMALL), SMALL, ANY_NODE);
        ram.vmUnmapRam(addr, SMALL);
        host.allowMappings(3);
        host.whenRefusing(() -> host.allowMappings(Integer.MAX_VALUE));
        assertThat(ram.vmMapRam(scattered(LARGE), LARGE, ANY_NODE)).isNotZero();
        assertThat(log).isEmpty();
        assertThat(ram.vmMapRam(scattered(SMALL), SMALL, ANY_NODE)).isEqualTo(START);
    }

    @Test
    void dirtyPagesThatTheHostDoesNotUnmap_areUnmappedByTheNextPurge() {
        long first = ram.vmMapRam(scattered(SMALL), SMALL, ANY_NODE);
        long live = ram.vmMapRam(scattered(SMALL), SMALL, ANY_NODE);
        ram.vmUnmapRam(first, SMALL);
        host.allowMappings(0);
        mm.vmalloc().purge();
        assertThat(mm.space().binder().isStale(first, live)).isTrue();
        host.allowMappings(Integer.MAX_VALUE);
        mm.vmalloc().purge();
        assertThat(mm.space().binder().isStale(first, live)).isFalse();
        ram.vmUnmapRam(live, SMALL);
    }

    @Test
    void hostWithLargePages_saysSo() {
        try (TestMachine large = TestMachine.withLargeHostPages(64 << 20)) {
            long[] pfns = {large.mm.frames().alloc()};
            assertThatThrownBy(() -> large.mm.vmapRam().vmMapRam(pfns, 1, ANY_NODE))
                    .isInstanceOf(HostMemoryException.class)
                    .hasMessageContaining("cannot map a single one a second time");
        }
    }

    @Test
    void closedKernel_mapsNothing() {
        MemoryManager closed =
                MemoryManager.withoutKasan(host, TestMachine.config(64 << 20), recorder);
        closed.close();
        assertThatThrownBy(() -> closed.vmapRam().vmMapRam(new long[1], 1, ANY_NODE))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> closed.vmapRam().vmUnmapRam(START, 1))
                .isInstanceOf(IllegalStateException.class);
    }

    private static long[] scattered(int count) {
        long[] pfns = new long[count];
        for (int i = 0; i < count; i++) {
            pfns[i] = 2L * (count - i);
        }
        return pfns;
    }
}
