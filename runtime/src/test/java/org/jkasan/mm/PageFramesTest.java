package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jkasan.InThreads;
import org.jkasan.check.AddressSpace;
import org.jkasan.host.HostMemoryException;
import org.jkasan.host.RawMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PageFramesTest {

    private static final int PAGES = 16;
    private static final long MAP = Architecture.X86_64.layout().directMapStart();
    private static final int PAGE = TestMachine.PAGE;
    private static final MemoryConfig CONFIG =
            new MemoryConfig(Architecture.X86_64.layout(), (long) PAGES * PAGE, 1, 1 << 20, true);

    private final TestMachine machine = TestMachine.withKasan(CONFIG);
    private final PageFrames frames = machine.mm.frames();
    private final KernelMemory memory = machine.memory();

    private long used() {
        return machine.mm.ram().total() - machine.mm.ram().free();
    }

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void page_isSeenThroughTheDirectMap() {
        assertThat(frames.alloc()).isZero();
        long pfn = frames.allocZeroed();
        long addr = frames.address(pfn);
        assertThat(addr).isEqualTo(MAP + PAGE);
        assertThat(frames.pfn(addr + 100)).isEqualTo(pfn);
        assertThat(memory.loadLong(addr)).isZero();
        memory.storeLong(addr + PAGE - 4, 0x1122334455667788L);
        assertThat(memory.loadInt(addr + PAGE)).isEqualTo(0x11223344);
    }

    @Test
    void freedPage_isPoisonedAndAllocatedNext() {
        long first = frames.alloc();
        long second = frames.alloc();
        frames.free(first);
        frames.free(second);
        assertThat(machine.shadow(frames.address(second))).isEqualTo((byte) 0xff);
        assertThat(frames.alloc()).isEqualTo(second);
        assertThat(machine.shadow(frames.address(second))).isZero();
        assertThat(machine.shadow(frames.address(first) + PAGE - 1)).isEqualTo((byte) 0xff);
        assertThat(frames.alloc()).isEqualTo(first);
        assertThat(frames.alloc()).isEqualTo(2);
        assertThat(used()).isEqualTo(3);
    }

    @Test
    void allOfRam_canBeAllocatedAndNoMore() {
        Set<Long> pfns = new HashSet<>();
        for (int i = 0; i < PAGES; i++) {
            pfns.add(frames.alloc());
        }
        assertThat(pfns).hasSize(PAGES).doesNotContain(PageFrames.NO_PAGE);
        assertThat(frames.alloc()).isEqualTo(PageFrames.NO_PAGE);
        assertThat(frames.allocZeroed()).isEqualTo(PageFrames.NO_PAGE);
        assertThat(machine.vmalloc().vmalloc(1)).isZero();
        frames.free(7);
        frames.free(9);
        assertThat(machine.vmalloc().vmalloc(1)).isNotZero();
        assertThat(frames.alloc()).isEqualTo(PageFrames.NO_PAGE);
    }

    @Test
    void pageThatIsNotAllocated_isNotFreed() {
        long pfn = frames.alloc();
        frames.free(pfn);
        frames.free(pfn);
        frames.free(5);
        frames.free(-1);
        frames.free(PAGES);
        assertThat(machine.log)
                .containsExactly(
                        "WARN BUG: Bad page state: page frame 0 is not allocated",
                        "WARN BUG: Bad page state: page frame 5 is not allocated",
                        "WARN BUG: Bad page state: page frame -1 is not allocated",
                        "WARN BUG: Bad page state: page frame 16 is not allocated");
        assertThat(machine.mm.ram().free()).isEqualTo(PAGES);
    }

    @Test
    void block_isAlignedToItsSizeAndAccessible() {
        long single = frames.alloc();
        long block = frames.alloc(Gfp.KERNEL.zeroed(), 2);
        assertThat(block % 4).isZero();
        assertThat(single >= block && single < block + 4).isFalse();
        assertThat(machine.shadow(frames.address(block + 4) - 1)).isZero();
        assertThat(memory.loadLong(frames.address(block + 3))).isZero();
        frames.free(block, 2);
        assertThat(machine.shadow(frames.address(block))).isEqualTo((byte) 0xff);
        assertThat(machine.shadow(frames.address(block + 4) - 1)).isEqualTo((byte) 0xff);
        assertThat(used()).isEqualTo(1);
    }

    @Test
    void blockThatIsFreed_isMergedWithItsBuddies() {
        long[] pfns = new long[PAGES];
        for (int i = 0; i < PAGES; i++) {
            pfns[i] = frames.alloc();
        }
        assertThat(frames.alloc(Gfp.KERNEL.silent(), 1)).isEqualTo(PageFrames.NO_PAGE);
        for (long pfn : pfns) {
            frames.free(pfn);
        }
        assertThat(frames.alloc(Gfp.KERNEL, 4)).isZero();
        assertThat(used()).isEqualTo(PAGES);
    }

    @Test
    void blockLargerThanIsFree_isNotAllocated() {
        assertThat(frames.alloc(Gfp.KERNEL, 5)).isEqualTo(PageFrames.NO_PAGE);
        assertThat(frames.alloc(Gfp.KERNEL, PageFrames.MAX_ORDER + 1))
                .isEqualTo(PageFrames.NO_PAGE);
        assertThat(frames.alloc(Gfp.NOWAIT, 5)).isEqualTo(PageFrames.NO_PAGE);
        assertThat(machine.log)
                .containsExactly(
                        "page allocation failure: order:5",
                        "WARN page allocation of order 11, above the most, 10");
        assertThat(used()).isZero();
    }

    @Test
    void freeWithAnotherOrder_isRefused() {
        long block = frames.alloc(Gfp.KERNEL, 2);
        frames.free(block, 1);
        frames.free(block + 1);
        frames.free(block);
        assertThat(used()).isEqualTo(4);
        assertThat(machine.log)
                .containsExactly(
                        "WARN BUG: Bad page state: page frame 0 was allocated with order 2, not 1",
                        "WARN BUG: Bad page state: page frame 1 is not allocated",
                        "WARN BUG: Bad page state: page frame 0 was allocated with order 2, not 0");
        frames.free(block, 2);
        assertThat(used()).isZero();
    }

    @Test
    void compoundPage_isFreedWhole() {
        long head = frames.allocCompound(Gfp.KERNEL, 2);
        assertThat(frames.head(head + 3)).isEqualTo(head);
        assertThat(frames.head(head)).isEqualTo(head);
        frames.free(head);
        assertThat(used()).isZero();
        assertThat(frames.head(head + 3)).isEqualTo(head + 3);
    }

    @Test
    void blockThatIsSplit_isFreedPageByPage() {
        long block = frames.alloc(Gfp.KERNEL, 1);
        frames.split(block);
        frames.free(block);
        assertThat(used()).isEqualTo(1);
        frames.free(block + 1);
        assertThat(used()).isZero();
        assertThat(frames.alloc(Gfp.KERNEL, 4)).isZero();
    }

    @Test
    void directMap_hasAllOfRamAndNoMore() {
        long end = MAP + PAGES * PAGE;
        memory.storeByte(end - 1, (byte) 3);
        assertThat(memory.loadByte(end - 1)).isEqualTo((byte) 3);
        assertThatThrownBy(() -> memory.loadShort(end - 1))
                .isInstanceOf(KernelOops.class)
                .hasMessageEndingWith(Long.toHexString(end));
        assertThatThrownBy(() -> memory.loadByte(MAP - 1)).isInstanceOf(KernelOops.class);
        assertThat(memory.hostAddress(end)).isEqualTo(AddressSpace.NO_SHADOW);
        assertThat(frames.pfn(end)).isEqualTo(PageFrames.NO_PAGE);
        assertThat(memory.hostAddress(end - 1) - memory.hostAddress(MAP))
                .isEqualTo(PAGES * PAGE - 1);
    }

    @Test
    void manyTasks_neverGetTheSamePage() throws InterruptedException {
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            long mark = i;
            tasks.add(() -> useAPage(mark));
        }
        InThreads.run(tasks);
        assertThat(used()).isZero();
    }

    private void useAPage(long mark) {
        for (int n = 0; n < 5_000; n++) {
            long pfn = frames.alloc();
            memory.storeLong(frames.address(pfn), mark);
            Thread.onSpinWait();
            assertThat(memory.loadLong(frames.address(pfn))).isEqualTo(mark);
            frames.free(pfn);
        }
    }

    @Test
    void hostWithoutMemoryFiles_losesNothing() {
        FakeHost host = FakeHost.refusingAfter(Integer.MAX_VALUE);
        host.refuseNextFile();
        MemoryManager mm = MemoryManager.withoutKasan(host, CONFIG, new RecordedLog());
        assertThatThrownBy(() -> mm.frames().alloc()).isInstanceOf(HostMemoryException.class);
        assertThat(mm.ram().free()).isEqualTo(PAGES);
        assertThat(mm.frames().alloc()).isZero();
        mm.close();
        assertThat(host.reservedBytes()).isZero();
    }

    @Test
    void close_leavesNoShadowBehind() {
        TestMachine other = TestMachine.withKasan(CONFIG);
        long pfn = other.mm.frames().alloc();
        other.mm.frames().free(pfn);
        long shadow = other.shadow().shadowAddress(other.host(other.mm.frames().address(pfn)));
        assertThat(RawMemory.loadByte(shadow)).isEqualTo((byte) 0xff);
        other.close();
        assertThatThrownBy(other.mm.frames()::alloc).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> other.mm.frames().free(pfn))
                .isInstanceOf(IllegalStateException.class);
        assertThat(RawMemory.loadByte(shadow)).isZero();
    }
}
