package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Mappings made on one CPU and unmapped on another, with purges and readers meanwhile. */
class VmapRamSoakTest {

    private static final int THREADS = 4;
    private static final int STEPS = 2500;
    private static final int PAGES = 100;
    private static final int MOST_LIVE = 60;

    private record Mapping(long addr, int first, int count) {}

    private final TestMachine machine = TestMachine.withCpus(THREADS, 128L << 20);
    private final VmapRam ram = machine.mm.vmapRam();
    private final KernelMemory memory = machine.memory();
    private final AtomicReference<Mapping> handedOver = new AtomicReference<>();
    private final long[] pfns = new long[PAGES];

    @Test
    void randomMappings_showTheirPagesAndLeaveNothing() throws Exception {
        for (int i = 0; i < PAGES; i++) {
            pfns[i] = machine.mm.frames().alloc();
            memory.storeLong(machine.mm.frames().address(pfns[i]), i);
        }
        inThreads(this::churn);
        unmap(handedOver.get());
        Invariants.check(machine.mm);
        machine.vmalloc().purge();
        assertThat(((VmallocShadow) machine.mm.space().kasan()).present()).isZero();
        assertThat(machine.reports()).isEmpty();
        assertThat(machine.log).isEmpty();
        machine.close();
    }

    @Test
    void unmappingsOfTheSameMapping_succeedOnce() throws Exception {
        long pfn = machine.mm.frames().alloc();
        int rounds = 300;
        long[] addrs = new long[rounds];
        for (int i = 0; i < rounds; i++) {
            addrs[i] = ram.vmMapRam(new long[] {pfn}, 1, VmallocRequest.ANY_NODE);
        }
        inThreads(
                thread -> {
                    for (long addr : addrs) {
                        ram.vmUnmapRam(addr, 1);
                    }
                });
        assertThat(machine.log).hasSize((THREADS - 1) * rounds);
        assertThat(machine.reports()).hasSize((THREADS - 1) * rounds);
        machine.close();
    }

    private void churn(int thread) {
        Random random = new Random(thread);
        List<Mapping> mine = new ArrayList<>();
        byte[] buf = new byte[4 * PAGE];
        for (int step = 0; step < STEPS; step++) {
            if (mine.size() < MOST_LIVE && random.nextInt(5) < 3) {
                mine.add(map(random));
            } else if (!mine.isEmpty()) {
                Mapping mapping = mine.remove(random.nextInt(mine.size()));
                check(mapping);
                unmap(random.nextInt(4) == 0 ? exchange(mapping) : mapping);
            }
            if (!mine.isEmpty() && random.nextInt(8) == 0) {
                read(mine.get(random.nextInt(mine.size())), buf);
            }
            if (random.nextInt(200) == 0) {
                machine.vmalloc().purge();
            }
        }
        mine.forEach(this::unmap);
    }

    private Mapping map(Random random) {
        int count = random.nextInt(20) == 0 ? 65 : 1 + random.nextInt(12);
        int first = random.nextInt(PAGES - count + 1);
        long[] some = new long[count];
        System.arraycopy(pfns, first, some, 0, count);
        long addr = ram.vmMapRam(some, count, VmallocRequest.ANY_NODE);
        if (addr == 0) {
            throw new AssertionError("not mapped: " + machine.log);
        }
        return new Mapping(addr, first, count);
    }

    /** Leaves a mapping to whoever comes next, and gets the one that was left. */
    private Mapping exchange(Mapping mapping) {
        Mapping left = handedOver.getAndSet(mapping);
        return left == null ? map(new Random(0)) : left;
    }

    private void check(Mapping mapping) {
        for (int i = 0; i < mapping.count; i++) {
            long addr = mapping.addr + (long) i * PAGE;
            long host = machine.host(addr);
            if (memory.loadLong(addr) != mapping.first + i
                    || !machine.shadow().isAccessible(host, 1)) {
                throw new AssertionError("another page, or none, at " + Long.toHexString(addr));
            }
        }
    }

    /** Other mappings lie around it, and end meanwhile; its own page is there. */
    private void read(Mapping mapping, byte[] buf) {
        int count = machine.vmalloc().vread(mapping.addr, buf, buf.length);
        if (count != buf.length || (buf[0] & 0xff) != mapping.first) {
            throw new AssertionError("read " + count + " bytes, the first " + buf[0]);
        }
    }

    private void unmap(Mapping mapping) {
        ram.vmUnmapRam(mapping.addr, mapping.count);
    }

    private interface Work {
        void run(int thread) throws Exception;
    }

    private static void inThreads(Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        AtomicInteger number = new AtomicInteger();
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            done.add(
                    pool.submit(
                            () -> {
                                work.run(number.getAndIncrement());
                                return null;
                            }));
        }
        for (Future<?> future : done) {
            future.get();
        }
        pool.shutdown();
    }
}
