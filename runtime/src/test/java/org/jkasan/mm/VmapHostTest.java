package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jkasan.mm.PageFrames.NO_PAGE;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.util.ArrayList;
import java.util.List;
import org.jkasan.host.HostMemoryException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of mappings where the host has no room for more of them. */
class VmapHostTest {

    private static final long[] SCATTERED = {9, 7, 5, 3, 1};

    private final RecordedLog recorder = new RecordedLog();
    private final List<String> log = recorder.lines();
    private final FakeHost host = FakeHost.withPages(PAGE);
    private final MemoryManager mm =
            MemoryManager.withoutKasan(host, TestMachine.config(1 << 20), recorder);
    private final Vmap vmap = mm.vmap();
    private final KernelMemory memory = mm.memory();

    @AfterEach
    void close() {
        Invariants.check(mm);
        mm.close();
        assertThat(host.reservedBytes()).isZero();
    }

    @Test
    void refusal_atEachMapping_leavesNothingMapped() {
        long free = mm.ram().free();
        mm.frames().free(mm.frames().alloc()); // makes RAM
        for (int allowed = 0; allowed < SCATTERED.length; allowed++) {
            int again = allowed;
            host.allowMappings(allowed);
            host.whenRefusing(() -> host.allowMappings(again));
            assertThat(vmap.vmap(SCATTERED)).isZero();
            assertThat(log).hasSize(allowed + 1).containsOnly("No more mappings.");
            host.whenRefusing(() -> {});
            host.allowMappings(Integer.MAX_VALUE);
            Invariants.check(mm);
        }
        mm.vmalloc().purge();
        assertThat(mm.ram().free()).isEqualTo(free);
        assertThat(vmap.vmap(SCATTERED)).isEqualTo(START);
    }

    @Test
    void refusal_isMadeGoodByAPurge() {
        long addr = vmap.vmap(SCATTERED);
        vmap.vunmap(addr);
        host.allowMappings(3);
        host.whenRefusing(() -> host.allowMappings(Integer.MAX_VALUE));
        long next = vmap.vmap(SCATTERED);
        assertThat(next).isNotZero();
        assertThat(log).isEmpty();
        assertThat(vmap.vmap(SCATTERED)).isEqualTo(addr);
    }

    @Test
    void userMemory_thatCannotBeMapped_isNotAllocated() {
        mm.frames().free(mm.frames().alloc());
        long free = mm.ram().free();
        host.allowMappings(0);
        assertThat(mm.vmalloc().vmallocUser(2 * PAGE)).isZero();
        assertThat(log).containsExactly("No more mappings.");
        assertThat(mm.ram().free()).isEqualTo(free);
        host.allowMappings(Integer.MAX_VALUE);
        assertThat(mm.vmalloc().vmallocUser(2 * PAGE)).isNotZero();
    }

    @Test
    void moveThatIsRefusedHalfWay_losesNothingAndGoesOn() {
        scatterFreeFrames();
        int pages = 6;
        long addr = mm.vmalloc().vmalloc(pages * PAGE);
        for (int i = 0; i < pages; i++) {
            memory.storeLong(addr + i * PAGE + 8, 500 + i);
        }
        long free = mm.ram().free();
        for (int i = 0; i < pages; i++) {
            host.allowMappings(1);
            long last = addr + (pages - 1) * PAGE;
            if (i < pages - 1) {
                assertThatThrownBy(() -> vmap.vmallocToPage(last))
                        .isInstanceOf(HostMemoryException.class)
                        .hasMessage("No more mappings.");
            } else {
                assertThat(vmap.vmallocToPage(last)).isNotEqualTo(NO_PAGE);
            }
            Invariants.check(mm);
            for (int n = 0; n < pages; n++) {
                assertThat(memory.loadLong(addr + n * PAGE + 8)).isEqualTo(500 + n);
            }
        }
        assertThat(mm.ram().free()).isEqualTo(free);
        host.allowMappings(Integer.MAX_VALUE);
        mm.vmalloc().vfree(addr);
    }

