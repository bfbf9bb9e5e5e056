package org.jkasan.mm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jkasan.mm.TestMachine.PAGE;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation, with every allocation of RAM inside it failing in turn: alone, so that whoever
 * may retry does, and with all that follow. Each time the operation has happened or has not,
 * everything holds, and after its undoing and a purge all of RAM is there again.
 */
class FailNthTest {

    private static final long SPACE = 256L << 20;
    private static final long RAM = 32L << 20;
    private static final int OLD_SIZE = 3 * PAGE - 10;
    private static final int OLD_PAGES = 3;
    private static final int POOLED = 20 * PAGE;
    private static final int PFNS = 40;
    private static final int HUGE = 2 << 20;

    /** More than a vmap block serves. */
    private static final int MANY = VmapRam.MAX_ALLOC + 1;

    /** What is there before an operation. */
    private record Ground(TestMachine machine, long old, long[] pfns) {

        static Ground prepare() {
            MemoryLayout x86 = Architecture.X86_64.layout();
            TestMachine machine = TestMachine.withKasan(new MemoryConfig(x86, RAM, 2, SPACE, true));
            long[] pfns = new long[PFNS];
            for (int i = 0; i < PFNS; i++) {
                pfns[i] = machine.mm.frames().alloc();
            }
            long old = machine.vmalloc().vmalloc(OLD_SIZE);
            return new Ground(machine, old, pfns);
        }

        Vmalloc vmalloc() {
            return machine.vmalloc();
        }

        MemoryManager mm() {
            return machine.mm;
        }

        /** Has a purge that goes over the limit keep an area. */
        void fillPool() {
            vmalloc().vfree(vmalloc().vmalloc(POOLED));
            VmapAreas areas = mm().space().areas();
            while (areas.pooledPages() == 0) {
                vmalloc().vfree(vmalloc().vmalloc(20 << 20));
            }
        }

        void inInterrupt(Runnable handler) {
            mm().interrupts().run(handler);
        }

        /** Some pages more than once. */
        long[] many() {
            long[] many = new long[MANY];
            Arrays.setAll(many, i -> pfns[i % PFNS]);
            return many;
        }

        long request(long size, Gfp gfp) {
            return vmalloc().vmallocNodeRange(vmalloc().request(size).with(gfp));
        }

        /** Whether the object that was there can be used as before, byte for byte. */
        boolean isOldIntact() {
            return RaceMachine.isUsable(machine, old, OLD_SIZE);
        }

        /**
         * Pages of RAM that are free, or kept on purpose: live shadow, and an empty percpu chunk.
         */
        long pages() {
            return mm().ram().free()
                    + ((VmallocShadow) mm().space().kasan()).present()
                    + mm().percpu().nrPages();
        }
    }

    private interface Prepare {
        void on(Ground ground);
    }

    private interface Run {
        /** Null or 0 on failure. */
        Object on(Ground ground);
    }

    private interface Undo {
        void on(Ground ground, Object result);
    }

    /**
     * An operation.
     *
     * @param endsOld whether a success ends the life of the old object
     */
    private record Operation(String name, Prepare prepare, boolean endsOld, Run run, Undo undo) {

        Operation undoneBy(Undo other) {
            return new Operation(name, prepare, endsOld, run, other);
        }

        Operation preparedBy(Prepare other) {
            return new Operation(name, other, endsOld, run, undo);
        }

