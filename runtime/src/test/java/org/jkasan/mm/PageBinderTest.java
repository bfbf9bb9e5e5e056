package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jkasan.mm.PageFrames.NO_PAGE;

import java.util.Random;
import org.jkasan.host.HostMemoryException;
import org.jkasan.host.RawMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageBinderTest {

    private static final int PAGE = TestMachine.PAGE;
    private static final int PAGES = 64;
    private static final long START = TestMachine.START;
    private static final long RAM_START = Architecture.X86_64.layout().directMapStart();

    private final FakeHost host = FakeHost.withPages(PAGE);
    private final KernelWindow window = KernelWindow.reserve(host, START, PAGES * PAGE, "a test");
    private final Gate gate = new Gate();
    private final DirectMap ram = DirectMap.reserve(gate, host, RAM_START, PAGES * PAGE);
    private final PageBinder binder = new PageBinder(host, window, ram);

    @AfterEach
    void close() {
        binder.close();
        ram.release();
        window.release(host);
        assertThat(host.reservedBytes()).isZero();
    }

    private static long at(int page) {
        return START + (long) page * PAGE;
    }

    /** The host address of a page of the window. */
    private long here(int page) {
        return window.toHost(at(page));
    }

    /** The host address of a page of RAM. */
    private long there(int pfn) {
        return ram.window().hostStart() + (long) pfn * PAGE;
    }

    private void assertAliased(int page, int pfn) {
        assertThat(binder.pfn(at(page) + 5)).isEqualTo(pfn);
        RawMemory.storeLong(here(page) + 8, 1000 + page);
        assertThat(RawMemory.loadLong(there(pfn) + 8)).isEqualTo(1000 + page);
        RawMemory.storeLong(there(pfn) + PAGE - 8, 2000 + pfn);
        assertThat(RawMemory.loadLong(here(page) + PAGE - 8)).isEqualTo(2000 + pfn);
    }

    @Test
    void boundPages_areThoseOfRam() {
        binder.bind(at(3), new long[] {9, 7, 20}, 1, 2);
        assertAliased(3, 7);
        assertAliased(4, 20);
        assertThat(binder.pfn(at(2))).isEqualTo(NO_PAGE);
        assertThat(binder.pfn(at(5))).isEqualTo(NO_PAGE);
    }

    @Test
    void neighbours_areBoundByOneCall() {
        binder.bind(at(0), new long[] {5, 6, 7, 8, 3, 4, 4, 2}, 0, 8);
        assertThat(host.mappings()).isEqualTo(1 + 4); // RAM itself; 5-8, 3-4, 4, 2
        for (int page = 0; page < 4; page++) {
            assertAliased(page, 5 + page);
        }
        assertAliased(5, 4);
        assertAliased(6, 4);
        assertAliased(7, 2);
    }

    @Test
    void unboundPages_areRestoredByOneCallHoweverManyTheyAre() {
        binder.bind(at(1), new long[] {5, 7, 9, 11}, 0, 4);
        RawMemory.fill(here(0), 6L * PAGE, (byte) 1);
        binder.unbind(at(0), 6);
        assertThat(binder.pfn(at(1))).isEqualTo(NO_PAGE);
        assertThat(binder.isStale(at(0), at(6))).isTrue();
        assertThat(binder.restore(at(0), at(6))).isTrue();
        assertThat(host.resets()).isOne();
        assertThat(binder.isStale(at(0), at(6))).isFalse();
        for (int page = 0; page < 6; page++) {
            assertThat(RawMemory.loadLong(here(page))).isZero();
        }
        RawMemory.storeByte(here(1), (byte) 2);
        assertThat(RawMemory.loadByte(there(5))).isOne();
    }

    @Test
    void addressesThatWereNeverBound_costNoCall() {
        assertThat(binder.restore(at(0), at(PAGES))).isFalse();
        assertThat(binder.isStale(at(0), at(PAGES))).isFalse();
        assertThat(binder.pfn(at(0))).isEqualTo(NO_PAGE);
        binder.unbind(at(0), PAGES);
        binder.bind(at(4), new long[] {1}, 0, 1);
        assertThat(binder.restore(at(0), at(4))).isFalse();
        assertThat(binder.restore(at(5), at(PAGES))).isFalse();
        assertThat(host.resets()).isZero();
    }

    @Test
    void refusal_atEachRun_leavesNothingBound() {
        long[] pfns = {1, 3, 5, 7, 9};
        binder.bind(at(10), new long[] {1}, 0, 1);
        for (int allowed = 0; allowed < pfns.length; allowed++) {
            host.allowMappings(allowed);
            assertThatThrownBy(() -> binder.bind(at(0), pfns, 0, pfns.length))
                    .isInstanceOf(HostMemoryException.class)
                    .hasMessage("No more mappings.");
            for (int page = 0; page < pfns.length; page++) {
                assertThat(binder.pfn(at(page))).isEqualTo(NO_PAGE);
            }
            assertThat(binder.isStale(at(0), at(1))).isTrue();
            assertThatThrownBy(() -> binder.restore(at(0), at(5)))
                    .isInstanceOf(HostMemoryException.class);
            assertThat(binder.isStale(at(0), at(1))).isTrue();
            host.allowMappings(Integer.MAX_VALUE);
            assertThat(binder.restore(at(0), at(5))).isTrue();
        }
        assertAliased(10, 1);
    }

    @Test
    void allRestored_theWindowIsOneMappingAgain() {
        int before = HostMappings.count(window);
        Random random = new Random(1);
        boolean[] bound = new boolean[PAGES];
        int most = before;
        for (int n = 0; n < 2000; n++) {
            int page = random.nextInt(PAGES);
            if (bound[page]) {
                binder.unbind(at(page), 1);
                binder.restore(at(page), at(page + 1));
            } else {
                binder.bind(at(page), new long[] {random.nextInt(PAGES)}, 0, 1);
            }
            bound[page] = !bound[page];
            RawMemory.storeByte(here(random.nextInt(PAGES)), (byte) n);
            most = Math.max(most, HostMappings.count(window));
        }
        assertThat(most).isGreaterThan(before + 20);
        for (int page = 0; page < PAGES; page++) {
            binder.unbind(at(page), 1);
            binder.restore(at(page), at(page + 1));
        }
        assertThat(HostMappings.count(window)).isEqualTo(before);
    }

    @Test
    void memoryThatIsFirstWrittenBesideABoundPage_isOneMappingAgain() {
        int before = HostMappings.count(window);
        binder.bind(at(32), new long[] {1}, 0, 1);
        RawMemory.storeByte(here(10), (byte) 1);
        RawMemory.storeByte(here(50), (byte) 1);
        assertThat(HostMappings.count(window)).isEqualTo(before + 2);
        binder.unbind(at(32), 1);
        binder.restore(at(32), at(33));
        assertThat(HostMappings.count(window)).isEqualTo(before);
        assertThat(RawMemory.loadByte(here(10))).isOne();
        assertThat(RawMemory.loadByte(here(50))).isOne();
    }

    @Test
    void hostWithLargerPages_refusesInASentence() {
        FakeHost large = FakeHost.withPages(16 << 10);
        KernelWindow other = KernelWindow.reserve(large, START, PAGES * PAGE, "a test");
        PageBinder none = new PageBinder(large, other, ram);
        assertThat(none.bindsSinglePages()).isFalse();
        assertThatThrownBy(() -> none.bind(START, new long[] {0}, 0, 1))
                .isInstanceOf(HostMemoryException.class)
                .hasMessage(
                        "This host's pages of 16384 bytes are larger than the kernel's of 4096, so"
                                + " that it cannot map a single one a second time; run on a host"
                                + " with pages of 4096 bytes.");
        other.release(large);
    }

    @Test
    void closedRam_isNotMadeAgain() {
        DirectMap gone = DirectMap.reserve(gate, host, RAM_START, PAGES * PAGE);
        gone.release();
        gate.close();
        PageBinder other = new PageBinder(host, window, gone);
        assertThatThrownBy(() -> other.bind(START, new long[] {0}, 0, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        other.close();
    }
}
