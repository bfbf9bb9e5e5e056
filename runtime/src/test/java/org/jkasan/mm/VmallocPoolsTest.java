package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;

import java.util.ArrayList;
import java.util.List;
import org.jkasan.shadow.ShadowByte;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a kernel with two CPUs keeps of purged areas, and what that costs. */
class VmallocPoolsTest {

    private static final long SIZE = 256L << 20;

    /** Pages that may wait with two CPUs, and of an area of the tests with its guard page. */
    private static final int LIMIT = 16384;

    private static final int PAGES = 64;

    private final TestMachine machine = TestMachine.withCpus(2, SIZE);
    private final Vmalloc vmalloc = machine.vmalloc();
    private final VmapAreas areas = machine.mm.space().areas();

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void moreThanMayWait_keepsAreasWithTheirShadowForTheirNextUse() {
        freeUntilKept();
        assertThat(areas.lazyPages()).isEqualTo(PAGES);
        assertThat(areas.pooledPages()).isEqualTo(LIMIT);
        long shadow = shadowPages();
        long addr = vmalloc.vmalloc((PAGES - 1) * PAGE);
        assertThat(areas.pooledPages()).isEqualTo(LIMIT - PAGES);
        assertThat(shadowPages()).isEqualTo(shadow);
        assertThat(machine.shadow(addr)).isZero();
        assertThat(machine.shadow(addr + (PAGES - 1) * PAGE)).isEqualTo(ShadowByte.VMALLOC_INVALID);
        assertThat(machine.residentData(0, SIZE)).isZero();
    }

