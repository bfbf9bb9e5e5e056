package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jkasan.shadow.ShadowByte;

/**
 * A machine of several CPUs, and what of its vmalloc space should be accessible: a plain array with
 * what each shadow byte should say, which knows of objects and of nothing else.
 */
final class MemoryModel {

    private static final int CPUS = 4;
    private static final int PFNS = 80;
    private static final int MOST_LIVE = 40;
    private static final long SPACE = 64L << 20;
    private static final int GRANULE = 8;

    /** Granules whose shadow is one page. */
    private static final int WINDOW = (int) MemoryLayout.MEMORY_PER_SHADOW_PAGE / GRANULE;

    /** An object, and how it ends. */
    private record Live(long start, long size, boolean canResize, LongConsumer end) {}

    private final TestMachine machine = TestMachine.withCpus(CPUS, SPACE);
    private final CpuThreads cpus = new CpuThreads(machine.mm.cpus());
    private final long[] pfns = new long[PFNS];
    private final byte[] expected = new byte[(int) (SPACE / GRANULE)];

    /** How many granules of each window are not closed. */
    private final int[] opened = new int[expected.length / WINDOW];

    private final List<Live> live = new ArrayList<>();

    /** Ended, and known to wait for a purge. */
    private final List<Live> waiting = new ArrayList<>();

    private int reports;

    MemoryModel() {
        Arrays.fill(expected, ShadowByte.VMALLOC_INVALID);
        Arrays.setAll(pfns, i -> machine.mm.frames().alloc());
    }

    /** Something that is done on a CPU, perhaps with an allocation of RAM that fails. */
    record Where(int cpu, int failing) {}

    private long on(Where where, LongSupplier operation) {
        long[] result = new long[1];
        AtomicInteger count = new AtomicInteger();
        if (where.failing > 0) {
            machine.mm.ram().failWhen(pages -> count.incrementAndGet() == where.failing);
        }
        cpus.on(where.cpu, () -> result[0] = operation.getAsLong());
        machine.mm.ram().failWhen(null);
        if (where.failing > 0 && count.get() >= where.failing) {
            waiting.clear(); // what failed may have been tried again after a purge
        } else {
            assertThat(result[0]).as("an address, where nothing failed").isNotZero();
        }
        return result[0];
    }

    private boolean isFull() {
        return live.size() >= MOST_LIVE;
    }

    void vmalloc(Where where, int size) {
        if (!isFull()) {
            long addr = on(where, () -> machine.vmalloc().vmalloc(size));
            begin(addr, size, true, machine.vmalloc()::vfree);
        }
    }

    void array(Where where, int size) {
        if (isFull()) {
            return;
        }
        byte[][] array = new byte[1][];
        long addr =
                on(
                        where,
                        () -> {
                            array[0] = machine.vmalloc().vmallocBytes(size);
                            return array[0] == null ? 0 : machine.vmalloc().addressOf(array[0]);
                        });
        begin(addr, size, false, a -> machine.vmalloc().vfree(array[0]));
    }

    void vmap(Where where, int count) {
        if (!isFull()) {
            long addr = on(where, () -> machine.mm.vmap().vmap(pfns, count, 0));
            begin(addr, (long) count * PAGE, false, machine.mm.vmap()::vunmap);
            checkAliases(addr, count);
        }
    }

    void vmMapRam(Where where, int count) {
        if (!isFull()) {
            VmapRam ram = machine.mm.vmapRam();
            long addr = on(where, () -> ram.vmMapRam(pfns, count, 0));
            begin(addr, (long) count * PAGE, false, a -> ram.vmUnmapRam(a, count));
            checkAliases(addr, count);
        }
    }

    /** What is written to a mapping is in RAM. */
    private void checkAliases(long addr, int count) {
        for (int i = 0; addr != 0 && i < count; i++) {
            machine.memory().storeLong(addr + (long) i * PAGE, addr + i);
            long there = machine.memory().loadLong(machine.mm.frames().address(pfns[i]));
            assertThat(there).isEqualTo(addr + i);
        }
    }

