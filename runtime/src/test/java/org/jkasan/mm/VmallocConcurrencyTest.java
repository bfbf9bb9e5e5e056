package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VmallocConcurrencyTest {

    private static final int THREADS = 4;
    private static final int STEPS = 4000;
    private static final long SPACE = 16L << 20;

    private final TestMachine machine = TestMachine.withKasan(SPACE);
    private final Vmalloc vmalloc = machine.vmalloc();
    private final KernelMemory memory = machine.memory();

    @Test
    void randomTraffic_keepsContentsAndInvariants() throws Exception {
        inThreads(
                thread -> {
                    Random random = new Random(thread);
                    List<long[]> mine = new ArrayList<>();
                    for (int step = 0; step < STEPS; step++) {
                        if (mine.size() < 40 && random.nextBoolean()) {
                            mine.add(allocate(1 + random.nextInt(5 * 4096), thread));
                        } else if (!mine.isEmpty()) {
                            free(mine.remove(random.nextInt(mine.size())), thread);
                        }
                        if (random.nextInt(500) == 0) {
                            vmalloc.purge();
                        }
                    }
                    mine.forEach(area -> free(area, thread));
                });
        vmalloc.purge();
        assertThat(machine.residentShadow(0, SPACE)).isZero();
        assertThat(machine.residentData(0, SPACE)).isZero();
        assertThat(machine.log).isEmpty();
        assertThat(machine.reports()).isEmpty();
        machine.close();
    }

    @Test
    void areaFreedByAll_isFreedOnceAndReportedByTheRest() throws Exception {
        int rounds = 200;
        for (int round = 0; round < rounds; round++) {
            long addr = vmalloc.vmalloc(100);
            inThreads(thread -> vmalloc.vfree(addr));
        }
        assertThat(machine.reports()).hasSize(rounds * (THREADS - 1));
        assertThat(machine.log).hasSize(rounds * (THREADS - 1));
        machine.close();
    }

    @Test
    void addressSpaceThatIsOftenExhausted_loseNothing() throws Exception {
        TestMachine tiny = TestMachine.withKasan(1 << 18);
        AtomicLong failures = new AtomicLong();
        inThreads(
                thread -> {
                    for (int step = 0; step < 500; step++) {
                        long addr = tiny.vmalloc().vmalloc(9 * 4096);
                        if (addr == 0) {
                            failures.incrementAndGet();
                        } else {
                            tiny.memory().storeLong(addr, addr);
                            tiny.vmalloc().vfree(addr);
                        }
                    }
                });
        assertThat(tiny.log).hasSize(failures.intValue());
        tiny.vmalloc().purge();
        assertThat(tiny.residentShadow(0, 1 << 18)).isZero();
        tiny.close();
        machine.close();
    }

    private long[] allocate(int size, int thread) {
        long addr = vmalloc.vmalloc(size);
        assertThat(addr).isNotZero();
        long host = machine.host(addr);
        assertThat(TestMachine.SANITIZER.shadow().isAccessible(host, size)).isTrue();
        assertThat(TestMachine.SANITIZER.shadow().isAccessible(host + size, 1)).isFalse();
        memory.memset(addr, thread + 1, size);
        return new long[] {addr, size};
    }

    private void free(long[] area, int thread) {
        byte[] bytes = new byte[(int) area[1]];
        memory.copyOut(area[0], bytes, 0, bytes.length);
        for (byte b : bytes) {
            if (b != thread + 1) {
                throw new AssertionError("another thread wrote " + b);
            }
        }
        assertThat(TestMachine.SANITIZER.shadow().isAccessible(machine.host(area[0]), area[1]))
                .isTrue();
        vmalloc.vfree(area[0]);
    }

    private interface Body {
        void run(int thread) throws Exception;
    }

    private static void inThreads(Body body) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                running.add(
                        threads.submit(
                                () -> {
                                    body.run(thread);
                                    return null;
                                }));
            }
            for (Future<?> future : running) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
