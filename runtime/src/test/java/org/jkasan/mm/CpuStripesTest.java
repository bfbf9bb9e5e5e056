package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.MemoryLayout.PAGE_SIZE;

import org.junit.jupiter.api.Test;

class CpuStripesTest {

    private static final long START = 0xffffc90000000000L;
    private static final long STRIPE = CpuStripes.SIZE;
    private static final long END = START + 4 * STRIPE;

    private final FreeVmapTree free = FreeVmapTree.wholeAddressSpace();
    private final CpuStripes stripes = new CpuStripes(free);

    private long allocate(int cpu, long size) {
        return stripes.allocate(cpu, size, 1, START, END);
    }

    @Test
    void cpus_carveFromStripesOfTheirOwn() {
        for (int i = 0; i < 4; i++) {
            assertThat(allocate(1, PAGE_SIZE)).isEqualTo(START + i * PAGE_SIZE);
            assertThat(allocate(0, PAGE_SIZE)).isEqualTo(START + STRIPE + i * PAGE_SIZE);
        }
    }

    @Test
    void placeThatIsFreedInTheStripe_isTakenFirst() {
        long low = allocate(0, PAGE_SIZE);
        allocate(0, PAGE_SIZE);
        free.merge(new VmapArea(low, low + PAGE_SIZE));
        assertThat(allocate(1, PAGE_SIZE)).isEqualTo(START + STRIPE);
        assertThat(allocate(0, PAGE_SIZE)).isEqualTo(low);
    }

    @Test
    void fullStripe_isFollowedByTheLowestThatIsNobodys() {
        allocate(0, PAGE_SIZE);
        allocate(1, PAGE_SIZE);
        for (long used = PAGE_SIZE; used < STRIPE; used += PAGE_SIZE) {
            allocate(0, PAGE_SIZE);
        }
        assertThat(allocate(0, PAGE_SIZE)).isEqualTo(START + 2 * STRIPE);
        assertThat(allocate(0, PAGE_SIZE)).isEqualTo(START + 2 * STRIPE + PAGE_SIZE);
    }

    @Test
    void largeArea_takesNoStripe() {
        allocate(0, PAGE_SIZE);
        assertThat(allocate(1, STRIPE)).isEqualTo(START + STRIPE);
        assertThat(stripes.allocate(1, PAGE_SIZE, STRIPE, START, END))
                .isEqualTo(START + 2 * STRIPE);
        assertThat(allocate(0, PAGE_SIZE)).isEqualTo(START + PAGE_SIZE);
    }

    @Test
    void whereNothingElseIsLeft_anotherCpusStripeIsTaken() {
        allocate(0, PAGE_SIZE);
        long count = 1;
        for (long start = allocate(1, PAGE_SIZE); start != FreeVmapTree.NONE; count++) {
            assertThat(start).isBetween(START, END - PAGE_SIZE);
            start = allocate(1, PAGE_SIZE);
        }
        assertThat(count).isEqualTo(4 * STRIPE / PAGE_SIZE);
        assertThat(allocate(0, PAGE_SIZE)).isEqualTo(FreeVmapTree.NONE);
    }

    @Test
    void forgotten_theLowestPlaceIsAnybodys() {
        allocate(0, PAGE_SIZE);
        allocate(1, PAGE_SIZE);
        stripes.forget();
        assertThat(allocate(1, PAGE_SIZE)).isEqualTo(START + PAGE_SIZE);
    }
}
