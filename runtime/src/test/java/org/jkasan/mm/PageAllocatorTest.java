package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class PageAllocatorTest {

    private static final long START = TestMachine.START;

    /** So many pages of RAM under 1 MiB of vmalloc space. */
    private static TestMachine machine(long pages) {
        MemoryLayout x86 = Architecture.X86_64.layout();
        return TestMachine.withKasan(new MemoryConfig(x86, pages << 12, 1, 1 << 20, true));
    }

    @Test
    void pages_areTakenAllOrNone() {
        PageAllocator ram = new PageAllocator(10 << 12);
        assertThat(ram.total()).isEqualTo(10);
        assertThat(ram.take(7)).isTrue();
        assertThat(ram.take(4)).isFalse();
        assertThat(ram.free()).isEqualTo(3);
        assertThat(ram.take(3)).isTrue();
        assertThat(ram.take(1)).isFalse();
        ram.give(10);
        assertThat(ram.free()).isEqualTo(10);
    }

    @Test
    void injectedFailure_takesNothing() {
        PageAllocator ram = new PageAllocator(10 << 12);
        ram.failWhen(pages -> pages == 2);
        assertThat(ram.take(2)).isFalse();
        assertThat(ram.take(3)).isTrue();
        ram.failWhen(null);
        assertThat(ram.take(2)).isTrue();
        assertThat(ram.free()).isEqualTo(5);
    }

    @Test
    void takers_neverHaveMoreThanThereIs() throws InterruptedException {
        PageAllocator ram = new PageAllocator(100 << 12);
        AtomicInteger excess = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread =
                    new Thread(
                            () -> {
                                for (int n = 0; n < 20_000; n++) {
                                    if (ram.take(30)) {
                                        excess.addAndGet(ram.free() < 0 ? 1 : 0);
                                        ram.give(30);
                                    }
                                }
                            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(excess).hasValue(0);
        assertThat(ram.free()).isEqualTo(100);
    }

    /** What a CPU has at hand is there for the others, to the last page. */
    @Test
    void pagesAtHand_areHadByOthersWhenNoMoreAreLeft() {
        Cpus cpus = new Cpus(2);
        PageAllocator ram = new PageAllocator(64L << 20, cpus);
        long total = ram.total();
        assertThat(ram.take(1)).isTrue();
        assertThat(ram.free()).isEqualTo(total - 1);
        assertThat(onOtherCpu(cpus, () -> ram.take(total))).isFalse();
        assertThat(onOtherCpu(cpus, () -> ram.take(1) && ram.take(total - 2))).isTrue();
        assertThat(ram.free()).isZero();
        assertThat(ram.take(1)).isFalse();
        assertThat(onOtherCpu(cpus, () -> ram.take(1))).isFalse();
        ram.give(total);
        assertThat(onOtherCpu(cpus, () -> ram.take(1))).isTrue();
        assertThat(ram.take(total - 1)).isTrue();
        assertThat(ram.free()).isZero();
    }

    private static boolean onOtherCpu(Cpus cpus, BooleanSupplier action) {
        int here = cpus.current();
        AtomicInteger answer = new AtomicInteger(-1);
        while (answer.get() < 0) {
            Thread thread =
                    new Thread(
                            () -> {
                                if (cpus.current() != here) {
                                    answer.set(action.getAsBoolean() ? 1 : 0);
                                }
                            });
            thread.start();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return answer.get() == 1;
    }

    @Test
    void pagesThatACpuGivesButNeverTakes_comeBackToTheOthers() {
        Cpus cpus = new Cpus(2);
        PageAllocator ram = new PageAllocator(64L << 20, cpus);
        for (int i = 0; i < 2_000; i++) {
            assertThat(ram.take(2)).isTrue();
            onOtherCpu(
                    cpus,
                    () -> {
                        ram.give(2);
                        return true;
                    });
            if (i % 1000 == 0) {
                List<String> violations = new ArrayList<>();
                ram.check(violations::add);
                assertThat(violations).isEmpty();
            }
        }
        assertThat(ram.free()).isEqualTo(ram.total());
    }

    /** Each has a quarter at most, so nobody may ever be refused. */
    @Test
    void takersWithinTheirShare_areNeverRefused() throws InterruptedException {
        PageAllocator ram = new PageAllocator(40L << 20, new Cpus(2));
        long share = ram.total() / 4;
        AtomicInteger refused = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            long seed = i;
            Thread thread = new Thread(() -> takeAndGive(ram, share, new Random(seed), refused));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(refused).hasValue(0);
        assertThat(ram.free()).isEqualTo(ram.total());
        assertThat(ram.take(ram.total())).isTrue();
    }

    private static void takeAndGive(
            PageAllocator ram, long share, Random random, AtomicInteger refused) {
        for (int n = 0; n < 2_000; n++) {
            long held = 0;
            while (held < share) {
                int most = random.nextInt(8) == 0 ? 2000 : 40;
                long pages = Math.min(share - held, 1 + random.nextInt(most));
                if (!ram.take(pages)) {
                    refused.incrementAndGet();
                    break;
                }
                held += pages;
            }
            while (held > 0) {
                long pages = Math.min(held, 1 + random.nextInt(600));
                ram.give(pages);
                held -= pages;
            }
        }
    }

    @Test
    void vmalloc_takesItsPagesAndThoseOfItsShadow() {
        try (TestMachine machine = machine(16)) {
            PageAllocator ram = machine.mm.ram();
            long addr = machine.vmalloc().vmalloc(2 * TestMachine.PAGE + 1);
            assertThat(ram.free()).isEqualTo(16 - 3 - 1);
            long[] array = machine.vmalloc().vmallocLongs(1);
            assertThat(ram.free()).isEqualTo(16 - 3 - 1 - 1);
            machine.vmalloc().vfree(array);
            machine.vmalloc().vfree(addr);
            assertThat(ram.free()).isEqualTo(15);
            machine.vmalloc().purge();
            assertThat(ram.free()).isEqualTo(16);
        }
    }

    @Test
    void vmallocOfMoreThanIsLeft_failsAndKeepsNothing() {
        try (TestMachine machine = machine(16)) {
            PageAllocator ram = machine.mm.ram();
            long addr = machine.vmalloc().vmalloc(8 * TestMachine.PAGE);
            assertThat(ram.free()).isEqualTo(16 - 8 - 2);
            assertThat(machine.vmalloc().vmalloc(9 * TestMachine.PAGE)).isZero();
            assertThat(machine.vmalloc().vmallocBytes(9 * TestMachine.PAGE)).isNull();
            assertThat(ram.free()).isEqualTo(16 - 8 - 2);
            assertThat(machine.log)
                    .containsExactly(
                            "vmalloc error: size 36864, failed to allocate pages",
                            "vmalloc error: size 36864, failed to allocate pages");
            machine.vmalloc().vfree(addr);
        }
    }

    @Test
    void shadowThatHasNoPage_failsTheAllocationAndGivesItBack() {
        try (TestMachine machine = machine(8)) {
            PageAllocator ram = machine.mm.ram();
            assertThat(machine.vmalloc().vmalloc(8 * TestMachine.PAGE)).isZero();
            assertThat(machine.log)
                    .containsExactly("vmalloc error: size 32768, vm_struct allocation failed");
            assertThat(ram.free()).isEqualTo(8);
            long addr = machine.vmalloc().vmalloc(4 * TestMachine.PAGE);
            assertThat(addr).isNotZero();
            machine.vmalloc().vfree(addr);
            machine.vmalloc().purge();
            assertThat(machine.vmalloc().vmalloc(1)).isEqualTo(START);
        }
    }

    @Test
    void shadowThatOnlyAPurgeGivesBack_isHadByWhoeverMayBlock() {
        try (TestMachine machine = machine(8)) {
            long addr = machine.vmalloc().vmalloc(6 * TestMachine.PAGE);
            machine.vmalloc().vfree(addr);
            assertThat(machine.mm.ram().free()).isEqualTo(7);
            VmallocRequest high =
                    machine.vmalloc()
                            .request(7 * TestMachine.PAGE)
                            .within(START + 0x10000, START + 0x20000);
            assertThat(machine.vmalloc().vmallocNodeRange(high.with(Gfp.NOWAIT))).isZero();
            assertThat(machine.log).isEmpty();
            assertThat(machine.vmalloc().vmallocNodeRange(high)).isNotZero();
            assertThat(machine.mm.ram().free()).isZero();
        }
    }
}
