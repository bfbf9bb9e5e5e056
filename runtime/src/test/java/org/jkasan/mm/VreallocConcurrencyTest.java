package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Resizes that race with frees and with each other: afterwards nothing is lost, nothing open. */
class VreallocConcurrencyTest {

    private static final long SPACE = 64L << 20;
    private static final long MIB = 1L << 20;

    private final TestMachine machine = TestMachine.withCpus(2, SPACE);
    private final Vmalloc vmalloc = machine.vmalloc();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
        machine.close();
    }

    @Test
    void useThatIsPinned_isNotEndedBeforeItIsUnpinned() {
        VmStruct vm = new VmStruct(100, VmFlags.ALLOC, null);
        AtomicBoolean ending = new AtomicBoolean();
        AtomicBoolean unpinned = new AtomicBoolean();
        assertThat(vm.pin()).isTrue();
        CompletableFuture<Boolean> early =
                CompletableFuture.supplyAsync(
                        () -> {
                            ending.set(true);
                            boolean ended = vm.end(null);
                            return ended && !unpinned.get();
                        },
                        threads);
        while (!ending.get()) {
            Thread.yield();
        }
        for (int i = 0; i < 1000; i++) {
            Thread.yield();
        }
        assertThat(vm.isLive()).isTrue();
        unpinned.set(true);
        vm.unpin();
        assertThat(early.join()).isFalse();
        assertThat(vm.isLive()).isFalse();
        assertThat(vm.pin()).isFalse();
    }

    /** The free comes while the new area is allocated. */
    @Test
    void vreallocElsewhere_ofWhatIsFreedMeanwhile_copiesNothing() {
        long addr = vmalloc.vmalloc(100);
        AtomicBoolean first = new AtomicBoolean(true);
        machine.mm
                .ram()
                .failWhen(
                        pages -> {
                            if (first.getAndSet(false)) {
                                vmalloc.vfree(addr);
                            }
                            return false;
                        });
        assertThat(vmalloc.vrealloc(addr, 2 * PAGE)).isZero();
        machine.mm.ram().failWhen(null);
        assertThat(machine.log)
                .containsExactly(
                        "WARN Trying to vrealloc() nonexistent vm area (ffffc90000000000)");
        assertThat(machine.reports()).isEmpty();
        vmalloc.purge();
        assertThat(vmalloc.vmalloc(SPACE - PAGE)).isEqualTo(TestMachine.START);
    }

    @Test
    void vreallocInPlace_racingWithVfree_opensNoShadowOfAFreedArea() {
        AtomicLong addr = new AtomicLong();
        AtomicInteger open = new AtomicInteger();
        Runnable after =
                () -> {
                    for (long offset = 0; addr.get() != 0 && offset < MIB; offset += PAGE) {
                        long host = machine.host(addr.get() + offset);
                        open.addAndGet(machine.shadow().isAccessible(host, 1) ? 1 : 0);
                    }
                    addr.set(vmalloc.vmalloc(MIB));
                    vmalloc.vrealloc(addr.get(), 1);
                };
        inRounds(
                1000,
                after,
                () -> vmalloc.vfree(addr.get()),
                () -> vmalloc.vrealloc(addr.get(), MIB));
        assertThat(open.get()).isZero();
        assertThat(machine.reports()).isEmpty();
    }

    @Test
    void vreallocElsewhere_racingWithVfree_leavesOneOfThem() {
        AtomicLong addr = new AtomicLong();
        AtomicLong moved = new AtomicLong();
        inRounds(
                1000,
                () -> {
                    vmalloc.vfree(moved.get());
                    addr.set(vmalloc.vmalloc(16 * PAGE));
                },
                () -> vmalloc.vfree(addr.get()),
                () -> moved.set(vmalloc.vrealloc(addr.get(), 17 * PAGE)));
        vmalloc.vfree(addr.get());
        vmalloc.purge();
        assertThat(vmalloc.vmalloc(SPACE - PAGE)).isEqualTo(TestMachine.START);
    }

    /** Each slot holds an object, or nothing; all resize and free what they find. */
    @Test
    void randomResizes_keepInvariants() {
        AtomicLongArray slots = new AtomicLongArray(8);
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int thread = 0; thread < 3; thread++) {
            Random random = new Random(thread);
            running.add(
                    CompletableFuture.runAsync(
                            () -> {
                                for (int step = 0; step < 3000; step++) {
                                    resizeOne(slots, random);
                                }
                            },
                            threads));
        }
        running.forEach(CompletableFuture::join);
        assertThat(machine.log).isEmpty();
        assertThat(machine.reports()).isEmpty();
    }

    private void resizeOne(AtomicLongArray slots, Random random) {
        int slot = random.nextInt(slots.length());
        long addr = slots.getAndSet(slot, 0);
        long size = Math.max(random.nextInt(4 * PAGE), addr == 0 ? 1 : 0);
        long now = vmalloc.vrealloc(addr, size);
        if (now != 0) {
            long host = machine.host(now);
            boolean exact =
                    machine.shadow().isAccessible(host, size)
                            && !machine.shadow().isAccessible(host + size, 1)
                            && !machine.shadow().isAccessible(host + (size + 7 & -8), 1);
            if (!exact) {
                throw new AssertionError("not exactly " + size + " bytes are accessible");
            }
        }
        vmalloc.vfree(slots.getAndSet(slot, now));
    }

    /** Runs both at the same time, as nearly as two threads can, and something between rounds. */
    private void inRounds(int rounds, Runnable between, Runnable one, Runnable other) {
        AtomicInteger arrived = new AtomicInteger();
        CompletableFuture<Void> second =
                CompletableFuture.runAsync(
                        () -> {
                            for (int round = 0; round < rounds; round++) {
                                meet(arrived, 4 * round + 2);
                                other.run();
                                meet(arrived, 4 * round + 4);
                            }
                        },
                        threads);
        for (int round = 0; round < rounds; round++) {
            between.run();
            meet(arrived, 4 * round + 2);
            one.run();
            meet(arrived, 4 * round + 4);
        }
        second.join();
        between.run();
    }

    private static void meet(AtomicInteger arrived, int expected) {
        arrived.incrementAndGet();
        for (int spins = 0; arrived.get() < expected; spins++) {
            if (spins % 1000 == 999) {
                Thread.yield();
            }
            Thread.onSpinWait();
        }
    }
}
