package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Resizes that race with frees and with each other: afterwards nothing is lost, nothing open. */
class VreallocConcurrencyTest {

    private static final int THREADS = 3;
    private static final long SPACE = 64L << 20;

    private final TestMachine machine = TestMachine.withCpus(2, SPACE);
    private final Vmalloc vmalloc = machine.vmalloc();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void close() {
        threads.shutdownNow();
        machine.close();
    }

    @Test
    void vreallocInPlace_racingWithVfree_opensNoShadowOfAFreedArea() {
        for (int round = 0; round < 2000; round++) {
            long addr = vmalloc.vmalloc(100);
            int grown = 1 + round % PAGE;
            AtomicLong resized = new AtomicLong();
            together(
                    () -> vmalloc.vfree(addr),
                    () -> resized.set(vmalloc.vrealloc(addr, grown)),
                    () -> vmalloc.vrealloc(addr, 1));
            assertThat(resized.get()).isIn(0L, addr);
            for (int granule = 0; granule < PAGE; granule += 8) {
                if (machine.shadow().isValid1(machine.host(addr + granule))) {
                    throw new AssertionError("open at " + granule + " in round " + round);
                }
            }
        }
        assertThat(machine.reports()).isEmpty();
    }

    @Test
    void vreallocElsewhere_racingWithVfree_leavesOneOfThem() {
        for (int round = 0; round < 1000; round++) {
            long addr = vmalloc.vmalloc(100);
            AtomicLong first = new AtomicLong();
            AtomicLong second = new AtomicLong();
            together(
                    () -> vmalloc.vfree(addr),
                    () -> first.set(vmalloc.vrealloc(addr, 2 * PAGE)),
                    () -> second.set(vmalloc.vrealloc(addr, 3 * PAGE)));
            assertThat(first.get() == 0 || second.get() == 0).isTrue();
            vmalloc.vfree(first.get());
            vmalloc.vfree(second.get());
        }
        vmalloc.purge();
        assertThat(vmalloc.vmalloc(SPACE - PAGE)).isEqualTo(TestMachine.START);
    }

    /** Each slot holds an object, or nothing; all resize and free what they find. */
    @Test
    void randomResizes_keepInvariants() {
        AtomicLongArray slots = new AtomicLongArray(8);
        List<Runnable> bodies = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            Random random = new Random(thread);
            bodies.add(
                    () -> {
                        for (int step = 0; step < 3000; step++) {
                            int slot = random.nextInt(slots.length());
                            long addr = slots.getAndSet(slot, 0);
                            long size = random.nextInt(4 * PAGE);
                            long now = vmalloc.vrealloc(addr, Math.max(size, addr == 0 ? 1 : 0));
                            check(now, size);
                            vmalloc.vfree(slots.getAndSet(slot, now));
                        }
                    });
        }
        together(bodies.toArray(Runnable[]::new));
        assertThat(machine.log).isEmpty();
        assertThat(machine.reports()).isEmpty();
    }

    private void check(long addr, long size) {
        if (addr != 0 && size > 0) {
            long host = machine.host(addr);
            boolean exact =
                    machine.shadow().isValid(host, size)
                            && !machine.shadow().isValid1(host + size)
                            && !machine.shadow().isValid1(host + (size + 7 & -8));
            if (!exact) {
                throw new AssertionError("not exactly " + size + " bytes are accessible");
            }
        }
    }

    private void together(Runnable... bodies) {
        CyclicBarrier start = new CyclicBarrier(bodies.length);
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (Runnable body : bodies) {
            running.add(
                    CompletableFuture.runAsync(
                            () -> {
                                await(start);
                                body.run();
                            },
                            threads));
        }
        running.forEach(CompletableFuture::join);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
