package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A kernel in which every free is purged at once. */
class VmallocStrictTest {

    private static final long SIZE = 128L << 20;
    private static final int CPUS = 2;

    private final TestMachine machine =
            TestMachine.withKasan(
                    new MemoryConfig(Architecture.X86_64.layout(), 1L << 30, CPUS, SIZE, true)
                            .strict());
    private final Vmalloc vmalloc = machine.vmalloc();

    @AfterEach
    void close() {
        machine.close();
    }

    private void expectNothingLeft() {
        assertThat(machine.mm.space().areas().lazyPages()).isZero();
        assertThat(machine.mm.space().areas().pooledPages()).isZero();
        assertThat(machine.residentShadow(0, SIZE)).isZero();
        assertThat(machine.residentData(0, SIZE)).isZero();
        assertThat(machine.mm.ram().free()).isEqualTo(machine.mm.ram().total());
    }

    @Test
    void free_leavesNothing() {
        long addr = vmalloc.vmalloc(3 * PAGE - 8);
        machine.memory().memset(addr, 1, 3 * PAGE);
        assertThat(machine.residentShadow(0, SIZE)).isEqualTo(1);
        vmalloc.vfree(addr);
        expectNothingLeft();
        assertThat(vmalloc.vmalloc(1)).isEqualTo(START);
    }

    @Test
    void sharedWindow_goesWithItsLastArea() {
        long[] addr = new long[4];
        for (int i = 0; i < 4; i++) {
            addr[i] = vmalloc.vmalloc(PAGE - 8);
        }
        for (int i : new int[] {2, 0, 3}) {
            vmalloc.vfree(addr[i]);
            assertThat(machine.residentShadow(0, SIZE)).isEqualTo(1);
            Invariants.check(machine.mm);
        }
        vmalloc.vfree(addr[1]);
        expectNothingLeft();
    }

    @Test
    void freesInAnyOrder_leaveNothing() {
        Random random = new Random(1);
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            addresses.add(vmalloc.vmalloc(1 + random.nextInt(20 * PAGE)));
        }
        Collections.shuffle(addresses, random);
        addresses.forEach(vmalloc::vfree);
        expectNothingLeft();
    }

    @Test
    void freesOfSeveralThreads_leaveNothing() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int seed = i;
            threads.add(new Thread(() -> churn(new Random(seed)), "churn " + i));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        expectNothingLeft();
    }

    private void churn(Random random) {
        long[] live = new long[16];
        for (int i = 0; i < 1000; i++) {
            int at = random.nextInt(live.length);
            vmalloc.vfree(live[at]);
            live[at] = vmalloc.vmalloc(1 + random.nextInt(9 * PAGE));
        }
        for (long addr : live) {
            vmalloc.vfree(addr);
        }
    }

    @Test
    void freedArea_isForgotten() {
        long addr = vmalloc.vmalloc(PAGE);
        vmalloc.vfree(addr);
        vmalloc.vfree(addr);
        assertThat(machine.reports()).isEmpty();
        assertThat(machine.log).hasSize(1).first().asString().contains("nonexistent vm area");
    }

    @Test
    void allocationWithoutShadow_leavesNothing() {
        machine.mm.ram().failWhen(pages -> pages == 1);
        assertThat(vmalloc.vmalloc(2 * PAGE)).isZero();
        machine.mm.ram().failWhen(null);
        expectNothingLeft();
    }
}