    @Test
    void moreThanMayWait_keepsTheDataOfWhatItKeeps() {
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < LIMIT / PAGES + 1; i++) {
            addresses.add(vmalloc.vmalloc((PAGES - 1) * PAGE));
        }
        addresses.forEach(addr -> machine.memory().memset(addr, 1, PAGE));
        addresses.forEach(vmalloc::vfree);
        assertThat(areas.pooledPages()).isEqualTo(LIMIT);
        assertThat(machine.residentData(0, SIZE)).isEqualTo(LIMIT / PAGES + 1);
        vmalloc.purge();
        assertThat(machine.residentData(0, SIZE)).isZero();
    }

    @Test
    void slack_isAtMostWhatWaitsAndAsMuchInPools() {
        freeUntilKept();
        freeUntilKept();
        long most = 2 * LIMIT * PAGE / MemoryLayout.MEMORY_PER_SHADOW_PAGE + PAGES;
        assertThat(shadowPages()).isBetween(1L, most);
        assertThat(areas.pooledPages()).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void purgeByName_keepsNothing() {
        freeUntilKept();
        vmalloc.purge();
        assertThat(areas.pooledPages()).isZero();
        assertThat(shadowPages()).isZero();
        assertThat(machine.residentShadow(0, SIZE)).isZero();
        assertThat(vmalloc.vmalloc(1)).isEqualTo(TestMachine.START);
    }

    @Test
    void exhaustedSpace_takesFromThePools() {
        freeUntilKept();
        assertThat(vmalloc.vmalloc(SIZE - PAGE)).isEqualTo(TestMachine.START);
        assertThat(machine.log).isEmpty();
    }

    @Test
    void poolNobodyUses_losesAQuarterWithTheFirstPurge_allWithTheNext() {
        freeUntilKept();
        assertThat(pooledAreas()).isEqualTo(LIMIT / PAGES);
        freeOtherSizeUntilPurge();
        assertThat(pooledAreas()).isEqualTo(LIMIT / PAGES * 3 / 4);
        freeOtherSizeUntilPurge();
        assertThat(pooledAreas()).isZero();
    }

    @Test
    void sizeThatIsUsed_staysWhereOthersMakeRoom() {
        freeUntilKept();
        freeOtherSizeUntilPurge();
        long addr = vmalloc.vmalloc((PAGES - 1) * PAGE);
        freeOtherSizeUntilPurge();
        assertThat(pooledAreas()).isPositive();
        vmalloc.vfree(addr);
    }

    @Test
    void purgeOfOneCpu_takesNothingFromTheOther() {
        try (CpuThreads cpus = new CpuThreads(machine.mm.cpus())) {
            cpus.on(0, this::freeUntilKept);
            // With two that free something each may keep half as much.
            cpus.on(1, this::freeOtherSizeUntilPurge);
            int kept = pooledAreas();
            assertThat(kept).isPositive();
            cpus.on(1, this::freeOtherSizeUntilPurge);
            cpus.on(1, this::freeOtherSizeUntilPurge);
            assertThat(pooledAreas()).isEqualTo(kept);
        }
    }

    private void freeOtherSizeUntilPurge() {
        long before;
        do {
            before = areas.lazyPages();
            vmalloc.vfree(vmalloc.vmalloc((2 * PAGES - 1) * PAGE));
        } while (areas.lazyPages() > before);
    }

    private int pooledAreas() {
        int[] count = new int[1];
        areas.forEach(area -> count[0] += area.vm == null && area.pages() == PAGES ? 1 : 0);
        return count[0];
    }

    @Test
    void sizeOfWhichNoneIsKept_takesAnAreaThatIsLargerByAnEighth() {
        freeUntilKept();
        int few = PAGES - 1 - PAGES / 10;
        long addr = vmalloc.vmalloc(few * PAGE);
        assertThat(areas.pooledPages()).isEqualTo(LIMIT - PAGES);
        assertThat(machine.shadow(addr + few * PAGE - 1)).isZero();
        for (int page = few; page < PAGES; page++) {
            assertThat(machine.shadow(addr + page * (long) PAGE))
                    .isEqualTo(ShadowByte.VMALLOC_INVALID);
        }
        Invariants.check(machine.mm);
        vmalloc.vfree(addr);
        vmalloc.vmalloc(PAGES / 2 * PAGE);
        assertThat(areas.pooledPages()).isEqualTo(LIMIT - PAGES);
    }

    @Test
    void pooledArea_isUnknownToReportsAndFrees() {
        long addr = freeUntilKept().get(0);
        vmalloc.vfree(addr);
        assertThat(machine.reports()).isEmpty();
        assertThat(machine.log).hasSize(1);
        VmallocDescriber describer = new VmallocDescriber(machine.mm.space().window(), areas);
        assertThat(describer.describe(machine.host(addr)).region()).isNull();
    }

    @Test
    void pooledAreaThatIsNotAlignedAsAsked_stays() {
        freeUntilKept();
        long align = 4L << 20;
        VmallocRequest request = vmalloc.request((PAGES - 1) * PAGE).aligned(align);
        for (int i = 0; i < 8; i++) {
            assertThat(vmalloc.vmallocNodeRange(request) % align).isZero();
        }
        long low = TestMachine.START + (8L << 20);
        VmallocRequest ranged = vmalloc.request((PAGES - 1) * PAGE).within(low, low + SIZE / 2);
        assertThat(vmalloc.vmallocNodeRange(ranged)).isGreaterThanOrEqualTo(low);
    }

    @Test
    void areaAcrossZones_isFoundFromEveryPage() {
        long addr = vmalloc.vmalloc(200 * PAGE);
        for (int page = 0; page < 200; page++) {
            assertThat(areas.liveArea(addr + page * (long) PAGE, null).start).isEqualTo(addr);
        }
        vmalloc.vfree(addr + 199 * PAGE);
        assertThat(machine.log).isEmpty();
    }

    /**
     * Frees one area more than may wait, so that it waits on and those before it are kept; the
     * addresses.
     */
    private List<Long> freeUntilKept() {
        int count = (int) ((LIMIT - areas.lazyPages()) / PAGES + 1);
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add(vmalloc.vmalloc((PAGES - 1) * PAGE));
        }
        addresses.forEach(vmalloc::vfree);
        return addresses;
    }

    private long shadowPages() {
        return ((VmallocShadow) machine.mm.space().kasan()).present();
    }
}
