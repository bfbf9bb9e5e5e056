package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.PageFrames.NO_PAGE;
import static org.jkasan.mm.TestMachine.PAGE;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jkasan.InThreads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VmallocToPageTest {

    private static final long LOW_PAGES = (4L << 30) / PAGE;

    /** So much RAM that most of it lies above 4 GiB. */
    private final TestMachine machine =
            TestMachine.withKasan(
                    new MemoryConfig(Architecture.X86_64.layout(), 16L << 30, 1, 8 << 20, true));

    private final PageFrames frames = machine.mm.frames();
    private final KernelMemory memory = machine.memory();
    private final Vmalloc vmalloc = machine.vmalloc();
    private final Vmap vmap = machine.mm.vmap();

    @AfterEach
    void close() {
        machine.close();
    }

    private long free() {
        return machine.mm.ram().free();
    }

    /** Pages that have frames, whoever's they are. */
    private long framed() {
        return frames.check(violation -> {});
    }

    @Test
    void data_staysAndIsSeenThroughTheDirectMap() {
        long addr = vmalloc.vmalloc(3 * PAGE - 100);
        for (int i = 0; i < 3; i++) {
            memory.storeLong(addr + i * PAGE + 16, 100 + i);
        }
        long before = free();
        Set<Long> pfns = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            long pfn = vmap.vmallocToPage(addr + i * PAGE + 99);
            pfns.add(pfn);
            assertThat(memory.loadLong(addr + i * PAGE + 16)).isEqualTo(100 + i);
            assertThat(memory.loadLong(frames.address(pfn) + 16)).isEqualTo(100 + i);
            memory.storeLong(frames.address(pfn) + 24, 200 + i);
            assertThat(memory.loadLong(addr + i * PAGE + 24)).isEqualTo(200 + i);
        }
        assertThat(pfns).hasSize(3).doesNotContain(NO_PAGE);
        assertThat(free()).isEqualTo(before);
        assertThat(framed()).isEqualTo(3);
        assertThat(machine.shadow(addr + 3 * PAGE - 100)).isEqualTo((byte) 4);
        vmalloc.vfree(addr);
        assertThat(framed()).isZero();
        assertThat(free()).isEqualTo(before + 3);
        for (long pfn : pfns) {
            assertThat(machine.shadow(frames.address(pfn))).isEqualTo((byte) 0xff);
        }
    }

    @Test
    void page_isNotMovedTwice() {
        long addr = vmalloc.vmalloc(2 * PAGE);
        long second = vmap.vmallocToPage(addr + PAGE);
        long first = vmap.vmallocToPage(addr);
        assertThat(vmap.vmallocToPage(addr + PAGE + 1)).isEqualTo(second);
        assertThat(vmap.vmallocToPage(addr + PAGE - 1)).isEqualTo(first);
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void pagesOfVmalloc_canBeMappedOnceMore() {
        long addr = vmalloc.vmalloc(2 * PAGE);
        long again = vmap.vmap(vmap.vmallocToPage(addr + PAGE), vmap.vmallocToPage(addr));
        memory.storeLong(again + 8, 1);
        assertThat(memory.loadLong(addr + PAGE + 8)).isOne();
        vmalloc.vfree(addr);
        memory.storeLong(again + 8, 2);
        vmap.vunmap(again);
    }

    @Test
    void memoryForOthers_hasFramesFromTheStart() {
        long user = vmalloc.vmallocUser(2 * PAGE);
        assertThat(framed()).isEqualTo(2);
        assertThat(memory.loadLong(user)).isZero();
        VmallocRequest request = vmalloc.request(PAGE).flagged(VmFlags.DMA_COHERENT);
        long dma = vmalloc.vmallocNodeRange(request);
        assertThat(framed()).isEqualTo(3);
        memory.storeLong(dma, 5);
        assertThat(memory.loadLong(frames.address(vmap.vmallocToPage(dma)))).isEqualTo(5);
        vmalloc.vfree(user);
        vmalloc.vfree(dma);
        assertThat(framed()).isZero();
    }

    @Test
    void vmalloc32_hasPagesBelow4GiB() {
        long low = vmalloc.vmalloc32(3 * PAGE);
        long any = vmalloc.vmalloc(PAGE);
        for (int i = 0; i < 3; i++) {
            assertThat(vmap.vmallocToPage(low + i * PAGE)).isBetween(0L, LOW_PAGES - 1);
        }
        assertThat(vmap.vmallocToPage(any)).isGreaterThanOrEqualTo(LOW_PAGES);
    }

    @Test
    void addressesWithoutAPage_haveNone() {
        long addr = vmalloc.vmalloc(PAGE);
        int[] array = vmalloc.vmallocInts(10);
        assertThat(vmap.vmallocToPage(addr + PAGE)).isEqualTo(NO_PAGE);
        assertThat(vmap.vmallocToPage(vmalloc.addressOf(array))).isEqualTo(NO_PAGE);
        assertThat(vmap.vmallocToPage(addr + (1 << 20))).isEqualTo(NO_PAGE);
        assertThat(vmap.vmallocToPage(frames.address(0))).isEqualTo(NO_PAGE);
        assertThat(vmap.vmallocToPage(0)).isEqualTo(NO_PAGE);
        vmalloc.vfree(addr);
        assertThat(vmap.vmallocToPage(addr)).isEqualTo(NO_PAGE);
        assertThat(framed()).isZero();
    }

    @Test
    void resizedMemory_keepsItsFrames() {
        long addr = vmalloc.vmalloc(3 * PAGE);
        long pfn = vmap.vmallocToPage(addr);
        memory.storeLong(addr, 77);
        assertThat(vmalloc.vrealloc(addr, PAGE + 1)).isEqualTo(addr);
        assertThat(vmap.vmallocToPage(addr)).isEqualTo(pfn);
        long moved = vmalloc.vrealloc(addr, 4 * PAGE);
        assertThat(moved).isNotEqualTo(addr);
        assertThat(memory.loadLong(moved)).isEqualTo(77);
        assertThat(framed()).isZero();
    }

    @Test
    void noRam_atEachPage_allocatesNothing() {
        long before = free();
        for (int failing = 1; failing <= 5; failing++) {
            int[] left = {failing};
            machine.mm.ram().failWhen(pages -> --left[0] <= 0);
            assertThat(vmalloc.vmallocUser(5 * PAGE)).isZero();
            assertThat(free()).isEqualTo(before);
        }
        machine.mm.ram().failWhen(null);
        assertThat(machine.log)
                .hasSize(5)
                .containsOnly("vmalloc error: size 20480, failed to allocate pages");
        assertThat(vmalloc.vmallocUser(5 * PAGE)).isNotZero();
    }

    @Test
    void oneFailure_isMadeGoodByAPurge() {
        int[] left = {3};
        machine.mm.ram().failWhen(pages -> --left[0] == 0);
        assertThat(vmalloc.vmallocUser(5 * PAGE)).isNotZero();
        assertThat(framed()).isEqualTo(5);
        assertThat(machine.log).isEmpty();
    }

    @Test
    void manyTasks_getTheSameFrame() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            long addr = vmalloc.vmalloc(4 * PAGE);
            memory.storeLong(addr + 3 * PAGE, round);
            Set<Long> pfns = Collections.synchronizedSet(new HashSet<>());
            InThreads.run(4, () -> pfns.add(vmap.vmallocToPage(addr + 3 * PAGE)));
            assertThat(pfns).hasSize(1);
            assertThat(memory.loadLong(frames.address(pfns.iterator().next()))).isEqualTo(round);
            assertThat(framed()).isEqualTo(4);
            vmalloc.vfree(addr);
        }
    }

    @Test
    void freeMeanwhile_losesNoPage() throws InterruptedException {
        long before = free();
        for (int round = 0; round < 50; round++) {
            long addr = vmalloc.vmalloc(8 * PAGE);
            InThreads.run(
                    4,
                    () -> {
                        if (vmap.vmallocToPage(addr + PAGE) != NO_PAGE) {
                            vmalloc.vfree(addr);
                        } else {
                            assertThat(vmap.vmallocToPage(addr + PAGE)).isEqualTo(NO_PAGE);
                        }
                    });
            assertThat(framed()).isZero();
            vmalloc.purge();
            assertThat(free()).isEqualTo(before);
        }
    }
}
