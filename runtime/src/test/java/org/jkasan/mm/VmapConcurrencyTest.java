package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jkasan.InThreads;
import org.junit.jupiter.api.Test;

/** Tasks that map, move and free pages at the same time, each its own. */
class VmapConcurrencyTest {

    private static final int THREADS = 4;
    private static final int ROUNDS = 400;

    @Test
    void everyTask_seesItsOwnPagesAndNothingIsLost() throws InterruptedException {
        try (TestMachine machine = TestMachine.withCpus(2, 4 << 20)) {
            KernelWindow window = machine.mm.spaces().vmalloc().window();
            int mappings = HostMappings.count(window);
            long free = machine.mm.ram().free();
            List<Runnable> tasks = new ArrayList<>();
            for (int i = 1; i <= THREADS; i++) {
                Random random = new Random(i);
                tasks.add(() -> work(machine, random));
            }
            InThreads.run(tasks);
            machine.vmalloc().purge();
            assertThat(machine.mm.ram().free()).isEqualTo(free);
            assertThat(HostMappings.count(window)).isEqualTo(mappings);
            assertThat(machine.reports()).isEmpty();
            assertThat(machine.log).isEmpty();
        }
    }

    private static void work(TestMachine machine, Random random) {
        PageFrames frames = machine.mm.frames();
        for (int round = 0; round < ROUNDS; round++) {
            if (random.nextInt(50) == 0) {
                machine.vmalloc().purge();
            }
            switch (random.nextInt(3)) {
                case 0 -> mapped(machine, frames.alloc(), frames.alloc(), random.nextLong());
                case 1 -> handedOver(machine, frames.alloc(), random.nextLong());
                default -> moved(machine, 1 + random.nextInt(5), random.nextLong());
            }
        }
    }

    private static void mapped(TestMachine machine, long one, long two, long value) {
        KernelMemory memory = machine.memory();
        Vmap vmap = machine.mm.vmap();
        long up = vmap.vmap(one, two);
        long down = vmap.vmap(two, one);
        memory.storeLong(up + PAGE, value);
        memory.storeLong(down + PAGE, ~value);
        assertThat(memory.loadLong(down)).isEqualTo(value);
        assertThat(memory.loadLong(machine.mm.frames().address(one))).isEqualTo(~value);
        vmap.vunmap(up);
        assertThat(memory.loadLong(down)).isEqualTo(value);
        vmap.vunmap(down);
        machine.mm.frames().free(one);
        machine.mm.frames().free(two);
    }

    private static void handedOver(TestMachine machine, long pfn, long value) {
        int flags = VmFlags.MAP | VmFlags.MAP_PUT_PAGES;
        long addr = machine.mm.vmap().vmap(new long[] {pfn}, 1, flags);
        machine.memory().storeLong(addr + 8, value);
        long there = machine.mm.frames().address(pfn) + 8;
        assertThat(machine.memory().loadLong(there)).isEqualTo(value);
        machine.vmalloc().vfree(addr);
    }

    private static void moved(TestMachine machine, int pages, long value) {
        KernelMemory memory = machine.memory();
        long addr = machine.vmalloc().vzalloc((long) pages * PAGE);
        long last = addr + (pages - 1L) * PAGE;
        assertThat(memory.loadLong(last)).isZero();
        memory.storeLong(last, value);
        long there = machine.mm.frames().address(machine.mm.vmap().vmallocToPage(last));
        assertThat(memory.loadLong(there)).isEqualTo(value);
        memory.storeLong(there, ~value);
        assertThat(memory.loadLong(last)).isEqualTo(~value);
        machine.vmalloc().vfree(addr);
    }
}
