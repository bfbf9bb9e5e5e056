package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jkasan.mm.KernelOops;
import org.jkasan.mm.Vmalloc;
import org.junit.jupiter.api.Test;

class InterruptTest {

    private static final int THREADS = 4;

    @Test
    void vfreeInAnInterrupt_isDoneByTheWorker() {
        try (TestKernel machine = TestKernel.withKasan()) {
            Kernel kernel = machine.kernel;
            long addr = kernel.vmalloc().vmalloc(100);
            kernel.interrupt(
                    () -> {
                        assertThat(kernel.inInterrupt()).isTrue();
                        kernel.vmalloc().vfree(addr);
                    });
            assertThat(kernel.inInterrupt()).isFalse();
            kernel.flushWork();
            assertThat(machine.isValid(addr)).isFalse();
            assertThatThrownBy(() -> machine.read(addr)).isInstanceOf(KernelOops.class);
            assertThat(machine.report()).contains("vmalloc-use-after-free");
        }
    }

    @Test
    void interruptOfOneKernel_isNoneOfAnother() {
        try (TestKernel one = TestKernel.withoutKasan();
                TestKernel other = TestKernel.withoutKasan()) {
            one.kernel.interrupt(
                    () -> {
                        assertThat(other.kernel.inInterrupt()).isFalse();
                        assertThat(other.kernel.vmalloc().vmalloc(1)).isNotZero();
                        assertThat(one.kernel.vmalloc().vmalloc(1)).isZero();
                    });
        }
    }

    @Test
    void close_doesWhatWaits() {
        TestKernel machine = TestKernel.withKasan();
        Kernel kernel = machine.kernel;
        long free = kernel.ram().free();
        for (int i = 0; i < 50; i++) {
            kernel.vmalloc().vfreeAtomic(kernel.vmalloc().vmalloc(1));
        }
        kernel.close();
        assertThat(kernel.ram().free()).isGreaterThanOrEqualTo(free - 25);
        assertThat(machine.reports()).isEmpty();
        assertThat(machine.log).isEmpty();
    }

    /** Each area is freed by two threads, in an interrupt or not: by one of them. */
    @Test
    void areasFreedByManyThreads_areFreedOnceEach() {
        Kconfig config = TestKernel.small().withCpus(3).withVmallocSize(64 << 20);
        try (TestKernel machine = TestKernel.withKasan(config)) {
            Kernel kernel = machine.kernel;
            Vmalloc vmalloc = kernel.vmalloc();
            int areas = 1000;
            long[] addr = new long[areas];
            for (int i = 0; i < areas; i++) {
                addr[i] = vmalloc.vmalloc(1 + i);
            }
            AtomicInteger next = new AtomicInteger();
            inThreads(
                    () -> {
                        int i = next.getAndIncrement();
                        while (i < 2 * areas) {
                            long mine = addr[i % areas];
                            if (i % 3 == 0) {
                                vmalloc.vfree(mine);
                            } else {
                                kernel.interrupt(() -> vmalloc.vfree(mine));
                            }
                            i = next.getAndIncrement();
                        }
                    });
            kernel.flushWork();
            assertThat(machine.log.stream().filter(line -> line.startsWith("Trying to vfree()")))
                    .hasSize(areas);
            assertThat(machine.reports().size()).isLessThanOrEqualTo(areas);
            vmalloc.purge();
            assertThat(vmalloc.vmalloc((64 << 20) - 4096)).isNotZero();
        }
    }

    @Test
    void work_isDoneInOrderAndGoesOnAfterAFailure() {
        List<String> log = new ArrayList<>();
        List<Integer> order = new ArrayList<>();
        KernelWorker worker = new KernelWorker("kworker/0:0", new Printk(log::add));
        worker.flush();
        for (int i = 0; i < 100; i++) {
            int number = i;
            worker.schedule(() -> order.add(number));
        }
        worker.schedule(
                () -> {
                    throw new IllegalStateException("bad work");
                });
        worker.schedule(worker::flush);
        worker.schedule(() -> order.add(100));
        worker.close();
        assertThat(order).hasSize(101).isSorted();
        assertThat(log)
                .contains("kworker/0:0: java.lang.IllegalStateException: bad work")
                .anyMatch(line -> line.contains("cannot wait for itself"));
        worker.close();
        assertThatThrownBy(() -> worker.schedule(() -> {})).hasMessageContaining("closed");
    }

    @Test
    void flush_keepsTheInterruptOfItsThread() {
        KernelWorker worker = new KernelWorker("kworker/0:0", new Printk(line -> {}));
        List<Integer> done = new ArrayList<>();
        worker.schedule(() -> done.add(1));
        Thread.currentThread().interrupt();
        worker.flush();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(done).containsExactly(1);
        worker.close();
    }

    private static void inThreads(Runnable body) {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(CompletableFuture.runAsync(body, threads));
            }
            running.forEach(CompletableFuture::join);
        } finally {
            threads.shutdownNow();
        }
    }
}