    /** Leaves every second frame of the first ones free, so that no two are neighbours. */
    private void scatterFreeFrames() {
        List<Long> taken = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            taken.add(mm.frames().alloc());
        }
        taken.sort(null);
        for (int i = 0; i < 24; i += 2) {
            mm.frames().free(taken.get(i));
        }
    }

    @Test
    void moveThatIsRefusedHalfWay_isFreedWhole() {
        scatterFreeFrames();
        long free = mm.ram().free();
        long addr = mm.vmalloc().vmalloc(6 * PAGE);
        host.allowMappings(2);
        assertThatThrownBy(() -> vmap.vmallocToPage(addr + 5 * PAGE))
                .isInstanceOf(HostMemoryException.class);
        host.allowMappings(Integer.MAX_VALUE);
        mm.vmalloc().vfree(addr);
        assertThat(mm.ram().free()).isEqualTo(free);
    }

    @Test
    void purgeThatIsRefused_keepsTheAddressesUntilItIsNot() {
        long addr = vmap.vmap(SCATTERED);
        long plain = mm.vmalloc().vmalloc(PAGE);
        vmap.vunmap(addr);
        mm.vmalloc().vfree(plain);
        host.allowMappings(0);
        mm.vmalloc().purge();
        assertThat(mm.spaces().vmalloc().areas().lazyPages()).isPositive();
        Invariants.check(mm);
        long other = mm.vmalloc().vmalloc(5 * PAGE);
        assertThat(other).isNotEqualTo(addr);
        host.allowMappings(Integer.MAX_VALUE);
        mm.vmalloc().purge();
        assertThat(mm.spaces().vmalloc().areas().lazyPages()).isZero();
        assertThat(mm.vmalloc().vmalloc(5 * PAGE)).isEqualTo(addr);
    }

    @Test
    void mappingsThatWait_arePurgedBeforeTheyBecomeTooMany() {
        FakeHost large = FakeHost.withPages(PAGE);
        MemoryLayout layout = Architecture.X86_64.layout();
        MemoryManager many =
                MemoryManager.withoutKasan(
                        large, new MemoryConfig(layout, 1 << 30, 4, 128 << 20, true), recorder);
        long[] pfns = new long[1000];
        for (int i = 0; i < pfns.length; i++) {
            pfns[i] = 2L * i;
        }
        int most = 0;
        for (int i = 0; i < 20; i++) {
            many.vmap().vunmap(many.vmap().vmap(pfns));
            most = Math.max(most, HostMappings.count(many.spaces().vmalloc().window()));
        }
        assertThat(most).isBetween(8000, 10_100);
        assertThat(large.mappings()).isEqualTo(20_001);
        Invariants.check(many);
        many.close();
    }

    @Test
    void largerPagesOfTheHost_refuseInASentence() {
        try (TestMachine machine = TestMachine.withLargeHostPages(1 << 20)) {
            long pfn = machine.mm.frames().alloc();
            assertThatThrownBy(() -> machine.mm.vmap().vmap(pfn))
                    .isInstanceOf(HostMemoryException.class)
                    .hasMessageContaining("pages of 16384 bytes are larger than the kernel's");
            long user = machine.vmalloc().vmallocUser(100);
            long low = machine.vmalloc().vmalloc32(100);
            assertThat(user).isNotZero();
            assertThat(low).isNotZero();
            assertThatThrownBy(() -> machine.mm.vmap().vmallocToPage(user))
                    .isInstanceOf(HostMemoryException.class);
            machine.vmalloc().vfree(user);
        }
    }

    @Test
    void close_takesTheMappingsAway() {
        FakeHost other = FakeHost.withPages(PAGE);
        MemoryManager gone =
                MemoryManager.withoutKasan(other, TestMachine.config(1 << 20), recorder);
        KernelWindow window = gone.spaces().vmalloc().window();
        assertThat(gone.vmap().vmap(SCATTERED)).isNotZero();
        assertThat(HostMappings.count(window)).isGreaterThan(5);
        gone.close();
        assertThat(HostMappings.count(window)).isZero();
        assertThat(other.reservedBytes()).isZero();
    }
}
