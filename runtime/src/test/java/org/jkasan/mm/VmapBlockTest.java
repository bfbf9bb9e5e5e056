package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a block hands its pages out, and when it is dead. */
class VmapBlockTest {

    private static final int PAGES = 1024;

    private final VmapBlocks blocks = new VmapBlocks(new Cpus(1), 32L << 40);
    private final VmapBlockQueue queue = blocks.queue();
    private final VmapBlock block = new VmapBlock(new VmapArea(START, START + (4 << 20)), queue);

    @BeforeEach
    void use() {
        block.area.vm = VmapRamArea.of(block);
    }

    @AfterEach
    void check() {
        List<String> violations = new ArrayList<>();
        blocks.check(violations::add);
        assertThat(violations).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1024",
        "4, 1024",
        "2048, 1024",
        "2049, 512",
        "4096, 512",
        "8192, 256",
        "65536, 128"
    })
    void blockPages_goByTheNumberOfCpus(int cpus, long pages) {
        assertThat(VmapBlocks.pages(cpus, 32L << 40)).isEqualTo(pages);
        assertThat(VmapBlocks.pages(cpus, 128L << 30)).isEqualTo(pages);
    }

    @ParameterizedTest
    @CsvSource({"1, 64, 1024", "1, 32, 512", "1, 1, 128", "2, 64, 512", "3, 64, 256"})
    void blockPages_goByASmallSpace(int cpus, long mib, long pages) {
        assertThat(VmapBlocks.pages(cpus, mib << 20)).isEqualTo(pages);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "4, 4", "5, 8", "33, 64", "64, 64"})
    void mapping_takesAPowerOfTwo(int count, int taken) {
        assertThat(VmapBlock.taken(count)).isEqualTo(taken);
    }

    @Test
    void blockSize_isFourMebibytes() {
        assertThat(blocks.blockSize()).isEqualTo(4 << 20);
        assertThat(PAGES * PAGE).isEqualTo(4 << 20);
    }

    @Test
    void reserve_neverGoesBack() {
        assertThat(map(3)).isZero();
        blocks.add(block, queue);
        assertThat(map(1)).isEqualTo(4);
        unmap(0, 3);
        assertThat(map(3)).isEqualTo(5);
        assertThat(block.free()).isEqualTo(PAGES - 9);
        assertThat(block.dirty()).isEqualTo(4);
    }

    @Test
    void used_areExactlyTheMappingsPages() {
        map(3);
        blocks.add(block, queue);
        assertThat(block.isUsed(2)).isTrue();
        assertThat(block.isUsed(3)).isFalse();
        unmap(0, 3);
        assertThat(block.isUsed(2)).isFalse();
    }

    @Test
    void fullBlock_leavesTheQueueAndIsDeadOnceAllIsDirty() {
        map(64);
        blocks.add(block, queue);
        for (int i = 1; i < PAGES / 64; i++) {
            assertThat(queue.holds(block)).isTrue();
            map(64);
        }
        assertThat(queue.holds(block)).isFalse();
        assertThat(block.reserve(1)).isEqualTo(VmapBlock.NONE);
        for (int i = 1; i < PAGES / 64; i++) {
            assertThat(unmap(64 * i, 64)).isFalse();
        }
        assertThat(unmap(0, 64)).isTrue();
        VmapAreas areas = new VmapAreas(new VmapTable(START, 1 << 20), new Cpus(1));
        blocks.free(block, areas);
        assertThat(areas.lazyPages()).isEqualTo(PAGES);
        assertThat(block.area.isLive()).isFalse();
        assertThat(blocks.find(START)).isNull();
    }

    @Test
    void blockWithTooFewFreePages_stays() {
        for (int i = 0; i < PAGES / 64 - 1; i++) {
            map(64);
        }
        blocks.add(block, queue);
        map(1);
        assertThat(block.reserve(64)).isEqualTo(VmapBlock.NONE);
        assertThat(queue.holds(block)).isTrue();
        assertThat(map(16)).isEqualTo(PAGES - 63);
    }

    @Test
    void claim_succeedsOnceAndForWhatIsMappedOnly() {
        map(2);
        blocks.add(block, queue);
        assertThat(block.claim(0, 1, null)).isFalse();
        assertThat(block.claim(1, 1, null)).isFalse();
        assertThat(block.claim(2, 2, null)).isFalse();
        assertThat(block.claim(0, 2, null)).isTrue();
        assertThat(block.claim(0, 2, null)).isFalse();
        assertThat(block.release(0, 2)).isFalse();
    }

    @Test
    void purge_takesABlockWhereNothingIsLive() {
        map(8);
        blocks.add(block, queue);
        assertThat(isPurged(true)).isFalse();
        unmap(0, 8);
        assertThat(isPurged(false)).isFalse();
        assertThat(isPurged(true)).isTrue();
        assertThat(block.reserve(1)).isEqualTo(VmapBlock.NONE);
        assertThat(isPurged(true)).isFalse();
        assertThat(blocks.find(START)).isNull();
    }

    @Test
    void purgeUnasked_takesABlockOfWhichLessThanAQuarterIsFree() {
        map(1);
        blocks.add(block, queue);
        unmap(0, 1);
        while (block.free() > PAGES / 4) {
            assertThat(isPurged(false)).isFalse();
            unmap(map(1), 1);
        }
        assertThat(isPurged(false)).isFalse();
        unmap(map(1), 1);
        assertThat(isPurged(false)).isTrue();
    }

    @Test
    void purge_leavesABlockWhereAMappingIsOnItsWay() {
        int page = block.reserve(1);
        blocks.add(block, queue);
        assertThat(isPurged(true)).isFalse();
        block.publish(page, use(1));
        assertThat(block.claim(page, 1, null)).isTrue();
        assertThat(isPurged(true)).isFalse();
        block.release(page, 1);
        assertThat(isPurged(true)).isTrue();
    }

    @Test
    void lookUp_findsEveryBlockByEachOfItsAddresses() {
        VmapBlocks many = new VmapBlocks(new Cpus(3), 32L << 40);
        List<VmapBlock> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            long start = START + many.blockSize() * i;
            VmapBlock one =
                    new VmapBlock(new VmapArea(start, start + many.blockSize()), many.queue());
            one.publish(one.reserve(1), use(1));
            many.add(one, many.queue());
            all.add(one);
        }
        for (VmapBlock one : all) {
            assertThat(many.find(one.area.start)).isSameAs(one);
            assertThat(many.find(one.area.end - 1)).isSameAs(one);
        }
        assertThat(many.find(START - 1)).isNull();
        assertThat(many.queue().free()).containsExactlyElementsOf(all);
        List<String> violations = new ArrayList<>();
        many.check(violations::add);
        assertThat(violations).isEmpty();
    }

    @Test
    void check_findsAWrongBitmapAndAWrongCount() {
        map(2);
        blocks.add(block, queue);
        block.claim(0, 2, null);
        block.publish(0, use(2));
        block.map(0).end(null);
        List<String> violations = new ArrayList<>();
        blocks.check(violations::add);
        assertThat(violations).hasSize(2);
        block.publish(0, use(2));
    }

    private int map(int count) {
        int page = block.reserve(count);
        block.publish(page, use(count));
        return page;
    }

    private boolean unmap(int page, int count) {
        assertThat(block.claim(page, count, null)).isTrue();
        return block.release(page, count);
    }

    /** Whether a purge takes the block. */
    private boolean isPurged(boolean force) {
        VmapAreas areas = new VmapAreas(new VmapTable(START, 1 << 20), new Cpus(1));
        blocks.purgeFragmented(force, areas);
        return areas.lazyPages() == PAGES;
    }

    private static VmStruct use(int pages) {
        return new VmStruct((long) pages * PAGE, VmFlags.NO_GUARD, null);
    }
}