        Operation endingOld() {
            return new Operation(name, prepare, true, run, undo);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Operation of(String name, Run run) {
        return new Operation(name, g -> {}, false, run, (g, o) -> g.vmalloc().vfree(o));
    }

    static Stream<Operation> operations() {
        return Stream.of(
                of("vmalloc", g -> g.vmalloc().vmalloc(9 * PAGE)),
                of("vmalloc whose shadow is there", g -> g.vmalloc().vmalloc(1)),
                of("vzalloc", g -> g.vmalloc().vzalloc(9 * PAGE)),
                of("vmalloc_user", g -> g.vmalloc().vmallocUser(9 * PAGE)),
                of("vmalloc_32", g -> g.vmalloc().vmalloc32(9 * PAGE)),
                of("vmalloc_32_user", g -> g.vmalloc().vmalloc32User(9 * PAGE)),
                of("vmalloc_node", g -> g.vmalloc().vmallocNode(9 * PAGE, 0)),
                of("vmalloc with much shadow", g -> g.vmalloc().vmalloc(20 << 20)),
                of("vmalloc that must not block", g -> g.request(20 << 20, Gfp.ATOMIC)),
                of("vmalloc_huge", g -> g.vmalloc().vmallocHuge(HUGE + 5)),
                of("vmalloc that an interrupt frees", g -> g.vmalloc().vmalloc(9 * PAGE))
                        .undoneBy((g, o) -> g.inInterrupt(() -> g.vmalloc().vfree((long) o))),
                of("bytes that an interrupt frees", g -> g.vmalloc().vmallocBytes(9 * PAGE))
                        .undoneBy((g, o) -> g.inInterrupt(() -> g.vmalloc().vfree(o))),
                of("vmalloc that vfree_atomic frees", g -> g.vmalloc().vmalloc(9 * PAGE))
                        .undoneBy((g, o) -> g.vmalloc().vfreeAtomic((long) o)),
                of("vmalloc from a pool", g -> g.vmalloc().vmalloc(POOLED))
                        .preparedBy(Ground::fillPool),
                of("a buffer", g -> g.vmalloc().vmallocBuffer(9 * PAGE)),
                of("a zeroed buffer", g -> g.vmalloc().vzallocBuffer(9 * PAGE)),
                of("bytes", g -> g.vmalloc().vmallocBytes(9 * PAGE)),
                of("doubles", g -> g.vmalloc().vmallocDoubles(9 * PAGE)),
                of("vrealloc that moves", g -> g.vmalloc().vrealloc(g.old, 9 * PAGE)).endingOld(),
                of("module_alloc", g -> g.mm().modules().moduleAlloc(9 * PAGE))
                        .undoneBy((g, o) -> g.mm().modules().moduleFree((long) o)),
                of("vmap", g -> g.mm().vmap().vmap(g.pfns))
                        .undoneBy((g, o) -> g.mm().vmap().vunmap((long) o)),
                of("vm_map_ram", g -> g.mm().vmapRam().vmMapRam(g.pfns, PFNS, 0))
                        .undoneBy((g, o) -> g.mm().vmapRam().vmUnmapRam((long) o, PFNS)),
                of("vm_map_ram of many", g -> g.mm().vmapRam().vmMapRam(g.many(), MANY, 0))
                        .undoneBy((g, o) -> g.mm().vmapRam().vmUnmapRam((long) o, MANY)),
                of("alloc_percpu", g -> g.mm().percpu().allocPercpu(2 * PAGE, 8))
                        .undoneBy((g, o) -> g.mm().percpu().freePercpu((long) o)),
                of("alloc_pages", g -> g.mm().frames().alloc(Gfp.KERNEL, 2) + 1)
                        .undoneBy((g, o) -> g.mm().frames().free((long) o - 1, 2)));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void failure_losesNothing(Operation operation) {
        int failed = failNth(operation, (count, nth) -> count >= nth);
        assertThat(failed).as("failures, when nothing is had any more").isPositive();
        failNth(operation, (count, nth) -> count == nth);
    }

    private interface Failing {
        boolean test(int count, int nth);
    }

    /** Counts the failures until the operation has fewer allocations inside it than would fail. */
    private static int failNth(Operation operation, Failing failing) {
        int failed = 0;
        boolean reached = true;
        for (int nth = 1; reached; nth++) {
            Ground ground = Ground.prepare();
            operation.prepare.on(ground);
            AtomicInteger count = new AtomicInteger();
            int failingOne = nth;
            long before = ground.pages();
            ground.mm().ram().failWhen(p -> failing.test(count.incrementAndGet(), failingOne));
            Object result = operation.run.on(ground);
            ground.mm().ram().failWhen(null);
            reached = count.get() >= nth;
            boolean success = result != null && !result.equals(0L);
            assertThat(success || reached).as("a success, where nothing failed").isTrue();
            failed += success ? 0 : 1;
            check(ground, operation, success ? result : null, before);
        }
        return failed;
    }

    private static void check(Ground ground, Operation operation, Object result, long before) {
        Invariants.check(ground.mm());
        assertThat(ground.isOldIntact()).isEqualTo(result == null || !operation.endsOld);
        if (result != null) {
            operation.undo.on(ground, result);
        }
        ground.vmalloc().purge();
        long gone = result != null && operation.endsOld ? OLD_PAGES : 0;
        assertThat(ground.pages()).as("pages of RAM").isEqualTo(before + gone);
        if (gone == 0) {
            assertThat(ground.isOldIntact()).isTrue();
            ground.vmalloc().vfree(ground.old);
        }
        for (long pfn : ground.pfns) {
            ground.mm().frames().free(pfn);
        }
        ground.machine.close();
    }

    /** An array's data is in the Java heap, which may have no room either. */
    @Test
    void heapThatHasNoRoom_losesNothing() {
        MemoryLayout x86 = Architecture.X86_64.layout();
        try (TestMachine machine =
                TestMachine.withKasan(new MemoryConfig(x86, 64L << 30, 2, 64L << 30, true))) {
            Vmalloc vmalloc = machine.vmalloc();
            int length = Integer.MAX_VALUE; // more than any JVM has for an array
            assertThat(vmalloc.vmallocBytes(length)).isNull();
            assertThat(vmalloc.vmallocBooleans(length)).isNull();
            assertThat(vmalloc.vmallocShorts(length)).isNull();
            assertThat(vmalloc.vmallocChars(length)).isNull();
            assertThat(vmalloc.vmallocInts(length)).isNull();
            assertThat(vmalloc.vmallocLongs(length)).isNull();
            assertThat(vmalloc.vmallocFloats(length)).isNull();
            assertThat(vmalloc.vmallocDoubles(length)).isNull();
            assertThat(machine.log)
                    .hasSize(8)
                    .allMatch(line -> line.contains("failed to allocate"));
            assertThat(machine.mm.ram().free()).isEqualTo(machine.mm.ram().total());
        }
    }
}
