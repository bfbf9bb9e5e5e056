package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;
import static org.jkasan.mm.TestMachine.START;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
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

    private static final int HUGE = 2 << 20;

    /** As many as leave room for everything else. */
    private static final int MOST_HUGE = 4;

    /** What may be done with an object. */
    private enum Kind {
        PLAIN,
        ARRAY,
        BUFFER,
        MAPPING,
        PERCPU;

        boolean canResize() {
            return this == PLAIN;
        }

        /** Whether an interrupt may end it. */
        boolean canDefer() {
            return this == PLAIN || hasHostAddress();
        }

        /** Whether the shadow bytes alone decide about an access. */
        boolean hasHostAddress() {
            return this == ARRAY || this == BUFFER;
        }

        /** Whether to end it again is no BUG. */
        boolean canEndAgain() {
            return this != PERCPU;
        }
    }

    /** An object, and how it ends. */
    private record Live(long start, long size, Kind kind, LongConsumer end) {

        boolean overlaps(Live other) {
            return start < other.start + other.size && other.start < start + size;
        }
    }

    private final TestMachine machine = TestMachine.withCpus(CPUS, SPACE);
    private final CpuThreads cpus = new CpuThreads(machine.mm.cpus());
    private final long[] pfns = new long[PFNS];
    private final byte[] expected = new byte[(int) (SPACE / GRANULE)];

    /** How many granules of each window are not closed. */
    private final int[] opened = new int[expected.length / WINDOW];

    private final List<Live> live = new ArrayList<>();

    /** Ended in an interrupt, and as they were until the worker looks. */
    private final List<Live> deferred = new ArrayList<>();

    private final Queue<Runnable> work = new ArrayDeque<>();

    /** Ended, and known to wait for a purge. */
    private final List<Live> waiting = new ArrayList<>();

    private final PercpuAreas percpu = machine.percpuAreas();

    private int reports;

    MemoryModel() {
        Arrays.fill(expected, ShadowByte.VMALLOC_INVALID);
        Arrays.setAll(pfns, i -> machine.mm.frames().alloc());
        machine.mm.deferWorkTo(work::add);
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
            begin(addr, size, Kind.PLAIN, machine.vmalloc()::vfree);
        }
    }

    void huge(Where where, int more) {
        if (!isFull() && live.stream().filter(o -> o.size >= HUGE).count() < MOST_HUGE) {
            long addr = on(where, () -> machine.vmalloc().vmallocHuge(HUGE + more));
            begin(addr, HUGE + more, Kind.PLAIN, machine.vmalloc()::vfree);
        }
    }

    /** The areas of a percpu chunk with two groups of so many pages. */
    void percpu(Where where, int pages) {
        if (isFull()) {
            return;
        }
        long size = (long) pages * PAGE;
        long[] offsets = {0, 2 * size};
        CongruentAreas wanted = new CongruentAreas(offsets, new long[] {size, size}, PAGE);
        List<VmapArea> areas = new ArrayList<>();
        on(
                where,
                () -> {
                    List<VmapArea> got = percpu.allocate(wanted);
                    areas.addAll(got == null ? List.of() : got);
                    return areas.isEmpty() ? 0 : areas.get(0).start;
                });
        for (VmapArea area : areas) {
            begin(area.start, size, Kind.PERCPU, addr -> percpu.free(List.of(area)));
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
        begin(addr, size, Kind.ARRAY, a -> machine.vmalloc().vfree(array[0]));
    }

    void buffer(Where where, int size) {
        if (isFull()) {
            return;
        }
        ByteBuffer[] buffer = new ByteBuffer[1];
        long addr =
                on(
                        where,
                        () -> {
                            buffer[0] = machine.vmalloc().vmallocBuffer(size);
                            return buffer[0] == null ? 0 : machine.vmalloc().addressOf(buffer[0]);
                        });
        begin(addr, size, Kind.BUFFER, a -> machine.vmalloc().vfree(buffer[0]));
    }

    void vmap(Where where, int count) {
        if (!isFull()) {
            long addr = on(where, () -> machine.mm.vmap().vmap(pfns, count, 0));
            begin(addr, (long) count * PAGE, Kind.MAPPING, machine.mm.vmap()::vunmap);
            checkAliases(addr, count);
        }
    }

    void vmMapRam(Where where, int count) {
        if (!isFull()) {
            VmapRam ram = machine.mm.vmapRam();
            long addr = on(where, () -> ram.vmMapRam(pfns, count, 0));
            begin(addr, (long) count * PAGE, Kind.MAPPING, a -> ram.vmUnmapRam(a, count));
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

    private void begin(long addr, long size, Kind kind, LongConsumer end) {
        if (addr != 0) {
            assertThat(addr % PAGE).isZero();
            Live object = new Live(addr, size, kind, end);
            assertThat(live).noneMatch(object::overlaps);
            assertThat(deferred).noneMatch(object::overlaps);
            live.add(object);
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
            ended(object);
        }
    }

    private void ended(Live object) {
        expect(object.start, object.size, false);
        waiting.removeIf(other -> other.start == object.start);
        if (object.kind.canEndAgain()) {
            waiting.add(object);
        }
    }

    /** In an interrupt, which leaves the object as it is until the worker looks. */
    void endInInterrupt(int cpu, int pick) {
        List<Live> objects = live.stream().filter(o -> o.kind.canDefer()).toList();
        if (!objects.isEmpty()) {
            Live object = objects.get(pick % objects.size());
            Runnable end = () -> object.end.accept(object.start);
            cpus.on(cpu, () -> machine.mm.interrupts().run(end));
            live.remove(object);
            deferred.add(object);
        }
    }

    void doWork(int cpu) {
        for (Runnable next = work.poll(); next != null; next = work.poll()) {
            cpus.on(cpu, next);
        }
        deferred.forEach(this::ended);
        deferred.clear();
    }

    /** What waits for the worker has ended, whoever ends it once more. */
    void endDeferredAgain(int cpu, int pick) {
        if (!deferred.isEmpty()) {
            Live object = deferred.get(pick % deferred.size());
            cpus.on(cpu, () -> object.end.accept(object.start));
            reports++;
        }
    }

    void endAgain(int cpu, int pick) {
        waiting.removeIf(old -> live.stream().anyMatch(o -> o.start == old.start));
        waiting.removeIf(old -> deferred.stream().anyMatch(o -> o.start == old.start));
        if (!waiting.isEmpty()) {
            Live object = waiting.get(pick % waiting.size());
            cpus.on(cpu, () -> object.end.accept(object.start));
            reports++;
        }
    }

    void resize(Where where, int pick, int size) {
        List<Live> objects = live.stream().filter(o -> o.kind.canResize()).toList();
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
        begin(addr, size, Kind.PLAIN, old.end);
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
        checkHostAddresses(live);
        checkHostAddresses(deferred);
        checkHostAddresses(waiting);
    }

    /**
     * Of arrays and buffers, live or freed, the bytes themselves must say it: as far as guard pages
     * go, for an array's index can leave the object on either side.
     */
    private void checkHostAddresses(List<Live> objects) {
        for (Live object : objects) {
            if (object.kind.hasHostAddress()) {
                long pages = object.size + PAGE - 1 & -PAGE;
                long first = object.start - (object.kind == Kind.ARRAY ? PAGE : 0);
                for (long at = first; at < object.start + pages + PAGE; at += GRANULE) {
                    checkByte(at, shadow().byteOf(at), expected[(int) ((at - START) / GRANULE)]);
                }
            }
        }
    }

    private void checkWindow(int first, long start) {
        for (int i = 0; i < WINDOW; i++) {
            long addr = start + (long) i * GRANULE;
            checkByte(addr, shadow().shadowOf(addr), expected[first + i]);
        }
    }

    private static void checkByte(long addr, byte actual, byte wanted) {
        if (actual != wanted) {
            throw new AssertionError(String.format("%x: %d, not %d", addr, actual, wanted));
        }
    }

    private VmallocShadow shadow() {
        return (VmallocShadow) machine.mm.space().kasan();
    }

    /** Ends everything, after which nothing is left. */
    void close() {
        Invariants.check(machine.mm);
        doWork(0);
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
