package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.util.HashSet;
import java.util.Set;
import org.jkasan.host.RawMemory;
import org.jkasan.report.VmallocRegion;
import org.jkasan.shadow.ShadowByte;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** vm_map_ram with blocks of 4 MiB. */
class VmapRamTest {

    private static final int BLOCK = 1024 * PAGE;
    private static final int ANY_NODE = VmallocRequest.ANY_NODE;

    private final TestMachine machine = TestMachine.withKasan(512L << 20);
    private final VmapRam ram = machine.mm.vmapRam();
    private final PageFrames frames = machine.mm.frames();
    private final KernelMemory memory = machine.memory();
    private final VmapAreas areas = machine.mm.space().areas();

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void mapping_showsThePagesInTheirOrder() {
        long[] pfns = {frames.alloc(), frames.alloc(), frames.alloc()};
        long[] reversed = {pfns[2], pfns[0], pfns[1]};
        long addr = map(reversed);
        assertThat(addr).isEqualTo(START);
        for (int i = 0; i < 3; i++) {
            memory.storeLong(frames.address(reversed[i]) + 8, 100 + i);
            assertThat(memory.loadLong(addr + i * PAGE + 8)).isEqualTo(100 + i);
            memory.storeLong(addr + i * PAGE, 200 + i);
            assertThat(memory.loadLong(frames.address(reversed[i]))).isEqualTo(200 + i);
        }
        ram.vmUnmapRam(addr, 3);
        assertThat(memory.loadLong(frames.address(pfns[0]))).isEqualTo(201);
    }

