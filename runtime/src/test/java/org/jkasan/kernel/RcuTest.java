package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RcuTest {

    private final TestKernel machine =
            TestKernel.withKasan(
                    TestKernel.small().withCpus(2).withVmallocSize(512 << 20).withMem(128 << 20));
    private final Rcu rcu = machine.kernel.rcu();

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void callback_waitsForReadersThatHadBegun() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        AtomicBoolean left = new AtomicBoolean();
        Thread reader =
                new Thread(
                        () -> {
                            rcu.readLock();
                            rcu.readLock();
                            rcu.readUnlock();
                            inside.countDown();
                            await(leave);
                            left.set(true);
                            rcu.readUnlock();
                        });
        reader.start();
        inside.await();
        AtomicBoolean readerHadLeft = new AtomicBoolean();
        rcu.call(0, () -> readerHadLeft.set(left.get()));
        leave.countDown();
        rcu.barrier();
        assertThat(readerHadLeft).isTrue();
        reader.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void misuse_isRefusedInASentence() {
        assertThatThrownBy(rcu::readUnlock).isInstanceOf(IllegalStateException.class);
        rcu.readLock();
        assertThatThrownBy(rcu::synchronize)
                .hasMessageContaining(
                        "Illegal synchronize_rcu() in RCU read-side critical section");
        rcu.readUnlock();
        rcu.synchronize();
    }

    @Test
    void kfree_isLateAndItsCreationIsReported() {
        long p = machine.kernel.kmalloc().kmalloc(32);
        rcu.readLock();
        rcu.kfree(p);
        rcu.kfree(0);
        assertThat(machine.read(p)).isZero();
        rcu.readUnlock();
        rcu.barrier();
        assertThat(machine.reports()).isEmpty();
        machine.read(p);
        assertThat(machine.report())
                .contains("BUG: KASAN: slab-use-after-free")
                .contains("\nFreed by task ")
                .contains("\nLast potentially related work creation:\n");
    }

    @Test
    void kvfree_ofEitherKindIsLate() {
        long area = machine.kernel.vmalloc().vmalloc(100);
        long object = machine.kernel.kmalloc().kmalloc(32);
        rcu.readLock();
        rcu.kvfree(area, area);
        rcu.kvfree(object, object + 16);
        rcu.kvfree(0, 0);
        assertThat(machine.read(area + 99)).isZero();
        assertThat(machine.read(object + 31)).isZero();
        rcu.readUnlock();
        rcu.barrier();
        assertThat(machine.isValid(area)).isFalse();
        assertThat(machine.isValid(object)).isFalse();
        assertThat(machine.reports()).isEmpty();
        machine.read(object);
        assertThat(machine.report()).contains("\nLast potentially related work creation:\n");
    }

    @Test
    void kvfreeOfOneArgument_waitsWhereMuchIsLeftToDo() {
        for (int i = 0; i < 30_000; i++) {
            long area = machine.kernel.vmalloc().vmalloc(1);
            assertThat(area).as("area %s", i).isNotZero();
            rcu.kvfree(area);
        }
        rcu.kvfree(0);
        rcu.barrier();
        assertThat(machine.reports()).isEmpty();
        assertThat(machine.log).isEmpty();
    }

    @Test
    void kvfreeOfOneArgument_mayNotSleepInAReader() {
        long area = machine.kernel.vmalloc().vmalloc(1);
        rcu.readLock();
        assertThatThrownBy(() -> rcu.kvfree(area))
                .hasMessageContaining(
                        "Illegal kvfree_rcu_mightsleep() in RCU read-side critical section");
        rcu.readUnlock();
        machine.kernel.vmalloc().vfree(area);
        assertThat(machine.log).isEmpty();
    }

    @Test
    void workqueue_runsOnItsCpuAndNotesTwoCreations() {
        long p = machine.kernel.kmalloc().kmalloc(64);
        Workqueue queue = machine.kernel.workqueue();
        List<String> names = Collections.synchronizedList(new ArrayList<>());
        queue.queueOn(1, p, () -> names.add(Thread.currentThread().getName()));
        queue.queue(p + 8, () -> names.add("any"));
        queue.flush();
        assertThat(names).contains("kworker/1:0").hasSize(2);
        machine.kernel.kmalloc().kfree(p);
        machine.write(p + 63);
        assertThat(machine.report())
                .contains("\nLast potentially related work creation:\n")
                .contains("\nSecond to last potentially related work creation:\n");
        assertThatThrownBy(() -> queue.queueOn(2, 0, () -> {}))
                .hasMessageContaining("There is no CPU 2");
    }

    @Test
    void failingCallback_losesNoOther() {
        AtomicLong ran = new AtomicLong();
        rcu.call(
                0,
                () -> {
                    throw new IllegalStateException("mine");
                });
        rcu.call(0, ran::incrementAndGet);
        rcu.barrier();
        assertThat(ran).hasValue(1);
        assertThat(machine.log).anyMatch(line -> line.contains("mine"));
    }

    @Test
    void readers_neverSeeWhatWasFreed() throws InterruptedException {
        AtomicLong shared = new AtomicLong(machine.kernel.kmalloc().kmalloc(64));
        AtomicBoolean done = new AtomicBoolean();
        List<Thread> readers = new ArrayList<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 2; i++) {
            Thread reader = new Thread(() -> readUntil(done, shared));
            reader.setUncaughtExceptionHandler((dead, failure) -> failures.add(failure));
            reader.start();
            readers.add(reader);
        }
        for (int i = 0; i < 3_000; i++) {
            rcu.kfree(shared.getAndSet(machine.kernel.kmalloc().kmalloc(64)));
        }
        done.set(true);
        for (Thread reader : readers) {
            reader.join();
        }
        rcu.barrier();
        assertThat(failures).isEmpty();
        assertThat(machine.reports()).isEmpty();
        assertThat(machine.kernel.slab().liveObjects()).isEqualTo(1);
    }

    private void readUntil(AtomicBoolean done, AtomicLong shared) {
        while (!done.get()) {
            rcu.readLock();
            long object = shared.get();
            machine.read(object);
            Thread.onSpinWait();
            machine.read(object + 63);
            rcu.readUnlock();
        }
    }
}
