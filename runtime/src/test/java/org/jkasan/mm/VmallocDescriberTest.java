package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;

import org.jkasan.report.AddressInfo;
import org.jkasan.report.VmallocRegion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VmallocDescriberTest {

    private final TestMachine machine = TestMachine.withKasan(1 << 20);
    private final VmallocDescriber describer =
            new VmallocDescriber(machine.mm.space().window(), machine.mm.space().areas());
    private final long addr = machine.vmalloc().vmalloc(PAGE + 5);

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void objectRedzoneAndGuardPage_belongToTheArea() {
        for (long offset : new long[] {0, PAGE + 5, 2 * PAGE, 3 * PAGE - 1}) {
            AddressInfo info = describer.describe(machine.host(addr + offset));
            assertThat(info.delta()).isEqualTo(addr - machine.host(addr));
            VmallocRegion region = (VmallocRegion) info.region();
            assertThat(region.start()).isEqualTo(addr);
            assertThat(region.requestedSize()).isEqualTo(PAGE + 5);
            assertThat(region.pages()).isEqualTo(2);
            assertThat(region.allocated().task().comm())
                    .isEqualTo(Thread.currentThread().getName());
            assertThat(region.freed()).isNull();
        }
        assertThat(describer.describe(machine.host(addr) + 3 * PAGE).region()).isNull();
    }

    @Test
    void bothGuardPagesOfAnArray_belongToIt() {
        byte[] array = machine.vmalloc().vmallocBytes(5);
        long start = machine.vmalloc().addressOf(array);
        for (long offset : new long[] {-PAGE, -1, 0, 2 * PAGE - 1}) {
            AddressInfo info = describer.describe(machine.host(start + offset));
            assertThat(((VmallocRegion) info.region()).start()).isEqualTo(start);
        }
        AddressInfo before = describer.describe(machine.host(start - PAGE - 1));
        assertThat(((VmallocRegion) before.region()).start()).isEqualTo(addr);
    }

    @Test
    void lazilyFreedArea_isKnownUntilThePurge() {
        machine.vmalloc().vfree(addr);
        assertThat(((VmallocRegion) describer.describe(machine.host(addr)).region()).freed())
                .isNotNull();
        machine.vmalloc().purge();
        assertThat(describer.describe(machine.host(addr)).region()).isNull();
    }

    @Test
    void addressesElsewhere_areNobodysOrTheMoats() {
        assertThat(describer.describe(0x1000)).isNull();
        assertThat(describer.describe(machine.host(addr) - 1).region()).isNull();
        assertThat(describer.describe(machine.host(addr) - (1 << 20))).isNull();
    }
}
