package org.jkasan.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jkasan.mm.Gfp;
import org.jkasan.mm.slab.KmemCache;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation of a kernel's slabs and tasks, with every allocation of RAM inside it failing in
 * turn: alone, and with all that follow. Each time the operation has happened or has not,
 * everything holds, and after its undoing and a purge all of RAM is there again.
 */
class KernelFailNthTest {

    /** More than a CPU caches stacks of, so that one is new and one is freed. */
    private static final int TASKS = 3;

    private static final int OLD_SIZE = 20_000;
    private static final int OLD_PAGES = 8;
    private static final int OBJECTS = 30;

    /**
     * What is there before an operation: a cache, a large object, and stacks in the CPU's cache.
     */
    private record Ground(TestKernel machine, KmemCache cache, long old) {

        static Ground prepare() {
            TestKernel machine = TestKernel.withKasan();
            KmemCache cache = machine.kernel.slab().create("things", 700);
            List<KernelTask> tasks = new ArrayList<>();
            for (int i = 0; i < TASKS; i++) {
                tasks.add(machine.tasks().create("before"));
            }
            tasks.forEach(KernelTask::close);
            machine.kernel.vmalloc().purge();
            return new Ground(machine, cache, machine.kernel.kmalloc().kmalloc(OLD_SIZE));
        }

        Kernel kernel() {
            return machine.kernel;
        }

        boolean isOldIntact() {
            return machine.isValid(old + OLD_SIZE - 1) && !machine.isValid(old + OLD_SIZE);
        }

        /** All of them or none. */
        List<KernelTask> tasks() {
            List<KernelTask> tasks = new ArrayList<>();
            for (int i = 0; i < TASKS; i++) {
                KernelTask task = kernel().tasks().create("task");
                if (task == null) {
                    tasks.forEach(KernelTask::close);
                    return null;
                }
                tasks.add(task);
            }
            return tasks;
        }

        long[] bulk() {
            long[] objects = new long[OBJECTS];
            return cache.allocBulk(Gfp.KERNEL, objects) == 0 ? null : objects;
        }

        /** A cache, and a slab for it. */
        KmemCache create() {
            KmemCache other = kernel().slab().create("others", 100);
            long object = other == null ? 0 : other.alloc();
            if (object != 0) {
                other.free(object);
                return other;
            }
            if (other != null) {
                other.destroy();
            }
            return null;
        }
    }

    private interface Run<T> {
        /** Null or 0 on failure. */
        T on(Ground ground);
    }

    private interface Undo<T> {
        void on(Ground ground, T result);
    }

    /**
     * An operation.
     *
     * @param endsOld whether a success ends the life of the old object
     */
    private record Operation<T>(String name, boolean endsOld, Run<T> run, Undo<T> undo) {

        /** Whether it happened; if it did it is undone. */
        boolean happens(Ground ground, Runnable then) {
            T result = run.on(ground);
            boolean happened = result != null && !result.equals(0L);
            then.run();
            assertThat(ground.isOldIntact()).isEqualTo(!(happened && endsOld));
            if (happened) {
                undo.on(ground, result);
            }
            return happened;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static <T> Operation<T> of(String name, Run<T> run, Undo<T> undo) {
        return new Operation<>(name, false, run, undo);
    }

    static Stream<Operation<?>> operations() {
        Undo<Long> kfree = (g, o) -> g.kernel().kmalloc().kfree(o.longValue());
        return Stream.of(
                of("tasks", Ground::tasks, (g, o) -> o.forEach(KernelTask::close)),
                of("kmem_cache_alloc", g -> g.cache.alloc(), (g, o) -> g.cache.free(o)),
                of("kmem_cache_alloc_bulk", Ground::bulk, (g, o) -> g.cache.freeBulk(o)),
                of("a buffer", g -> g.cache.allocBuffer(), (g, o) -> g.cache.free(o)),
                of(
                        "an array",
                        g -> g.cache.allocArray(9, int[]::new),
                        (g, o) -> g.cache.free((Object) o)),
                of("kmem_cache_create", Ground::create, (g, o) -> o.destroy()),
                of("large kmalloc", g -> g.kernel().kmalloc().kmalloc(50_000), kfree),
                new Operation<>(
                        "krealloc that moves",
                        true,
                        g -> g.kernel().kmalloc().krealloc(g.old, 50_000),
                        kfree),
                of("mempool", g -> g.kernel().slab().mempool(20, g.cache), (g, o) -> o.close()),
                of(
                        "mempool of pages",
                        g -> g.kernel().slab().pageMempool(3, 1),
                        (g, o) -> o.close()));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void failure_losesNothing(Operation<?> operation) {
        int failed = failNth(operation, (count, nth) -> count >= nth);
        assertThat(failed).as("failures, when nothing is had any more").isPositive();
        failNth(operation, (count, nth) -> count == nth);
    }

    private interface Failing {
        boolean test(int count, int nth);
    }

    /** Counts the failures until the operation has fewer allocations inside it than would fail. */
    private static int failNth(Operation<?> operation, Failing failing) {
        int failed = 0;
        boolean reached = true;
        for (int nth = 1; reached; nth++) {
            Ground ground = Ground.prepare();
            AtomicInteger count = new AtomicInteger();
            int failingOne = nth;
            long before = ground.kernel().ram().free();
            ground.kernel().ram().failWhen(p -> failing.test(count.incrementAndGet(), failingOne));
            boolean happened =
                    operation.happens(
                            ground,
                            () -> {
                                ground.kernel().ram().failWhen(null);
                                KernelInvariants.check(ground.kernel());
                            });
            reached = count.get() >= nth;
            assertThat(happened || reached).as("a success, where nothing failed").isTrue();
            failed += happened ? 0 : 1;
            ground.cache.shrink();
            ground.kernel().vmalloc().purge();
            long gone = happened && operation.endsOld ? OLD_PAGES : 0;
            assertThat(ground.kernel().ram().free()).isEqualTo(before + gone);
            assertThat(ground.machine.reports()).isEmpty();
            ground.machine.close();
        }
        return failed;
    }
}
