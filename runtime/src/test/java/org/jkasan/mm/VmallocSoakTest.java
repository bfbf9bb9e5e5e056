package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four threads on random operations; whatever holds alone must hold then, and at the end all. */
class VmallocSoakTest {

    private static final int THREADS = 4;
    private static final int STEPS = 4000;
    private static final long SPACE = 128L << 20;

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void randomOperations_loseNothingAndReportNothing(int cpus) {
        TestMachine machine = TestMachine.withCpus(cpus, SPACE);
        inThreads(thread -> new Worker(machine, thread).run());
        assertThat(machine.reports()).isEmpty();
        machine.vmalloc().purge();
        assertThat(machine.residentShadow(0, SPACE)).isZero();
        assertThat(machine.residentData(0, SPACE)).isZero();
        assertThat(machine.vmalloc().vmalloc(SPACE - TestMachine.PAGE))
                .isEqualTo(TestMachine.START);
        machine.close();
    }

    @Test
    void areaFreedByAll_isFreedOnceAndReportedByTheRest() {
        TestMachine machine = TestMachine.withCpus(4, SPACE);
        int rounds = 200;
        for (int round = 0; round < rounds; round++) {
            long addr = machine.vmalloc().vmalloc(100);
            inThreads(thread -> machine.vmalloc().vfree(addr));
        }
        assertThat(machine.reports()).hasSize(rounds * (THREADS - 1));
        assertThat(machine.log).hasSize(rounds * (THREADS - 1));
        machine.close();
    }

    @Test
    void areasFreedByOthers_comeBack() {
        TestMachine machine = TestMachine.withCpus(2, SPACE);
        AtomicInteger freed = new AtomicInteger();
        List<List<Long>> handed = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            handed.add(new ArrayList<>());
        }
        for (int round = 0; round < 20; round++) {
            inThreads(
                    thread -> {
                        for (int i = 0; i < 100; i++) {
                            handed.get(thread).add(machine.vmalloc().vmalloc(50 * 4096));
                        }
                    });
            inThreads(
                    thread -> {
                        List<Long> others = handed.get((thread + 1) % THREADS);
                        others.forEach(machine.vmalloc()::vfree);
                        freed.addAndGet(others.size());
                        others.clear();
                    });
        }
        assertThat(freed).hasValue(20 * 100 * THREADS);
        assertThat(machine.log).isEmpty();
        machine.close();
    }

    private interface Body {
        void run(int thread);
    }

    private static void inThreads(Body body) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                running.add(CompletableFuture.runAsync(() -> body.run(thread), threads));
            }
            running.forEach(CompletableFuture::join);
        } finally {
            threads.shutdownNow();
        }
    }

    /** One thread's areas, each of which says on its first and last byte whose it is. */
    private static final class Worker {

        private record Area(long addr, int size, byte[] array) {}

        private final TestMachine machine;
        private final Vmalloc vmalloc;
        private final byte mark;
        private final Random random;
        private final List<Area> mine = new ArrayList<>();

        Worker(TestMachine machine, int thread) {
            this.machine = machine;
            this.vmalloc = machine.vmalloc();
            this.mark = (byte) (thread + 1);
            this.random = new Random(thread);
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                switch (random.nextInt(mine.size() < 20 ? 12 : 8)) {
                    case 0, 1, 2, 3, 4, 5, 6 -> free();
                    case 7 -> purgeSometimes();
                    case 8 -> allocateArray();
                    case 9 -> allocateAligned();
                    default -> allocate();
                }
            }
            while (!mine.isEmpty()) {
                free();
            }
        }

        private int size() {
            int pages = random.nextInt(4) == 0 ? 1 + random.nextInt(300) : 1 + random.nextInt(4);
            return pages * TestMachine.PAGE - random.nextInt(20);
        }

        private void allocate() {
            int size = size();
            take(new Area(vmalloc.vmalloc(size), size, null));
        }

        private void allocateAligned() {
            int size = size();
            long align = 4096L << random.nextInt(6);
            VmallocRequest request = vmalloc.request(size).aligned(align).zeroed();
            long addr = vmalloc.vmallocNodeRange(request);
            check(addr % align == 0, "not aligned");
            check(addr == 0 || machine.memory().loadByte(addr + size - 1) == 0, "not zeroed");
            take(new Area(addr, size, null));
        }

        private void allocateArray() {
            byte[] array = vmalloc.vmallocBytes(size());
            if (array != null) {
                take(new Area(vmalloc.addressOf(array), array.length, array));
            }
        }

        private void take(Area area) {
            if (area.addr == 0) {
                return;
            }
            if (area.array == null) {
                machine.memory().storeByte(area.addr, mark);
                machine.memory().storeByte(area.addr + area.size - 1, mark);
            }
            checkShadow(area);
            mine.add(area);
        }

        private void free() {
            if (mine.isEmpty()) {
                return;
            }
            Area area = mine.remove(random.nextInt(mine.size()));
            checkShadow(area);
            if (area.array != null) {
                vmalloc.vfree(area.array);
                return;
            }
            check(machine.memory().loadByte(area.addr) == mark, "another wrote");
            check(machine.memory().loadByte(area.addr + area.size - 1) == mark, "another wrote");
            vmalloc.vfree(area.addr);
        }

        private void checkShadow(Area area) {
            long host = machine.host(area.addr);
            check(machine.shadow().isAccessible(host, area.size), "not all valid");
            check(!machine.shadow().isAccessible(host + area.size, 1), "valid behind");
        }

        private void purgeSometimes() {
            if (random.nextInt(100) == 0) {
                vmalloc.purge();
            }
        }

        private static void check(boolean holds, String otherwise) {
            if (!holds) {
                throw new AssertionError(otherwise);
            }
        }
    }
}
