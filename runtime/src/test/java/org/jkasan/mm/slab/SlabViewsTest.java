package org.jkasan.mm.slab;

import static org.assertj.core.api.Assertions.assertThat;

import org.jkasan.check.FullHeap;
import org.junit.jupiter.api.Test;

class SlabViewsTest {

    @Test
    void heapThatHasNoRoomToTrackAnArray_losesNothing() {
        try (SlabMachine machine = new SlabMachine(1)) {
            KmemCache cache = machine.memory.create("things", 40);
            long map = machine.mm.frames().address(0);
            long delta = map - machine.mm.memory().hostAddress(map);
            SlabViews views =
                    new SlabViews(
                            SlabMachine.HOST, FullHeap.arrays(), machine.memory.allocator(), delta);
            long live = machine.memory.liveObjects();
            assertThat(views.array(cache, 4, long[]::new)).isNull();
            assertThat(machine.log)
                    .containsExactly("SLUB: Unable to allocate memory, an array of 4");
            assertThat(machine.memory.liveObjects()).isEqualTo(live);
            machine.check();
            cache.destroy();
            assertThat(machine.log).hasSize(1);
        }
    }
}
