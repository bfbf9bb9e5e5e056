package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jkasan.InThreads;
import org.jkasan.mm.slab.Kmalloc;
import org.junit.jupiter.api.Test;

class SlabConcurrencyTest {

    private static final int THREADS = 4;
    private static final int STEPS = 20_000;

    @Test
    void objectsOfManyTasks_areNeverShared() throws InterruptedException {
        Kconfig config = TestKernel.small().withCpus(2).withMem(64 << 20);
        try (TestKernel machine = TestKernel.withKasan(config)) {
            List<Runnable> tasks = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                long mark = i + 1;
                tasks.add(() -> churn(machine, mark));
            }
            InThreads.run(tasks);
            assertThat(machine.reports()).isEmpty();
            assertThat(machine.kernel.slab().liveObjects()).isZero();
        }
    }

    private static void churn(TestKernel machine, long mark) {
        Kmalloc kmalloc = machine.kernel.kmalloc();
        Random random = new Random(mark);
        Deque<Long> mine = new ArrayDeque<>();
        for (int step = 0; step < STEPS; step++) {
            if (mine.size() > 50 || !mine.isEmpty() && random.nextBoolean()) {
                long object = mine.poll();
                assertThat(machine.memory().loadLong(object)).isEqualTo(mark);
                assertThat(machine.isValid(object + 7)).isTrue();
                kmalloc.kfree(object);
            } else {
                long object = kmalloc.kmalloc(8 + random.nextInt(4) * 300);
                machine.memory().storeLong(object, mark);
                mine.add(object);
            }
        }
        mine.forEach(kmalloc::kfree);
    }

    @Test
    void ofManyThatFreeAnObject_oneDoes() throws InterruptedException {
        try (TestKernel machine = TestKernel.withKasan(TestKernel.small().withCpus(2))) {
            Kmalloc kmalloc = machine.kernel.kmalloc();
            long[] objects = new long[2_000];
            for (int i = 0; i < objects.length; i++) {
                objects[i] = kmalloc.kmalloc(24);
            }
            AtomicInteger turn = new AtomicInteger();
            Runnable freeAll =
                    () -> {
                        turn.incrementAndGet();
                        while (turn.get() < 2) {
                            Thread.onSpinWait();
                        }
                        for (long object : objects) {
                            kmalloc.kfree(object);
                        }
                    };
            InThreads.run(2, freeAll);
            assertThat(machine.titles()).hasSize(objects.length).containsOnly("double-free");
            assertThat(machine.kernel.slab().quarantineBytes()).isEqualTo(2_000L * 64);
        }
    }

    @Test
    void quarantine_keepsItsLimitAndGivesBackInOrder() {
        Kconfig config = TestKernel.small().withCpus(1).withMem(128 << 20);
        try (TestKernel machine = TestKernel.withKasan(config)) {
            Kmalloc kmalloc = machine.kernel.kmalloc();
            long most = (128 << 20) / 32;
            for (int round = 0; round < 3; round++) {
                long[] objects = new long[4_000];
                for (int i = 0; i < objects.length; i++) {
                    objects[i] = kmalloc.kmalloc(2048);
                    assertThat(objects[i]).isNotZero();
                }
                for (long object : objects) {
                    kmalloc.kfree(object);
                    assertThat(machine.kernel.slab().quarantineBytes()).isLessThanOrEqualTo(most);
                }
            }
            assertThat(machine.kernel.slab().quarantineBytes()).isGreaterThan(most / 2);
            assertThat(machine.reports()).isEmpty();
        }
    }
}
