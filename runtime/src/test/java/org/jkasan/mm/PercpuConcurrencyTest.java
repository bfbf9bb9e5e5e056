package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jkasan.shadow.Shadow;
import org.junit.jupiter.api.Test;

/** Percpu memory from the top and vmalloc from the bottom, by several threads at once. */
class PercpuConcurrencyTest {

    private static final int STEPS = 1500;

    /** Room for about half of what all threads want at most, so that they meet. */
    private static final long SPACE = 2L << 20;

    @Test
    void areasAndVmalloc_thatMeetInTheMiddle_loseNothing() throws Exception {
        TestMachine machine = TestMachine.withCpus(2, SPACE);
        AtomicInteger refused = new AtomicInteger();
        List<Callable<Void>> bodies = new ArrayList<>();
        for (int thread = 0; thread < 2; thread++) {
            int seed = thread;
            bodies.add(() -> areas(machine, new Random(seed), refused));
            bodies.add(() -> vmalloc(machine, new Random(seed), seed + 1));
        }
        inThreads(bodies);
        assertThat(refused.get()).isPositive();
        expectEmpty(machine);
    }

    private static Void areas(TestMachine machine, Random random, AtomicInteger refused) {
        PercpuAreas percpu = machine.percpuAreas();
        List<List<VmapArea>> mine = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            if (mine.size() < 8 && random.nextBoolean()) {
                List<VmapArea> got = percpu.allocate(wanted(random));
                if (got == null) {
                    refused.incrementAndGet();
                } else {
                    got.forEach(area -> expectOpen(machine, area));
                    mine.add(got);
                }
            } else if (!mine.isEmpty()) {
                List<VmapArea> freed = mine.remove(random.nextInt(mine.size()));
                freed.forEach(area -> expectOpen(machine, area));
                percpu.free(freed);
            }
        }
        mine.forEach(percpu::free);
        return null;
    }

    private static CongruentAreas wanted(Random random) {
        long size = (long) (1 + random.nextInt(24)) * PAGE;
        long gap = (long) random.nextInt(4) * PAGE;
        return random.nextBoolean()
                ? new CongruentAreas(new long[] {0}, new long[] {size}, PAGE)
                : new CongruentAreas(new long[] {0, size + gap}, new long[] {size, size}, PAGE);
    }

    private static void expectOpen(TestMachine machine, VmapArea area) {
        boolean open = machine.shadow().isAccessible(machine.host(area.start), area.size());
        assertThat(open).as("%s is accessible", area).isTrue();
    }

    private static Void vmalloc(TestMachine machine, Random random, int mark) {
        Vmalloc vmalloc = machine.vmalloc();
        Shadow shadow = machine.shadow();
        List<long[]> mine = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            if (mine.size() < 30 && random.nextBoolean()) {
                long size = 1 + random.nextInt(12 * PAGE);
                long addr = vmalloc.vmalloc(size);
                if (addr != 0) {
                    machine.memory().memset(addr, mark, size);
                    mine.add(new long[] {addr, size});
                }
            } else if (!mine.isEmpty()) {
                long[] area = mine.remove(random.nextInt(mine.size()));
                assertThat(shadow.isAccessible(machine.host(area[0]), area[1])).isTrue();
                assertThat(shadow.isAccessible(machine.host(area[0]) + area[1], 1)).isFalse();
                assertThat(machine.memory().loadByte(area[0] + area[1] - 1)).isEqualTo((byte) mark);
                vmalloc.vfree(area[0]);
            }
            if (random.nextInt(300) == 0) {
                vmalloc.purge();
            }
        }
        mine.forEach(area -> vmalloc.vfree(area[0]));
        return null;
    }

    /** Shadow runs out again and again, so that areas go back while neighbours come and go. */
    @Test
    void areasThatGetNoShadow_goBackBesideTheirNeighbours() throws Exception {
        MemoryLayout x86 = Architecture.X86_64.layout();
        TestMachine machine =
                TestMachine.withKasan(new MemoryConfig(x86, 40L << 12, 1, 1 << 20, true));
        AtomicInteger refused = new AtomicInteger();
        List<Callable<Void>> bodies = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            int seed = thread;
            bodies.add(() -> areas(machine, new Random(seed), refused));
        }
        inThreads(bodies);
        assertThat(refused.get()).isPositive();
        expectEmpty(machine);
    }

    @Test
    void objectsOfAllThreads_areTheirsAlone() throws Exception {
        TestMachine machine = TestMachine.withCpus(4, 32L << 20);
        Percpu percpu = machine.mm.percpu();
        List<Callable<Void>> bodies = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            int mark = thread + 1;
            bodies.add(() -> objects(machine, new Random(mark), mark));
        }
        bodies.add(() -> vmalloc(machine, new Random(9), 9));
        inThreads(bodies);
        Invariants.check(machine.mm);
        assertThat(percpu.chunks()).isEqualTo(1);
        assertThat(machine.log).isEmpty();
        assertThat(machine.reports()).isEmpty();
        machine.close();
    }

    private static Void objects(TestMachine machine, Random random, int mark) {
        Percpu percpu = machine.mm.percpu();
        KernelMemory memory = machine.memory();
        List<long[]> mine = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            if (mine.size() < 24 && random.nextInt(3) != 0) {
                long size = 1 + random.nextInt(random.nextBoolean() ? 64 : 32 << 10);
                long pointer = percpu.allocPercpu(size, 1L << random.nextInt(13));
                for (int cpu = 0; cpu < percpu.cpus(); cpu++) {
                    long addr = percpu.perCpuPtr(pointer, cpu);
                    assertThat(memory.loadByte(addr)).isZero();
                    assertThat(memory.loadByte(addr + size - 1)).isZero();
                    memory.memset(addr, mark + 10 * cpu, size);
                }
                mine.add(new long[] {pointer, size});
            } else if (!mine.isEmpty()) {
                long[] object = mine.remove(random.nextInt(mine.size()));
                for (int cpu = 0; cpu < percpu.cpus(); cpu++) {
                    long addr = percpu.perCpuPtr(object[0], cpu);
                    assertThat(isFilled(memory, addr, object[1], mark + 10 * cpu)).isTrue();
                }
                percpu.freePercpu(object[0]);
            }
        }
        mine.forEach(object -> percpu.freePercpu(object[0]));
        return null;
    }

    private static boolean isFilled(KernelMemory memory, long addr, long size, int mark) {
        for (long i = 0; i < size; i++) {
            if (memory.loadByte(addr + i) != mark) {
                return false;
            }
        }
        return true;
    }

    private static void expectEmpty(TestMachine machine) {
        machine.vmalloc().purge();
        assertThat(machine.mm.ram().free()).isEqualTo(machine.mm.ram().total());
        assertThat(machine.reports()).isEmpty();
        machine.close();
    }

    private static void inThreads(List<Callable<Void>> bodies) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(bodies.size());
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (Callable<Void> body : bodies) {
                running.add(threads.submit(body));
            }
            for (Future<Void> future : running) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