    @Test
    void mapping_opensItsPagesAloneThoughItTakesAPowerOfTwo() {
        long addr = map(pages(3));
        assertThat(machine.shadow(addr + 3 * PAGE - 1)).isZero();
        assertThat(machine.shadow(addr + 3 * PAGE)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        assertThatExceptionOfType(KernelOops.class)
                .isThrownBy(() -> memory.loadByte(addr + 3 * PAGE));
        assertThat(map(pages(1))).isEqualTo(addr + 4 * PAGE);
        assertThat(map(pages(1))).isEqualTo(addr + 5 * PAGE);
        assertThat(machine.shadow(addr + 6 * PAGE - 1)).isZero();
    }

    @Test
    void firstMapping_getsTheShadowOfTheWholeBlock() {
        map(pages(1));
        assertThat(shadowPages()).isEqualTo(128);
        map(pages(64));
        assertThat(shadowPages()).isEqualTo(128);
    }

    @Test
    void block_beginsAtAMultipleOfItsSize() {
        machine.vmalloc().vmalloc(1);
        assertThat(map(pages(1))).isEqualTo(START + BLOCK);
    }

    @Test
    void unmapped_isPoisonedUnmappedAndNotUsedAgain() {
        long addr = map(pages(2));
        ram.vmUnmapRam(addr, 2);
        assertThat(machine.shadow(addr)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        assertThat(machine.shadow(addr + 2 * PAGE - 1)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        assertThatExceptionOfType(KernelOops.class).isThrownBy(() -> memory.loadByte(addr));
        assertThat(map(pages(2))).isEqualTo(addr + 2 * PAGE);
    }

    @Test
    void fullBlock_isFollowedByAnotherAndFreedWithItsLastMapping() {
        long[] pfns = pages(64);
        for (int i = 0; i < 16; i++) {
            assertThat(map(pfns)).isEqualTo(START + i * 64L * PAGE);
        }
        assertThat(map(pfns)).isEqualTo(START + BLOCK);
        for (int i = 15; i > 0; i--) {
            ram.vmUnmapRam(START + i * 64L * PAGE, 64);
        }
        assertThat(areas.lazyPages()).isZero();
        ram.vmUnmapRam(START, 64);
        assertThat(areas.lazyPages()).isEqualTo(1024);
        machine.vmalloc().purge();
        assertThat(shadowPages()).isEqualTo(128);
        assertThat(machine.vmalloc().vmalloc(1)).isEqualTo(START);
    }

    @Test
    void mappingThatIsTooLargeForABlock_hasAnAreaOfItsOwnWithoutAGuardPage() {
        long addr = map(pages(65));
        assertThat(addr).isEqualTo(START);
        assertThat(map(pages(65))).isEqualTo(addr + 65 * PAGE);
        assertThat(machine.shadow(addr + 65 * PAGE - 1)).isZero();
        memory.storeByte(addr + 65 * PAGE - 1, (byte) 1);
        ram.vmUnmapRam(addr, 65);
        assertThat(machine.shadow(addr)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        assertThat(areas.lazyPages()).isEqualTo(65);
        machine.vmalloc().purge();
        assertThat(map(pages(66))).isEqualTo(addr + 130 * PAGE);
        assertThat(map(pages(65))).isEqualTo(addr);
    }

    @Test
    void cpus_haveBlocksOfTheirOwn() throws InterruptedException {
        try (TestMachine two = TestMachine.withCpus(2, 256L << 20)) {
            long pfn = two.mm.frames().alloc();
            Set<Long> blocks = new HashSet<>();
            for (int i = 0; i < 8; i++) {
                Thread thread =
                        new Thread(
                                () -> {
                                    long addr =
                                            two.mm
                                                    .vmapRam()
                                                    .vmMapRam(new long[] {pfn}, 1, ANY_NODE);
                                    blocks.add(addr & -BLOCK);
                                });
                thread.start();
                thread.join();
            }
            assertThat(blocks).hasSize(2);
        }
    }

    @Test
    void purge_freesABlockWhereNothingIsLive() {
        ram.vmUnmapRam(map(pages(5)), 5);
        long live = map(pages(1));
        machine.vmalloc().purge();
        assertThat(shadowPages()).isEqualTo(128);
        ram.vmUnmapRam(live, 1);
        machine.vmalloc().purge();
        assertThat(shadowPages()).isZero();
        assertThat(machine.residentShadow(0, BLOCK)).isZero();
        assertThat(map(pages(1))).isEqualTo(START);
    }

    @Test
    void purge_unmapsOnTheHostWhatIsDirtyBesideLiveMappings() {
        PageBinder binder = machine.mm.space().binder();
        long[] pfns = pages(3);
        long first = map(pfns);
        long live = map(pfns);
        long last = map(pfns);
        memory.storeLong(live, 42);
        ram.vmUnmapRam(first, 3);
        ram.vmUnmapRam(last, 3);
        assertThat(binder.isStale(first, live)).isTrue();
        machine.vmalloc().purge();
        assertThat(binder.isStale(START, START + BLOCK)).isFalse();
        assertThat(memory.loadLong(live)).isEqualTo(42);
        assertThat(memory.loadLong(frames.address(pfns[0]))).isEqualTo(42);
        assertThat(RawMemory.loadLong(machine.host(first))).isZero();
        assertThat(map(pfns)).isEqualTo(last + 4 * PAGE);
    }

    @Test
    @Tag("slow")
    void longLivedMappings_doNotUseUpTheHostsMappings() {
        long[] one = pages(1);
        long[] kept = new long[70];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = map(one);
            for (int j = 1; j < 1024; j++) {
                ram.vmUnmapRam(map(one), 1);
            }
        }
        assertThat(kept).doesNotContain(0).doesNotHaveDuplicates();
        assertThat(machine.log).isEmpty();
    }

    @Test
    void exhaustedSpace_takesTheBlocksWhereNothingIsLive() {
        try (TestMachine small = TestMachine.withKasan(1 << 20)) {
            long[] pfns = {small.mm.frames().alloc()};
            VmapRam blocks = small.mm.vmapRam();
            long addr = blocks.vmMapRam(pfns, 1, ANY_NODE);
            assertThat(addr).isEqualTo(START);
            assertThat(small.vmalloc().vmalloc((1 << 20) - PAGE)).isZero();
            blocks.vmUnmapRam(addr, 1);
            assertThat(small.vmalloc().vmalloc((1 << 20) - PAGE)).isEqualTo(START);
            small.log.clear();
            assertThat(blocks.vmMapRam(pfns, 1, ANY_NODE)).isZero();
            assertThat(small.log)
                    .singleElement()
                    .asString()
                    .startsWith("vmalloc_node_range for size 524288 failed: Address range");
        }
    }

    @Test
    void report_knowsWhoMappedAndWhoUnmapped() {
        map(pages(3));
        long addr = map(pages(2));
        VmallocRegion region = describe(addr + PAGE + 5);
        assertThat(region.start()).isEqualTo(addr);
        assertThat(region.requestedSize()).isEqualTo(2 * PAGE);
        assertThat(region.allocated()).isNotNull();
        assertThat(region.freed()).isNull();
        ram.vmUnmapRam(addr, 2);
        assertThat(describe(addr).freed()).isNotNull();
        assertThat(describe(addr - 1)).isNull();
        assertThat(describe(addr + 2 * PAGE)).isNull();
        machine.vmalloc().purge();
        assertThat(describe(addr).freed()).isNotNull();
    }

    @Test
    void info_hasALineForABlockAndForALargeMapping() {
        long addr = map(pages(1));
        map(pages(65));
        assertThat(machine.mm.vmallocInfo().text())
                .isEqualTo(
                        "0xffffc90000000000-0xffffc90000400000 4194304 vm_map_ram\n"
                                + "0xffffc90000400000-0xffffc90000441000  266240 vm_map_ram\n");
        ram.vmUnmapRam(START + BLOCK, 65);
        ram.vmUnmapRam(addr, 1);
        assertThat(machine.mm.vmallocInfo().text())
                .endsWith("0xffffc90000441000  266240 unpurged vm_area\n")
                .contains("4194304 vm_map_ram");
    }

    @Test
    void vread_readsWhatIsMappedAndZeroBetween() {
        long addr = map(pages(3));
        memory.memset(addr, 7, 3 * PAGE);
        long next = map(pages(1));
        memory.memset(next, 8, PAGE);
        byte[] buf = new byte[6 * PAGE];
        assertThat(machine.vmalloc().vread(addr, buf, buf.length)).isEqualTo(buf.length);
        for (int i = 0; i < buf.length; i++) {
            int page = i / PAGE;
            assertThat(buf[i]).isEqualTo((byte) (page < 3 ? 7 : page == 4 ? 8 : 0));
        }
        ram.vmUnmapRam(addr, 3);
        assertThat(machine.vmalloc().vread(addr, buf, PAGE)).isEqualTo(PAGE);
        assertThat(buf[0]).isZero();
    }

    @Test
    void kernelWithoutKasan_mapsAsWell() {
        try (TestMachine plain = TestMachine.withoutKasan(64 << 20)) {
            long[] pfns = {plain.mm.frames().alloc()};
            long addr = plain.mm.vmapRam().vmMapRam(pfns, 1, 0);
            plain.memory().storeInt(addr, 5);
            assertThat(plain.memory().loadInt(plain.mm.frames().address(pfns[0]))).isEqualTo(5);
            plain.mm.vmapRam().vmUnmapRam(addr, 1);
            plain.mm.vmapRam().vmUnmapRam(addr, 1);
            assertThat(plain.log).hasSize(1);
        }
    }

    @Test
    void tooFewPageFrames_areAnError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ram.vmMapRam(new long[1], 2, ANY_NODE))
                .withMessage(
                        "count=2 is not a number of pages that an array of 1 page frame numbers"
                                + " has.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ram.vmMapRam(new long[1], -1, ANY_NODE));
    }

    private long map(long[] pfns) {
        return ram.vmMapRam(pfns, pfns.length, ANY_NODE);
    }

    private long[] pages(int count) {
        long[] pfns = new long[count];
        for (int i = 0; i < count; i++) {
            pfns[i] = frames.alloc();
        }
        return pfns;
    }

    private VmallocRegion describe(long addr) {
        return (VmallocRegion)
                new VmallocDescriber(machine.mm.space().window(), areas)
                        .describe(machine.host(addr))
                        .region();
    }

    private long shadowPages() {
        return ((VmallocShadow) machine.mm.space().kasan()).present();
    }
}
