package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import org.jkasan.check.FullHeap;
import org.junit.jupiter.api.Test;

class KernelArraysTest {

    private static final int SIZE = 3 * TestMachine.PAGE - 10;

    @Test
    void heapThatHasNoRoomToTrackAnArray_losesNothing() {
        try (TestMachine machine = TestMachine.withKasan(1 << 20)) {
            VmallocSpace space = machine.mm.space();
            KernelArrays arrays =
                    new KernelArrays(machine.mm.gate(), FullHeap.arrays(), space, machine.recorder);
            byte[] array = arrays.allocate(space.requests().request(SIZE), SIZE, byte[]::new);
            assertThat(array).isNull();
            assertThat(machine.log)
                    .containsExactly("vmalloc error: size 12278, failed to allocate pages");
            Invariants.check(machine.mm);
            machine.vmalloc().purge();
            assertThat(machine.mm.ram().free()).isEqualTo(machine.mm.ram().total());
            assertThat(machine.vmalloc().vmalloc(SIZE)).isEqualTo(TestMachine.START);
        }
    }
}