    private void begin(long addr, long size, boolean canResize, LongConsumer end) {
        if (addr != 0) {
            assertThat(addr % PAGE).isZero();
            assertThat(live).noneMatch(o -> o.start < addr + size && addr < o.start + o.size);
            live.add(new Live(addr, size, canResize, end));
            expect(addr, size, true);
        }
    }

    private void expect(long addr, long size, boolean open) {
        long end = addr + size;
        for (long at = addr; at < end; at += GRANULE) {
            int granule = (int) ((at - START) / GRANULE);
            byte left = (byte) (end - at < GRANULE ? end - at : 0);
            expected[granule] = open ? left : ShadowByte.VMALLOC_INVALID;
            opened[granule / WINDOW] += open ? 1 : -1;
        }
    }

    void end(int cpu, int pick) {
        if (!live.isEmpty()) {
            Live object = live.remove(pick % live.size());
            cpus.on(cpu, () -> object.end.accept(object.start));
            expect(object.start, object.size, false);
            waiting.removeIf(other -> other.start == object.start);
            waiting.add(object);
        }
    }

    void endAgain(int cpu, int pick) {
        waiting.removeIf(old -> live.stream().anyMatch(o -> o.start == old.start));
        if (!waiting.isEmpty()) {
            Live object = waiting.get(pick % waiting.size());
            cpus.on(cpu, () -> object.end.accept(object.start));
            reports++;
        }
    }

    void resize(Where where, int pick, int size) {
        List<Live> objects = live.stream().filter(Live::canResize).toList();
        if (objects.isEmpty()) {
            return;
        }
        Live old = objects.get(pick % objects.size());
        long addr = on(where, () -> machine.vmalloc().vrealloc(old.start, size));
        if (addr == 0) {
            return;
        }
        live.remove(old);
        expect(old.start, old.size, false);
        begin(addr, size, true, old.end);
        if (addr != old.start) {
            waiting.removeIf(other -> other.start == old.start);
            waiting.add(old);
        }
    }

    /** As a free does that goes over the limit: areas go to pools. */
    void purgeSome(int cpu) {
        cpus.on(cpu, machine.mm.space().purge()::tryPurge);
        waiting.clear();
    }

    void purge(int cpu) {
        cpus.on(cpu, machine.vmalloc()::purge);
        waiting.clear();
    }

    /** Compares every shadow byte that exists with what it should be. */
    void check() {
        assertThat(machine.reports()).hasSize(reports);
        for (int window = 0; window < opened.length; window++) {
            long start = START + window * MemoryLayout.MEMORY_PER_SHADOW_PAGE;
            if (shadow().isPopulated(start)) {
                checkWindow(window * WINDOW, start);
            } else {
                assertThat(opened[window]).as("open granules without shadow").isZero();
            }
        }
    }

    private void checkWindow(int first, long start) {
        for (int i = 0; i < WINDOW; i++) {
            long addr = start + (long) i * GRANULE;
            byte actual = shadow().shadowOf(addr);
            if (actual != expected[first + i]) {
                throw new AssertionError(
                        String.format("%x: %d, not %d", addr, actual, expected[first + i]));
            }
        }
    }

    private VmallocShadow shadow() {
        return (VmallocShadow) machine.mm.space().kasan();
    }

    /** Ends everything, after which nothing is left. */
    void close() {
        Invariants.check(machine.mm);
        while (!live.isEmpty()) {
            end(0, 0);
        }
        purge(0);
        check();
        for (long pfn : pfns) {
            machine.mm.frames().free(pfn);
        }
        assertThat(machine.mm.ram().free()).isEqualTo(machine.mm.ram().total());
        assertThat(shadow().present()).isZero();
        machine.close();
        cpus.close();
    }
}
